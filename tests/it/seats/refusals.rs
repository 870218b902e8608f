//! What is refused, and that nothing of it is done.

use serde_json::json;
use tests::portal::TestPortal;

use super::{ENDED, FIVE, FOREIGN, ONE, Seats, TWELVE, agree, ids, let_mia_manage, license, license_row};

/// R403
#[tokio::test]
async fn who_may_not_manage_licenses_moves_no_seat_and_sees_no_holder() {
    let portal = TestPortal::new().await;
    let seats = Seats::of(&portal, TWELVE);
    let callers = [portal.viewer().await, portal.member().await];
    let before = portal.wire.snapshot();
    for caller in callers {
        for reply in [
            seats.assign(&caller, &["dora@acme.test"]).await,
            seats.release(&caller, &["mia@acme.test"]).await,
            seats.pass_on(&caller, "mia@acme.test", "dora@acme.test").await,
            caller.get(&seats.path).await,
            caller.get(&seats.path.replace("/seats", "/candidates")).await,
        ] {
            assert_eq!(reply.says(), "403 licenses_not_theirs");
        }
    }
    assert!(before.changes(&portal.wire.snapshot()).is_empty());
}

/// R403
#[tokio::test]
async fn a_permission_taken_away_counts_at_once() {
    let portal = TestPortal::new().await;
    let mia = let_mia_manage(&portal).await;
    let seats = Seats::of(&portal, TWELVE);
    seats.assign(&mia, &["dora@acme.test"]).await.expect(204);
    let people = "customer,email,first_name,last_name,job_title,phone,language,role,permissions\n\
                  C10423,mia@acme.test,Mia,Park,Draughtsperson,,fr,member,\n";
    portal.import(&[("people.csv", people.to_owned())]).await;
    assert_eq!(seats.release(&mia, &["dora@acme.test"]).await.says(), "403 licenses_not_theirs");
}

/// R403
#[tokio::test]
async fn a_list_is_done_for_everybody_or_for_nobody() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    portal.deactivate("dora@acme.test").await;
    let seats = Seats::of(&portal, FIVE);
    let stranger = format!("usr_{}", "0".repeat(26));
    let cases = [
        // Somebody of another account, somebody who does not exist, somebody switched off.
        (ids(&portal, &["mia@acme.test", "otto@birch.test"]), "409 not_a_member"),
        ([ids(&portal, &["mia@acme.test"]), vec![stranger]].concat(), "409 not_a_member"),
        (ids(&portal, &["mia@acme.test", "dora@acme.test"]), "409 not_a_member"),
        (ids(&portal, &["mia@acme.test", "vera@acme.test"]), "409 already_assigned"),
    ];
    let before = portal.wire.snapshot();
    for (users, says) in cases {
        assert_eq!(ada.put(&seats.path, json!({ "users": users })).await.says(), says, "{users:?}");
    }
    let released = seats.release(&ada, &["vera@acme.test", "mia@acme.test"]).await;
    assert_eq!(released.says(), "409 not_assigned");
    for (from, to, says) in [
        ("mia@acme.test", "max@acme.test", "409 not_assigned"),
        ("vera@acme.test", "otto@birch.test", "409 not_a_member"),
        ("vera@acme.test", "dora@acme.test", "409 not_a_member"),
    ] {
        assert_eq!(seats.pass_on(&ada, from, to).await.says(), says, "{from} to {to}");
    }
    assert!(before.changes(&portal.wire.snapshot()).is_empty());
}

/// R403
#[tokio::test]
async fn a_seat_is_passed_only_to_somebody_who_has_none() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    let seats = Seats::of(&portal, TWELVE);
    assert_eq!(seats.pass_on(&ada, "mia@acme.test", "vera@acme.test").await.says(), "409 already_assigned");
    assert_eq!(seats.pass_on(&ada, "mia@acme.test", "mia@acme.test").await.at("/to"), "named_twice");
    agree(&portal);
}

/// R403
#[tokio::test]
async fn no_more_seats_are_given_than_were_bought_and_the_refusal_says_how_many_are_free() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    let seats = Seats::of(&portal, FIVE);
    let five = ["ada@acme.test", "max@acme.test", "mia@acme.test", "dora@acme.test", "tess@two.test"];
    let refused = seats.assign(&ada, &five).await;
    assert_eq!((refused.says().as_str(), refused.text("/params/free")), ("409 seats_exhausted", "4"));
    seats.assign(&ada, &five[..4]).await.expect(204);
    let refused = seats.assign(&ada, &five[4..]).await;
    assert_eq!((refused.says().as_str(), refused.text("/params/free")), ("409 seats_exhausted", "0"));
    seats.release(&ada, &["vera@acme.test"]).await.expect(204);
    seats.assign(&ada, &five[4..]).await.expect(204);
    agree(&portal);
}

/// R403, incident 15
#[tokio::test]
async fn nobody_too_many_and_somebody_twice_are_mistakes() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    let mia = ids(&portal, &["mia@acme.test"]).remove(0);
    let path = Seats::of(&portal, FIVE).path;
    let some = |count: usize| -> Vec<String> { (0..count).map(|n| format!("usr_{n:026}")).collect() };
    let before = portal.wire.snapshot();
    for (users, pointer, code) in [
        (json!([]), "/users", "required"),
        (json!(some(21)), "/users", "too_many"),
        (json!(some(101)), "/users", "too_many"),
        (json!([mia, mia]), "/users/1", "named_twice"),
        (json!([mia, mia.to_uppercase()]), "/users/1", "named_twice"),
        (json!([mia, "usr_x"]), "/users/1", "id_invalid"),
        (json!(["*"]), "/users/0", "id_invalid"),
        (json!([license(&portal, FIVE)]), "/users/0", "id_invalid"),
        (json!([null]), "/users/0", "wrong_type"),
        (json!(mia), "/users", "wrong_type"),
        (json!(null), "/users", "wrong_type"),
    ] {
        for reply in [
            ada.put(&path, json!({ "users": users })).await,
            ada.post(&format!("{path}/releases"), json!({ "users": users })).await,
        ] {
            assert_eq!((reply.says().as_str(), reply.at(pointer)), ("422 invalid_fields", code), "{users}");
        }
    }
    assert!(before.changes(&portal.wire.snapshot()).is_empty());
}

/// R403
#[tokio::test]
async fn of_a_license_that_has_ended_seats_are_taken_back_and_none_given() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    assert_eq!(Seats::of(&portal, ENDED).assign(&ada, &["mia@acme.test"]).await.says(), "409 license_over");
    let seats = Seats::of(&portal, FIVE);
    // Its last day is 14 December, in London.
    portal.clock.advance_secs(22 * 86_400 + 11 * 3_600 + 59 * 60);
    let ada = portal.owner().await;
    seats.assign(&ada, &["mia@acme.test"]).await.expect(204);
    portal.clock.advance_secs(120);
    assert_eq!(seats.assign(&ada, &["max@acme.test"]).await.says(), "409 license_over");
    assert_eq!(seats.pass_on(&ada, "mia@acme.test", "max@acme.test").await.says(), "409 license_over");
    seats.release(&ada, &["mia@acme.test"]).await.expect(204);
    agree(&portal);
}

/// R403
#[tokio::test]
async fn of_a_license_that_was_cancelled_nobody_gets_a_seat() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    let row = license_row(&portal, ONE);
    portal.update(&row, "SET x = :x ADD g :one", json!({ ":x": { "S": "2026-11-20" }, ":one": { "N": "1" } }));
    let seats = Seats::of(&portal, ONE);
    assert_eq!(seats.assign(&ada, &["mia@acme.test"]).await.says(), "409 license_over");
    assert_eq!(seats.release(&ada, &["mia@acme.test"]).await.says(), "409 not_assigned");
    let shown = ada.get(&format!("/api/licenses/{}", license(&portal, ONE))).await.expect(200);
    assert_eq!(shown.text("/state"), "cancelled");
}

/// R403
#[tokio::test]
async fn the_license_of_another_account_cannot_be_told_from_none() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    let missing = format!("lic_{}", "0".repeat(26));
    let users = json!({ "users": ids(&portal, &["mia@acme.test"]) });
    let people = ids(&portal, &["mia@acme.test", "max@acme.test"]);
    let passed = json!({ "from": people[0], "to": people[1] });
    let before = portal.wire.snapshot();
    let mut bodies = Vec::new();
    for id in [license(&portal, FOREIGN).as_str(), &missing, "lic_x", "..%2f..", "%ff", "usr_1"] {
        let path = format!("/api/licenses/{id}");
        for reply in [
            ada.get(&path).await,
            ada.get(&format!("{path}/seats")).await,
            ada.get(&format!("{path}/candidates")).await,
            ada.put(&format!("{path}/seats"), users.clone()).await,
            ada.post(&format!("{path}/seats/releases"), users.clone()).await,
            ada.post(&format!("{path}/seats/moves"), passed.clone()).await,
        ] {
            assert_eq!(reply.says(), "404 not_found", "{id}");
            bodies.push(reply.bytes);
        }
    }
    assert!(bodies.windows(2).all(|pair| pair[0] == pair[1]));
    assert!(before.changes(&portal.wire.snapshot()).is_empty());
}

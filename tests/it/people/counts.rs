//! Of how many licenses a member has a seat is counted along, whatever gives or takes seats.

use std::cell::Cell;

use domain::{AccountId, UserId};
use serde_json::json;
use tests::portal::{Caller, TestPortal};
use tests::wire::{Fault, Rule};

use super::{acme, of};
use crate::account_claims::ask;
use crate::races::at_once;
use crate::seats::{FIVE, ONE, Seats, TWELVE, agree, ids};

async fn seats(by: &Caller, email: &str) -> u64 {
    of(by, email).await["seats"].as_u64().unwrap()
}

async fn sweep(portal: &TestPortal) {
    for job in portal.app.store().due_jobs().await.unwrap() {
        portal.app.store().run_job(job).await.unwrap();
    }
    assert!(portal.app.store().due_jobs().await.unwrap().is_empty());
}

/// Vera leaves Acme, and the request that would free her two seats ends before it does.
async fn vera_leaves(portal: &TestPortal) {
    let account = AccountId::parse(&acme(portal)).unwrap();
    let vera = UserId::parse(&ids(portal, &["vera@acme.test"])[0]).unwrap();
    portal.remove("vera@acme.test").await;
    portal.wire.inject(Rule::new(Fault::Throttled).on("TransactWriteItems").after(1));
    assert!(portal.app.store().free_seats(account, vera).await.is_err());
    portal.wire.heal();
    assert_eq!(portal.app.store().due_jobs().await.unwrap().len(), 1);
}

/// R302
#[tokio::test]
async fn the_list_says_of_how_many_licenses_each_has_a_seat() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    let counts = async || {
        let mut counts = Vec::new();
        for email in ["ada@acme.test", "mia@acme.test", "vera@acme.test"] {
            counts.push(seats(&ada, email).await);
        }
        counts
    };
    assert_eq!(counts().await, [0, 1, 2]);
    let render = Seats::of(&portal, FIVE);
    render.assign(&ada, &["ada@acme.test", "mia@acme.test"]).await.expect(204);
    assert_eq!(counts().await, [1, 2, 2]);
    render.pass_on(&ada, "ada@acme.test", "max@acme.test").await.expect(204);
    render.pass_on(&ada, "max@acme.test", "ada@acme.test").await.expect(204);
    render.release(&ada, &["vera@acme.test", "ada@acme.test"]).await.expect(204);
    assert_eq!(counts().await, [0, 2, 1]);
    let seats = Seats::of(&portal, ONE);
    assert_eq!(seats.assign(&ada, &["mia@acme.test", "ada@acme.test"]).await.says(), "409 seats_exhausted");
    assert_eq!(counts().await, [0, 2, 1], "refused, nothing is counted");
    let (_, sam) = (portal.admin().await, portal.support().await);
    let reason = json!({ "reason": "Bought twice" });
    sam.put("/api/staff/orders/SO-1001/cancellation", reason).await.expect(204);
    assert_eq!(counts().await, [0, 0, 0]);
    agree(&portal);
}

/// R302, R704
#[tokio::test]
async fn many_acts_at_once_leave_each_count_right_while_orders_are_cancelled() {
    let portal = TestPortal::new().await;
    let (ada, max, sam) = (portal.owner().await, portal.manager().await, portal.support().await);
    let people = ["ada@acme.test", "max@acme.test", "mia@acme.test", "dora@acme.test", "vera@acme.test"];
    let users = ids(&portal, &people);
    let paths: Vec<_> = [TWELVE, FIVE, ONE]
        .map(|serial| format!("/api/licenses/{}/seats", crate::seats::license(&portal, serial)))
        .into_iter()
        .collect();
    let tabs: Vec<_> = (0..24_usize).map(|n| if n % 2 == 0 { ada.again() } else { max.again() }).collect();
    let done = Cell::new(0);
    let acting = at_once(tabs.iter().enumerate().map(|(n, tab)| {
        let (users, paths, done) = (&users, &paths, &done);
        async move {
            for act in 0..10 {
                let (path, user) = (&paths[(n + act) % 3], &users[(n * 7 + act * 3) % 5]);
                let reply = match (n + act * 5) % 3 {
                    0 => tab.put(path, json!({ "users": [user] })).await,
                    1 => tab.post(&format!("{path}/releases"), json!({ "users": [user] })).await,
                    _ => {
                        let to = &users[(n * 7 + act * 3 + 1) % 5];
                        tab.post(&format!("{path}/moves"), json!({ "from": user, "to": to })).await
                    }
                };
                assert!([204, 409, 503].contains(&reply.status), "{}", reply.says());
                done.set(done.get() + usize::from(reply.status == 204));
            }
        }
    }));
    let cancelling = async {
        while done.get() <= 10 {
            tokio::task::yield_now().await;
        }
        let reason = json!({ "reason": "Bought twice" });
        // Seats come and go meanwhile: whoever cancels looks again.
        for order in ["SO-1001", "SO-1003"] {
            for _ in 0..100 {
                let reply = sam.put(&format!("/api/staff/orders/{order}/cancellation"), reason.clone()).await;
                if reply.status == 204 {
                    break;
                }
            }
        }
    };
    tokio::join!(acting, cancelling);
    sweep(&portal).await;
    agree(&portal);
}

/// R302, R305
#[tokio::test]
async fn whoever_comes_back_before_their_seats_are_free_is_counted_anew() {
    let portal = TestPortal::new().await;
    vera_leaves(&portal).await;
    let vera = portal.sign_in("vera@acme.test").await;
    ask(&vera, "C10423").await.expect(202);
    let ada = portal.owner().await;
    let user = ids(&portal, &["vera@acme.test"]).remove(0);
    ada.put(&format!("/api/sign-up/claimants/{user}"), json!({})).await.expect(204);
    // One of the two goes before they are counted.
    Seats::of(&portal, FIVE).release(&ada, &["vera@acme.test"]).await.expect(204);
    assert_eq!(seats(&ada, "vera@acme.test").await, 0, "less than none is none");
    sweep(&portal).await;
    assert_eq!(seats(&ada, "vera@acme.test").await, 1);
    agree(&portal);
}

/// R305, R403
#[tokio::test]
async fn the_seat_of_somebody_who_is_gone_can_be_taken_back_and_passed_on() {
    let portal = TestPortal::new().await;
    vera_leaves(&portal).await;
    let ada = portal.owner().await;
    let holders = Seats::of(&portal, FIVE).holders(&ada).await;
    assert_eq!(holders, ["vera@acme.test"], "named until it is free");
    Seats::of(&portal, FIVE).pass_on(&ada, "vera@acme.test", "mia@acme.test").await.expect(204);
    Seats::of(&portal, TWELVE).release(&ada, &["mia@acme.test", "vera@acme.test"]).await.expect(204);
    agree(&portal);
    sweep(&portal).await;
    agree(&portal);
    assert!(portal.wire.snapshot().find("accounts", "ACCOUNT#", "MEMBER#").iter().all(|row| !row["r"].is_null()));
}

/// R305, R704
#[tokio::test]
async fn a_cancelled_order_frees_the_seat_of_somebody_who_is_gone() {
    let portal = TestPortal::new().await;
    vera_leaves(&portal).await;
    portal.admin().await;
    let sam = portal.support().await;
    let reason = json!({ "reason": "Bought twice" });
    sam.put("/api/staff/orders/SO-1001/cancellation", reason).await.expect(204);
    agree(&portal);
    sweep(&portal).await;
    agree(&portal);
    let seats = format!("ASSIGNED#{}", acme(&portal));
    assert!(portal.wire.snapshot().find("accounts", &seats, "").is_empty());
}

/// R305, R701
#[tokio::test]
async fn an_import_gives_no_seat_to_somebody_who_was_removed() {
    let portal = TestPortal::new().await;
    portal.remove("dora@acme.test").await;
    let head = "order,line,product,serial_number,type,seats,starts_on,ends_on,maintenance_ends_on,assigned_to\n";
    let both = "mia@acme.test;dora@acme.test";
    let rows = format!(
        "SO-1001,2,NLR,{FIVE},subscription,5,2024-02-01,2026-12-14,,{both};vera@acme.test\n\
         SO-7000,1,NLR,NLR-CRWD-0000-0000,subscription,5,2026-03-01,2027-03-01,,{both}\n"
    );
    let orders = "number,customer,date,purchase_order,activation_code\nSO-7000,C10423,2026-03-01,,\n";
    portal.import(&[("orders.csv", orders.to_owned()), ("licenses.csv", format!("{head}{rows}"))]).await;
    let ada = portal.owner().await;
    assert_eq!(Seats::of(&portal, FIVE).holders(&ada).await, ["mia@acme.test", "vera@acme.test"]);
    assert_eq!(Seats::of(&portal, "NLR-CRWD-0000-0000").holders(&ada).await, ["mia@acme.test"]);
    assert_eq!(seats(&ada, "mia@acme.test").await, 3);
    agree(&portal);
}

/// R305, R701: what the team decided, no file undoes.
#[tokio::test]
async fn an_import_brings_nobody_back_who_was_removed() {
    let portal = TestPortal::new().await;
    portal.remove("dora@acme.test").await;
    let changed = "customer,email,first_name,last_name,job_title,phone,language,role,permissions\nC10423,dora@acme.test,Dorothea,Maar,Photographer,,en,member,view_orders\n";
    portal.import(&[("people.csv", changed.to_owned())]).await;
    let found = portal.owner().await.get("/api/team/people?search=dora@").await.expect(200);
    assert_eq!(found.json["items"], serde_json::json!([]));
    agree(&portal);
}

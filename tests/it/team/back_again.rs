//! Somebody who was taken out, or removed, and comes back: by asking, by a code, by an invitation of the vendor's rule.

use serde_json::{Value, json};
use tests::portal::{CODE, TestPortal};

use super::{MIA, act, path, recount::agree, row, set_role};
use crate::account_claims::{ask, desk, id_of, rule};

async fn unlinked(portal: &TestPortal) -> tests::portal::Caller {
    act(&portal.manager().await, &path(portal, MIA), "unlink").await.expect(204);
    portal.sign_in(MIA).await
}

/// R102, R308: the team that took somebody out lets them in again, as what it says now.
#[tokio::test]
async fn who_was_taken_out_asks_and_is_let_in_by_the_team() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    set_role(&ada, &path(&portal, MIA), "manager", &[]).await.expect(200);
    let mia = unlinked(&portal).await;
    ask(&mia, "C10423").await.expect(202);
    let waiting = ada.get("/api/sign-up/claimants").await.expect(200);
    assert_eq!(waiting.text("/items/0/user/email"), MIA);
    let claim = format!("/api/sign-up/claimants/{}", id_of(&portal, MIA));
    ada.put(&claim, json!({})).await.expect(204);
    agree(&portal);
    let place = row(&portal, MIA).unwrap();
    assert_eq!((&place["st"]["S"], &place["r"]["S"]), (&json!("active"), &json!("member")), "not what they were");
    assert!(desk(&portal).is_empty());
    let mia = portal.sign_in(MIA).await;
    assert_eq!(mia.get("/api/licenses").await.expect(200).text("/scope"), "assigned");
    assert_eq!(ada.put(&claim, json!({})).await.says(), "404 not_found", "once");
}

/// R102, R308: so does the vendor's desk.
#[tokio::test]
async fn who_was_taken_out_asks_and_is_let_in_at_the_desk() {
    let portal = TestPortal::new().await;
    let (sam, mia) = (portal.support().await, unlinked(&portal).await);
    ask(&mia, "C10423").await.expect(202);
    let waiting = sam.get("/api/staff/requests").await.expect(200);
    let decision = format!("/api/staff/requests/{}/decision", waiting.text("/items/0/id"));
    sam.post(&decision, json!({ "decision": "approve" })).await.expect(204);
    agree(&portal);
    portal.sign_in(MIA).await.get("/api/licenses").await.expect(200);
}

/// R103, R308
#[tokio::test]
async fn who_was_taken_out_and_asks_can_be_refused() {
    let portal = TestPortal::new().await;
    let (ada, mia) = (portal.owner().await, unlinked(&portal).await);
    ask(&mia, "C10423").await.expect(202);
    ada.delete(&format!("/api/sign-up/claimants/{}", id_of(&portal, MIA))).await.expect(204);
    assert_eq!(row(&portal, MIA).unwrap()["st"]["S"], "unlinked");
    act(&ada, &path(&portal, MIA), "link").await.expect(204);
    agree(&portal);
}

/// R308: neither a code nor the vendor's rule undoes what the managers decided.
#[tokio::test]
async fn no_code_and_no_rule_lets_somebody_in_whom_the_managers_took_out() {
    let portal = TestPortal::new().await;
    rule::switch_on(&portal).await;
    let mia = unlinked(&portal).await;
    let claim = json!({ "activation_code": CODE });
    assert_eq!(mia.post("/api/sign-up/claims", claim.clone()).await.says(), "409 taken_out");
    ask(&mia, crate::account_claims::SERIAL).await.expect(202);
    assert_eq!(row(&portal, MIA).unwrap()["st"]["S"], "unlinked", "somebody decides");
    let ada = portal.owner().await;
    assert_eq!(ada.get("/api/sign-up/claimants").await.expect(200).json["items"].as_array().map(Vec::len), Some(1));
    agree(&portal);
    // The code is as good as it was.
    portal.unattached().await.post("/api/sign-up/claims", claim).await.expect(201);
}

/// R306: a code does not switch anybody on.
#[tokio::test]
async fn a_code_says_whom_to_ask_to_who_is_switched_off() {
    let portal = TestPortal::new().await;
    act(&portal.manager().await, &path(&portal, MIA), "deactivate").await.expect(204);
    let mia = portal.sign_in(MIA).await;
    let refused = mia.post("/api/sign-up/claims", json!({ "activation_code": CODE })).await;
    assert_eq!(refused.says(), "403 membership_deactivated");
    ask(&mia, "C10423").await.expect(202);
    let waiting = portal.owner().await.get("/api/sign-up/claimants").await.expect(200);
    assert_eq!(waiting.json["items"], json!([]), "they belong to it");
}

/// R106, R305: whoever comes back does not come back to the sessions they had.
#[tokio::test]
async fn a_session_from_before_is_never_revived() {
    let portal = TestPortal::new().await;
    let (ada, before) = (portal.owner().await, portal.member().await);
    let at = path(&portal, MIA);
    // Sessions of each generation that this place has had.
    let mut old = vec![before];
    for (off, on) in [("deactivate", "reactivate"), ("unlink", "link"), ("deactivate", "reactivate")] {
        portal.clock.advance_secs(2);
        act(&ada, &at, off).await.expect(204);
        act(&ada, &at, on).await.expect(204);
        old.push(portal.sign_in(MIA).await);
    }
    portal.clock.advance_secs(2);
    act(&ada, &at, "remove").await.expect(204);
    let mia = portal.sign_in(MIA).await;
    for round in 0..5 {
        mia.post("/api/sign-up/claims", json!({ "activation_code": CODE })).await;
        ask(&mia, "C10423").await;
        let claim = format!("/api/sign-up/claimants/{}", id_of(&portal, MIA));
        drop(ada.put(&claim, json!({})).await);
        assert_eq!(row(&portal, MIA).unwrap()["st"]["S"], "active");
        for _ in 0..4 {
            for session in &old {
                assert_eq!(session.get("/api/licenses").await.says(), "401 session_ended", "{round}");
            }
            portal.clock.advance_secs(2);
            act(&ada, &at, "deactivate").await.expect(204);
            act(&ada, &at, "reactivate").await.expect(204);
        }
        old.push(portal.sign_in(MIA).await);
        portal.clock.advance_secs(2);
        act(&ada, &at, "remove").await.expect(204);
    }
    agree(&portal);
    let left: Vec<Value> = portal.wire.snapshot().find("accounts", &super::acme(&portal), "MEMBER#");
    assert!(left.iter().all(|row| !at.ends_with(row["sk"]["S"].as_str().unwrap().trim_start_matches("MEMBER#"))));
}

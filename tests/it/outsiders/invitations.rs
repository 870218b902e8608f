//! Invitations that somebody sends who does not belong to the account: good as long as they could send them, and the
//! customer's to see and to take back.

use serde_json::json;
use tests::portal::{Caller, NORA, TestPortal};

use super::{ACME, account_row, happen, id_of, pete_in_acme, pete_on_acme};
use crate::team_invitations::{INVITATIONS, MINE, accept, invite, invited, look, resend};

const UNA: &str = "una@solo.test";

/// Pete as one of Acme's partner's people, or as its guest and manager.
async fn pete(portal: &TestPortal, as_guest: bool) -> Caller {
    if as_guest { pete_in_acme(portal).await } else { pete_on_acme(portal).await }
}

/// R507, R510: whom a partner's person or a guest invites comes in, by either door.
#[tokio::test]
async fn whom_they_invite_comes_in() {
    for as_guest in [false, true] {
        let portal = TestPortal::new().await;
        let pete = pete(&portal, as_guest).await;
        let (_, token) = invited(&portal, &pete, NORA).await;
        look(&portal, &token).await.expect(200);
        accept(&portal.stranger(), &token).await.expect(200);
        invite(&pete, UNA).await.expect(201);
        let una = portal.unattached().await;
        una.put(&format!("{MINE}/{}", id_of(&portal, ACME)), json!({})).await.expect(200);
        for email in [NORA, UNA] {
            let here = portal.sign_in(email).await.get("/api/session").await.expect(200);
            assert_eq!((here.text("/account/number"), here.text("/capacity")), (ACME, "member"));
        }
    }
}

/// R509, R510, R514: what would keep them from sending it now lets nobody in by it, until somebody who can sends it again.
#[tokio::test]
async fn what_ends_their_access_ends_what_they_sent() {
    let ends = [
        ("removed at home", true, true),
        ("switched off at home", true, true),
        ("home suspended", true, true),
        ("home no partner", true, false),
        ("guests only", true, false),
        ("guests only by the vendor", true, false),
        ("another partner", true, true),
        ("no partner", true, true),
        ("guest removed", false, true),
        ("guest switched off", false, true),
        ("guest's time over", false, true),
        ("guest a member", false, true),
    ];
    for (event, of_partner, of_guest) in ends {
        for as_guest in [false, true] {
            if !(if as_guest { of_guest } else { of_partner }) {
                continue;
            }
            let portal = TestPortal::new().await;
            let (ada, pete) = (portal.owner().await, pete(&portal, as_guest).await);
            let (id, token) = invited(&portal, &pete, NORA).await;
            invite(&pete, UNA).await.expect(201);
            happen(&portal, event);
            assert_eq!(look(&portal, &token).await.says(), "410 inviter_gone", "{event} {as_guest}");
            assert_eq!(accept(&portal.stranger(), &token).await.status / 100, 4, "{event} {as_guest}");
            let una = portal.unattached().await;
            let mine = una.put(&format!("{MINE}/{}", id_of(&portal, ACME)), json!({})).await;
            assert_eq!(mine.status / 100, 4, "{event} {as_guest}: {}", mine.says());
            assert_eq!(portal.wire.snapshot().find("credentials", NORA, "NAME").len(), 0, "{event} {as_guest}");
            resend(&ada, &id).await.expect(204);
            let again = portal.letters_to(NORA).await.last_token();
            accept(&portal.stranger(), &again).await.expect(200);
        }
    }
}

/// R312, R507: where the vendor looks after an account's people, its partner does too, and whom it invites comes in.
#[tokio::test]
async fn a_partner_invites_where_the_team_area_is_off() {
    let portal = TestPortal::new().await;
    let features = ["team_area", "guests_only", "partner"].map(|part| (part.to_owned(), json!({ "BOOL": false })));
    let values = json!({ ":v": { "M": serde_json::Map::from_iter(features) } });
    portal.update(&account_row(&portal, ACME), "SET fe = :v", values);
    assert_eq!(invite(&portal.owner().await, UNA).await.says(), "403 team_area_off");
    let (_, token) = invited(&portal, &pete_on_acme(&portal).await, NORA).await;
    accept(&portal.stranger(), &token).await.expect(200);
}

/// R507, R513: a partner's person may invite whomever they like, a second address of their own among them: as every
/// invitation it is the customer's to see and to take back, and the log tells who sent it, from where and as what.
#[tokio::test]
async fn the_customer_sees_and_takes_back_what_they_sent() {
    let portal = TestPortal::new().await;
    let (ada, pete) = (portal.owner().await, pete_on_acme(&portal).await);
    assert_eq!(invite(&pete, super::PETE).await.at("/email"), "own_address");
    let (id, token) = invited(&portal, &pete, NORA).await;
    let listed = ada.get(INVITATIONS).await.expect(200);
    assert_eq!(
        (listed.text("/items/0/id"), listed.text("/items/0/invited_by")),
        (id.as_str(), "Pete Best (Orion Resellers)")
    );
    let log = portal.wire.snapshot().find("journal", &id_of(&portal, ACME), "");
    let entry = log.iter().find(|row| row["event"]["S"] == "invitation").unwrap();
    let from = &entry["o"]["M"];
    assert_eq!((&from["c"]["S"], &from["h"]["S"]), (&json!("partner"), &json!(id_of(&portal, super::ORION))));
    assert_eq!((&from["hn"]["S"], &from["n"]["S"]), (&json!("Orion Resellers"), &json!("Pete Best")));
    ada.delete(&format!("{INVITATIONS}/{id}")).await.expect(204);
    assert_eq!(accept(&portal.stranger(), &token).await.says(), "410 invitation_revoked");
}

//! The same in the middle of a request: whatever ends somebody's acts between what was read and what is written, nothing is
//! written.

use serde_json::json;
use tests::portal::{Caller, NORA, Reply, TestPortal};

use super::{ACME, DORA, account_row, coming, member_row, pete_in_acme, pete_on_acme};
use crate::races::midway;
use crate::seats::{FIVE, Seats};
use crate::team::{act, path};
use crate::team_invitations::{accept, invited};

/// Mutations that ask who acts in each of the ways there are: beside the account's row, on it, and on a member's.
const CALLS: [&str; 5] = ["switch off", "remove", "add", "put back", "give a seat"];

const ENDS_PARTNERS: [&str; 12] = [
    "removed at home",
    "switched off at home",
    "taken out at home",
    "home suspended",
    "home closed",
    "home no partner",
    "guests only",
    "guests only by the vendor",
    "another partner",
    "no partner",
    "suspended",
    "person signed out everywhere",
];

const ENDS_GUESTS: [&str; 12] = [
    "removed at home",
    "switched off at home",
    "taken out at home",
    "home suspended",
    "home closed",
    "another partner",
    "no partner",
    "suspended",
    "guest removed",
    "guest switched off",
    "guest a member",
    "person signed out everywhere",
];

async fn call(portal: &TestPortal, caller: &Caller, what: &str) -> Reply {
    match what {
        "switch off" => act(caller, &path(portal, DORA), "deactivate").await,
        "remove" => act(caller, &path(portal, DORA), "remove").await,
        "add" => caller.post("/api/team/members", crate::given_logins::jane()).await,
        "put back" => act(caller, &path(portal, DORA), "link").await,
        _ => Seats::of(portal, FIVE).assign(caller, &[DORA]).await,
    }
}

async fn nothing_is_written(events: &[&str], as_guest: bool) {
    let mut wrong = Vec::new();
    for event in events {
        for what in CALLS {
            let portal = TestPortal::new().await;
            if what == "put back" {
                act(&portal.owner().await, &path(&portal, DORA), "unlink").await.expect(204);
            }
            let pete = if as_guest { pete_in_acme(&portal).await } else { pete_on_acme(&portal).await };
            let before = (member_row(&portal, DORA, ACME), account_row(&portal, ACME)["m"].clone());
            let rows = portal.wire.snapshot().rows("accounts");
            let gone = i64::from(*event == "removed at home" || *event == "guest removed");
            let reply = midway(&portal, call(&portal, &pete, what), coming(&portal, event)).await;
            let after = (member_row(&portal, DORA, ACME), account_row(&portal, ACME)["m"].clone());
            let more = portal.wire.snapshot().rows("accounts") as i64 + gone - rows as i64;
            if reply.status != 409 || after != before || more != 0 {
                wrong.push(format!("{event}, {what}: {}, {more} rows more", reply.says()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// R502, R506, R509, R514
#[tokio::test]
async fn a_partners_act_rests_on_the_partnership_until_it_is_written() {
    nothing_is_written(&ENDS_PARTNERS, false).await;
}

/// R510, R514
#[tokio::test]
async fn a_guests_act_rests_on_both_accounts_until_it_is_written() {
    nothing_is_written(&ENDS_GUESTS, true).await;
}

/// With nothing in between each of those calls goes through, so that a refusal is the event's.
#[tokio::test]
async fn what_nothing_happens_to_is_written() {
    for as_guest in [false, true] {
        for what in CALLS {
            let portal = TestPortal::new().await;
            if what == "put back" {
                act(&portal.owner().await, &path(&portal, DORA), "unlink").await.expect(204);
            }
            let pete = if as_guest { pete_in_acme(&portal).await } else { pete_on_acme(&portal).await };
            let reply = midway(&portal, call(&portal, &pete, what), || {}).await;
            assert!((200..300).contains(&reply.status), "{what}: {}", reply.says());
        }
    }
}

/// R304, R510: an invitation of a manager's counts no more when they have become a guest, even at the last moment.
#[tokio::test]
async fn who_becomes_a_guest_lets_nobody_in_any_more() {
    for becomes in [false, true] {
        let portal = TestPortal::new().await;
        let (_, token) = invited(&portal, &portal.manager().await, NORA).await;
        let max = member_row(&portal, "max@acme.test", ACME).unwrap();
        let home = account_row(&portal, "C20010");
        let guest = json!({ ":h": home["i"], ":n": home["na"], ":u": { "N": "9999999999999" } });
        let happens = || {
            if becomes {
                portal.update(&max, "SET gh = :h, gn = :n, gu = :u", guest);
            }
        };
        let reply = midway(&portal, accept(&portal.stranger(), &token), happens).await;
        assert_eq!(reply.says(), if becomes { "410 inviter_gone" } else { "200" });
        assert_eq!(portal.wire.snapshot().find("credentials", NORA, "NAME").len(), usize::from(!becomes));
    }
}

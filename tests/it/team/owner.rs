//! The owner is the vendor's to change, and nobody locks themselves out.

use serde_json::json;
use tests::portal::TestPortal;
use tests::wire::{Fault, Rule};

use super::{ADA, MAX, TESS, act, edit, path, recount::agree, set_role};
use crate::races::at_once;

/// R313
#[tokio::test]
async fn the_owner_is_not_the_team_s_to_change() {
    let portal = TestPortal::new().await;
    let (ada, max) = (portal.owner().await, portal.manager().await);
    let at = path(&portal, ADA);
    let before = portal.wire.snapshot();
    for caller in [&max, &ada] {
        for what in ["deactivate", "reactivate", "unlink", "link", "remove"] {
            assert_eq!(act(caller, &at, what).await.says(), "403 owner_protected", "{what}");
        }
        assert_eq!(edit(caller, &at, "job_title", "Nobody").await.says(), "403 owner_protected");
        let mut form = super::wanted(&caller.get(&at).await.expect(200).json);
        form["role"] = "member".into();
        assert_eq!(caller.put(&at, form).await.says(), "403 owner_protected");
    }
    assert!(before.changes(&portal.wire.snapshot()).is_empty());
}

/// R313: not even between what is read and what is written: the transaction asks.
#[tokio::test]
async fn who_becomes_the_owner_meanwhile_is_protected() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    let at = path(&portal, MAX);
    let kept = portal.wire.keep();
    for what in ["deactivate", "unlink", "remove"] {
        portal.wire.bring_back(&kept);
        let held = Fault::Delay(std::time::Duration::from_millis(300));
        portal.wire.inject(Rule::new(held).on("TransactWriteItems").times(1));
        let owning = async {
            // The write is on its way, and waits.
            while portal.wire.felt() == 0 {
                tokio::time::sleep(std::time::Duration::from_millis(5)).await;
            }
            let row = super::row(&portal, MAX).unwrap();
            portal.update(&row, "SET r = :r", json!({ ":r": { "S": "owner" } }));
        };
        let (reply, ()) = tokio::join!(act(&ada, &at, what), owning);
        assert_eq!(reply.says(), "409 conflict", "{what}");
        assert_eq!(super::row(&portal, MAX).unwrap()["st"]["S"], "active", "{what}");
        portal.wire.heal();
    }
}

/// R305, R306
#[tokio::test]
async fn nobody_shuts_themselves_out() {
    let portal = TestPortal::new().await;
    let max = portal.manager().await;
    let at = path(&portal, MAX);
    let before = portal.wire.snapshot();
    for what in ["deactivate", "unlink", "remove"] {
        assert_eq!(act(&max, &at, what).await.says(), "409 not_yourself", "{what}");
    }
    assert!(before.changes(&portal.wire.snapshot()).is_empty());
}

/// R301, R305: of two managers who demote, switch off, take out or remove each other at once, exactly one is left.
#[tokio::test]
async fn of_two_managers_at_each_other_s_throat_one_wins() {
    let portal = TestPortal::new().await;
    let (max, tess) = (portal.manager().await, portal.in_two_accounts().await);
    let chosen = json!({ "account_id": super::acme(&portal).replace("ACCOUNT#", ""), "password": tests::portal::GOOD });
    tess.put("/api/session/account", chosen).await.expect(200);
    let (of_max, of_tess) = (path(&portal, MAX), path(&portal, TESS));
    let kept = portal.wire.keep();
    for what in ["demote", "deactivate", "unlink", "remove"] {
        for round in 0..4 {
            portal.wire.bring_back(&kept);
            let one = async |by, at: &str| match what {
                "demote" => set_role_of(&portal, by, at).await,
                other => act(by, at, other).await.says(),
            };
            let (first, second) = (one(&max, &of_tess), one(&tess, &of_max));
            let said =
                at_once([Box::pin(first) as std::pin::Pin<Box<dyn Future<Output = String>>>, Box::pin(second)]).await;
            let done = said.iter().filter(|says| ["200", "204"].contains(&says.as_str())).count();
            assert_eq!(done, 1, "{what} {round}: {said:?}");
            let left = [MAX, TESS].iter().filter(|email| works_as_manager(&portal, email)).count();
            assert_eq!(left, 1, "{what} {round}");
            agree(&portal);
        }
    }
}

/// Demotes without reading first, so that both write at once.
async fn set_role_of(portal: &TestPortal, by: &tests::portal::Caller, at: &str) -> String {
    let rows = portal.wire.snapshot().find("accounts", &super::acme(portal), "MEMBER#");
    let row = rows.iter().find(|row| row["sk"]["S"].as_str().is_some_and(|sk| at.ends_with(&sk[7..]))).unwrap();
    let version: u32 = row["mv"]["N"].as_str().unwrap().parse().unwrap();
    let form = json!({
        "first_name": "Who", "last_name": "Ever", "job_title": "", "phone": "", "user_name": "", "role": "member",
        "permissions": [], "version": version,
    });
    by.put(at, form).await.says()
}

fn works_as_manager(portal: &TestPortal, email: &str) -> bool {
    super::row(portal, email).is_some_and(|row| row["r"]["S"] == "manager" && row["st"]["S"] == "active")
}

/// R301: who loses the right meanwhile changes nothing more.
#[tokio::test]
async fn who_is_demoted_meanwhile_changes_nobody() {
    let portal = TestPortal::new().await;
    let (ada, max) = (portal.owner().await, portal.manager().await);
    set_role(&ada, &path(&portal, MAX), "member", &[]).await.expect(200);
    for what in ["deactivate", "unlink", "remove"] {
        assert_eq!(act(&max, &path(&portal, TESS), what).await.says(), "403 managers_only", "{what}");
    }
}

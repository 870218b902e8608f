//! The command that proves the lists and mends them.

use local::customer_lists::{Found, repair};
use serde_json::{Value, json};
use tests::portal::TestPortal;

use super::given::{Company, account, give, other_partner};
use super::recount::lists_agree;
use crate::races::at_once;

async fn ground() -> TestPortal {
    let portal = TestPortal::new().await;
    other_partner(&portal).await;
    let mine = [
        Company::new("C30001", "Birkenau").with("NLD", "subscription", "2027-01-01"),
        Company { access: "guests_only", ..Company::new("C30002", "Buchenau").with("NLR", "trial", "2027-01-01") },
    ];
    give(&portal, "C20010", &mine).await;
    give(&portal, "C20020", &[Company::new("C30003", "Eichenau").with("NLR", "subscription", "2027-02-01")]).await;
    lists_agree(&portal);
    portal
}

async fn mend(portal: &TestPortal) -> Found {
    repair(portal.app.store(), None).await.unwrap()
}

fn rows(portal: &TestPortal, number: &str) -> Vec<Value> {
    portal.wire.snapshot().find("accounts", "CUSTOMERS#", number)
}

/// R503
#[tokio::test]
async fn lists_that_are_right_stay_as_they_are() {
    let portal = ground().await;
    let before = portal.wire.snapshot();
    assert_eq!(mend(&portal).await, Found { customers: 4, mended: 0, removed: 0 });
    assert_eq!(before.changes(&portal.wire.snapshot()), Vec::<String>::new(), "nothing is written");
}

/// R503
#[tokio::test]
async fn rows_that_were_deleted_come_back() {
    let portal = ground().await;
    for row in rows(&portal, "") {
        portal.delete("accounts", &row);
    }
    assert_eq!(mend(&portal).await, Found { customers: 4, mended: 4, removed: 0 });
    lists_agree(&portal);
    // With what says which rows there are.
    for row in portal.wire.snapshot().find("accounts", "LISTED#", "").iter().chain(&rows(&portal, "C30001")) {
        portal.delete("accounts", row);
    }
    assert_eq!(mend(&portal).await, Found { customers: 4, mended: 4, removed: 0 });
    lists_agree(&portal);
}

/// R503
#[tokio::test]
async fn rows_that_were_changed_say_again_what_is() {
    let portal = ground().await;
    for (row, change) in rows(&portal, "C30001").iter().zip(["SET m = :x", "SET na = :y", "SET seen = :y"]) {
        let values =
            if change.contains(":x") { json!({ ":x": { "N": "99" } }) } else { json!({ ":y": { "S": "No" } }) };
        portal.update(row, change, values);
    }
    portal.update(&rows(&portal, "C30003")[0], "SET m = :x", json!({ ":x": { "S": "no number" } }));
    assert_eq!(mend(&portal).await, Found { customers: 4, mended: 2, removed: 0 });
    lists_agree(&portal);
}

/// R503
#[tokio::test]
async fn rows_of_nobody_are_taken_off() {
    let portal = ground().await;
    let orion = account(&portal, "C20010");
    for (number, product) in [("C30003", ""), ("C30002", "#NLR"), ("C30001", "#NLR")] {
        let mut row = rows(&portal, number).swap_remove(0);
        row["pk"] = json!({ "S": format!("CUSTOMERS#{orion}{product}") });
        portal.put("accounts", &row);
    }
    assert_eq!(mend(&portal).await, Found { customers: 4, mended: 0, removed: 3 });
    lists_agree(&portal);
}

/// R503
#[tokio::test]
async fn one_partner_s_lists_can_be_mended_alone() {
    let portal = ground().await;
    for row in rows(&portal, "") {
        portal.delete("accounts", &row);
    }
    let vega = domain::AccountId::parse(&account(&portal, "C20020")).unwrap();
    let found = repair(portal.app.store(), Some(vega)).await.unwrap();
    assert_eq!(found, Found { customers: 1, mended: 1, removed: 0 });
    assert_eq!((rows(&portal, "C30003").len(), rows(&portal, "C30001").len()), (2, 0));
}

/// R503
#[tokio::test]
async fn it_can_run_while_people_work() {
    let portal = ground().await;
    let (ada, sam) = (portal.owner().await, portal.support().await);
    let work = async {
        for n in 0..10 {
            let mut order = crate::orders::order(&format!("SO-60{n}"), "C10423");
            order["lines"][0]["serial_number"] = json!(format!("nlr 0000 aaaa 00{n:02}"));
            sam.post("/api/staff/orders", order).await.expect(201);
        }
        let mia = crate::account_claims::id_of(&portal, "mia@acme.test");
        ada.delete(&format!("/api/team/members/{mia}")).await.expect(204);
    };
    let mending = at_once((0..4).map(|_| repair(portal.app.store(), None)));
    let (found, ()) = tokio::join!(mending, work);
    assert!(found.iter().all(Result::is_ok), "{found:?}");
    portal.housekeeping().await.unwrap();
    lists_agree(&portal);
}

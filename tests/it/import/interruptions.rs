//! Imports that break off: what is there is whole, and the next run finishes.

use local::import::Mode;
use tests::wire::{Fault, Rule};

use super::Desk;

/// R701
#[tokio::test]
async fn an_import_that_breaks_off_anywhere_is_finished_by_the_next() {
    let whole = Desk::imported().await;
    let mut written = 0;
    loop {
        let desk = Desk::new().await;
        desk.wire.inject(Rule::new(Fault::Throttled).on("TransactWriteItems").after(written));
        let Err(stopped) = desk.try_import(Mode::Write).await else { break };
        assert!(stopped.contains("running it again goes on from there"), "{stopped}");
        desk.wire.heal();
        nothing_is_half_imported(&desk);
        desk.import().await;
        nothing_is_half_imported(&desk);
        for table in ["accounts", "credentials"] {
            let rows = (desk.wire.snapshot().rows(table), whole.wire.snapshot().rows(table));
            assert_eq!(rows.0, rows.1, "{table} after a stop at write {written}");
        }
        assert_eq!(desk.import().await, [0, 0, 16], "after a stop at write {written}");
        written += 1;
    }
    assert_eq!(written, 8, "two products, three customers, two orders and a link");
}

/// R701
#[tokio::test]
async fn a_reply_that_is_lost_does_no_harm() {
    let desk = Desk::new().await;
    desk.wire.inject(Rule::new(Fault::LostReply).on("TransactWriteItems").after(3).times(1));
    assert_eq!(desk.import().await, [16, 0, 0]);
    assert_eq!(desk.import().await, [0, 0, 16]);
    nothing_is_half_imported(&desk);
}

/// Each account has its owner among its members, each member a login, each order its lines.
fn nothing_is_half_imported(desk: &Desk) {
    let rows = desk.wire.snapshot();
    for account in rows.find("accounts", "ACCOUNT#", "ACCOUNT").iter().filter(|row| row["sk"]["S"] == "ACCOUNT") {
        let (pk, owner) = (account["pk"]["S"].as_str().unwrap(), account["o"]["S"].as_str().unwrap());
        let members = rows.find("accounts", pk, "MEMBER#");
        assert_eq!(account["m"]["N"].as_str().unwrap(), members.len().to_string(), "{pk}");
        assert!(
            members.iter().any(|member| member["sk"]["S"].as_str().unwrap().ends_with(owner)),
            "{pk} without owner"
        );
        for member in &members {
            let user = member["sk"]["S"].as_str().unwrap().trim_start_matches("MEMBER#");
            assert_eq!(rows.find("accounts", &format!("USER#{user}"), "USER").len(), 1, "{user}");
        }
        let number = account["n"]["S"].as_str().unwrap();
        assert_eq!(rows.find("accounts", &format!("CUSTOMERNUMBER#{number}"), "").len(), 1);
        assert_eq!(rows.find("credentials", &format!("NAME#{number}"), "").len(), 1);
    }
    for (order, lines) in [("SO-1", 2), ("SO-2", 1)] {
        if !rows.find("accounts", &format!("ORDERNUMBER#{order}"), "").is_empty() {
            let licenses = rows.find("accounts", "LICENSES#", "LICENSE#");
            assert_eq!(licenses.iter().filter(|license| license["on"]["S"] == order).count(), lines, "{order}");
        }
    }
}

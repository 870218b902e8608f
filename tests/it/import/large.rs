//! What one transaction cannot take.

use std::fmt::Write as _;

use local::import::Mode;
use tests::wire::{Fault, Rule};

use super::Desk;

/// A desk whose first customer has so many more people.
async fn with_people(more: usize) -> Desk {
    let mut desk = Desk::new().await;
    let rows = (0..more).fold(String::new(), |mut rows, at| {
        let _ = writeln!(rows, "C1001,person{at}@acme.test,Pat,Ott,,,en,member,");
        rows
    });
    desk.add("people.csv", rows.trim_end());
    desk
}

/// R701
#[tokio::test]
async fn a_team_of_any_size_appears_with_its_account_and_not_before() {
    let mut written = 0;
    loop {
        let desk = with_people(60).await;
        // Two products come first.
        desk.wire.inject(Rule::new(Fault::Throttled).on("TransactWriteItems").after(2 + written));
        desk.try_import(Mode::Write).await.unwrap_err();
        desk.wire.heal();
        let is_there = is_whole(&desk);
        assert_eq!(desk.import().await.iter().sum::<usize>(), 16 + 60);
        assert_eq!(desk.import().await, [0, 0, 16 + 60], "after a stop at write {written}");
        let rows = desk.wire.snapshot();
        let account =
            rows.find("accounts", "ACCOUNT#", "ACCOUNT").into_iter().find(|row| row["n"]["S"] == "C1001").unwrap();
        assert_eq!(account["m"]["N"], "62");
        assert_eq!(rows.find("accounts", account["pk"]["S"].as_str().unwrap(), "MEMBER#").len(), 62);
        let users = rows.find("accounts", "USER#", "USER").iter().filter(|row| row["sk"]["S"] == "USER").count();
        assert_eq!(users, 62 + 2, "nobody twice, after a stop at write {written}");
        if is_there {
            break;
        }
        written += 1;
    }
    assert!(written > 3, "the team took several transactions");
}

/// Whether the account is there; with everybody, then.
fn is_whole(desk: &Desk) -> bool {
    let rows = desk.wire.snapshot();
    let accounts = rows.find("accounts", "ACCOUNT#", "ACCOUNT");
    let Some(account) = accounts.iter().find(|row| row["n"]["S"] == "C1001") else { return false };
    assert_eq!(rows.find("accounts", account["pk"]["S"].as_str().unwrap(), "MEMBER#").len(), 62);
    true
}

#[tokio::test]
async fn seats_for_a_whole_company_are_all_assigned_however_often_it_breaks_off() {
    let mut desk = with_people(230).await;
    let names: Vec<_> = (0..230).map(|at| format!("person{at}@acme.test")).collect();
    desk.replace(
        "licenses.csv",
        "NLR-DDDD-EEEE-FFFF,subscription,5,2026-01-05,2027-01-04,,",
        &format!("NLR-DDDD-EEEE-FFFF,subscription,240,2026-01-05,2027-01-04,,{}", names.join(";")),
    );
    let all = desk.try_import(Mode::DryRun).await.unwrap();
    // Everything before the order, the order itself, and one transaction of seats.
    desk.wire.inject(Rule::new(Fault::Throttled).on("TransactWriteItems").after(16));
    desk.try_import(Mode::Write).await.unwrap_err();
    desk.wire.heal();
    desk.import().await;
    let rows = desk.wire.snapshot();
    let license =
        rows.find("accounts", "LICENSES#", "LICENSE#").into_iter().find(|row| row["t"]["N"] == "240").unwrap();
    assert_eq!(license["u"]["N"], "230", "{all}");
    let seats = rows.find("accounts", "ASSIGNED#", "LICENSE#");
    assert_eq!(seats.iter().filter(|seat| seat["t"]["N"] == "240").count(), 230);
    assert_eq!(desk.import().await, [0, 0, 16 + 230]);
}

#[tokio::test]
async fn an_order_with_too_many_lines_is_refused_at_the_first_of_them() {
    let mut desk = Desk::new().await;
    let most = store::import::MOST_LINES;
    for line in 2..=most + 1 {
        desk.add("licenses.csv", &format!("SO-2,{line},NLD,NLD-{line:04}-0000-0000,perpetual,1,2026-02-05,,,"));
    }
    // Behind the header and three rows of the small vendor.
    let row = 4 + most;
    assert_eq!(
        desk.problems().await,
        [format!("licenses.csv, row {row}, line: SO-2 has more than {most} lines; an import takes no larger orders")]
    );
}

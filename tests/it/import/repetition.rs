//! The same files again, and files that changed.

use local::import::Mode;

use super::{Desk, sums};

/// R701
#[tokio::test]
async fn importing_the_same_files_again_changes_nothing() {
    let desk = Desk::new().await;
    assert_eq!(desk.import().await, [16, 0, 0]);
    let before = desk.wire.snapshot();
    assert_eq!(desk.import().await, [0, 0, 16]);
    assert!(before.changes(&desk.wire.snapshot()).is_empty());
    let report = desk.try_import(Mode::Write).await.unwrap().to_string();
    assert!(report.contains("The portal says all of this already; nothing was written."), "{report}");
}

/// R701
#[tokio::test]
async fn a_dry_run_reports_what_would_be_done_and_writes_nothing() {
    let desk = Desk::new().await;
    let before = desk.wire.snapshot();
    let (report, calls) = desk.wire.record(desk.try_import(Mode::DryRun)).await;
    assert_eq!(sums(&report.unwrap()), [16, 0, 0]);
    assert!(calls.writes().is_empty());
    assert!(before.changes(&desk.wire.snapshot()).is_empty());
}

/// R104, R701
#[tokio::test]
async fn importing_makes_owners_who_cannot_sign_in_yet_and_sends_no_mail() {
    let desk = Desk::imported().await;
    let rows = desk.wire.snapshot();
    assert_eq!(rows.rows("journal"), 0, "no letter");
    assert_eq!(rows.find("credentials", "USER#", "PASSWORD").len(), 0, "no password");
    assert_eq!(rows.find("credentials", "NAME#", "NAME").len(), 4 + 3, "four people, and each owner's alias");
    assert!(
        rows.find("accounts", "USER#", "USER")
            .iter()
            .filter(|row| row["st"].is_object())
            .all(|row| row["st"]["S"] == "invited")
    );
    let owner = &rows.find("credentials", "NAME#ada@acme.test", "NAME")[0]["u"];
    assert_eq!(
        &rows.find("credentials", "NAME#C1001", "NAME")[0]["u"],
        owner,
        "the number is an alias of the owner's login"
    );
}

/// R701
#[tokio::test]
async fn a_changed_row_changes_its_own_rows_and_no_others() {
    #[rustfmt::skip]
    let cases = [
        // File, old, new, and the rows that may change, by a part of their keys.
        ("products.csv", "Northlight Render", "Northlight Renderer", vec!["PRODUCT#NLR"]),
        ("customers.csv", "Acme Tools", "Acme Toolworks", vec![" ACCOUNT", "MEMBER#acc", "CUSTOMER", " LISTED"]),
        ("customers.csv", "active,", "closed,", vec![" ACCOUNT", "CUSTOMER", " LISTED"]),
        ("people.csv", "Ada,Ott,Managing director", "Ada,Otto,Director", vec![" USER", "MEMBER#", "CUSTOMER"]),
        ("orders.csv", "PO 7", "PO 8", vec![" ORDER#", " ORDER"]),
        ("licenses.csv", "perpetual,2", "perpetual,3", vec![" LICENSE#", " ORDER", "SUMMARY#"]),
        ("licenses.csv", "NLR-DDDD-EEEE-FFFF", "NLR-DDDD-EEEE-0000", vec!["SERIAL#", " LICENSE#", " ORDER"]),
        ("partners.csv", "guests_only", "automatic", vec![" ACCOUNT", "CUSTOMER", " LISTED"]),
    ];
    for (file, old, new, allowed) in cases {
        let mut desk = Desk::imported().await;
        let before = desk.wire.snapshot();
        desk.replace(file, old, new);
        assert_eq!(desk.import().await, [0, 1, 15], "{file}: {old} → {new}");
        let changes = before.changes(&desk.wire.snapshot());
        assert!(!changes.is_empty(), "{file}: {old} → {new}");
        for change in changes {
            assert!(allowed.iter().any(|part| change.contains(part)), "{file}: {old} → {new}: {change}");
        }
        assert_eq!(desk.import().await, [0, 0, 16], "{file}: {old} → {new}, once more");
    }
}

#[tokio::test]
async fn a_new_name_of_an_account_reaches_the_lists_of_its_people() {
    let mut desk = Desk::imported().await;
    desk.replace("customers.csv", "Acme Tools", "Acme Toolworks");
    desk.import().await;
    let copies = desk.wire.snapshot().find("accounts", "USER#", "MEMBER#");
    assert_eq!(copies.iter().filter(|row| row["na"]["S"] == "Acme Toolworks").count(), 2);
    assert_eq!(copies.iter().filter(|row| row["na"]["S"] == "Acme Tools").count(), 0);
}

#[tokio::test]
async fn seats_are_kept_added_and_never_cut_below_those_in_use() {
    let mut desk = Desk::imported().await;
    desk.replace("licenses.csv", "perpetual,2", "perpetual,3");
    desk.replace("licenses.csv", "ada@acme.test;max@acme.test", "ada@acme.test");
    desk.import().await;
    let license = |desk: &Desk| {
        desk.wire
            .snapshot()
            .find("accounts", "LICENSES#", "LICENSE#")
            .into_iter()
            .find(|row| row["sn"]["S"] == "NLD-AAAA-BBBB-CCCC")
            .unwrap()
    };
    assert_eq!(
        (&license(&desk)["u"]["N"], &license(&desk)["t"]["N"]),
        (&"2".into(), &"3".into()),
        "nobody loses a seat"
    );
    assert_eq!(
        desk.wire.snapshot().find("accounts", "ASSIGNED#", "").iter().filter(|row| row["t"]["N"] == "3").count(),
        2
    );
    desk.replace("licenses.csv", "perpetual,3", "perpetual,1");
    let stopped = desk.try_import(Mode::Write).await.unwrap_err();
    assert!(stopped.contains("more seats of a license are assigned than the file has"), "{stopped}");
    assert_eq!(license(&desk)["t"]["N"], "3");
}

#[tokio::test]
async fn files_that_name_only_a_part_refer_to_what_the_portal_has() {
    let mut desk = Desk::imported().await;
    desk.keep(&["licenses.csv", "people.csv"]);
    desk.add("people.csv", "C1001,una@acme.test,Una,Vik,,,en,member,");
    desk.add("licenses.csv", "SO-1,3,NLR,NLR-KKKK-MMMM-NNNN,demo,1,2026-01-05,2026-04-05,,una@acme.test");
    assert_eq!(desk.import().await, [2, 0, 8]);
    let account = desk
        .wire
        .snapshot()
        .find("accounts", "ACCOUNT#", "ACCOUNT")
        .into_iter()
        .find(|row| row["n"]["S"] == "C1001")
        .unwrap();
    assert_eq!(account["m"]["N"], "3");
}

#[tokio::test]
async fn a_code_that_is_replaced_opens_nothing_any_more() {
    let mut desk = Desk::imported().await;
    desk.replace("orders.csv", "11111-22222-33333-44444", "55555-66666-77777-88888");
    desk.import().await;
    let mut states: Vec<_> =
        desk.wire.snapshot().find("accounts", "CODE#", "CODE").iter().map(|row| row["st"]["S"].to_string()).collect();
    states.sort_unstable();
    assert_eq!(states, ["\"cancelled\"", "\"unused\""]);
}

/// R104
#[tokio::test]
async fn somebody_who_signed_up_before_joins_as_they_are() {
    let portal = tests::portal::TestPortal::new().await;
    let una = portal.sign_in("una@solo.test").await;
    portal
        .import(&[(
            "people.csv",
            "customer,email,first_name,last_name,language,role\nC10423,una@solo.test,Someone,Else,de,member\n"
                .to_owned(),
        )])
        .await;
    let accounts = una.get("/api/session/accounts").await;
    assert_eq!(accounts.json["items"][0]["number"], "C10423");
    assert_eq!(una.get("/api/session").await.json["user"]["last_name"], "Solo");
}

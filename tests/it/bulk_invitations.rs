//! Tables of people to invite: read, checked row by row, and nothing written.

use serde_json::{Value, json};
use tests::portal::{Caller, Reply, TestPortal};

async fn check(by: &Caller, csv: &str) -> Reply {
    by.post("/api/team/invitations/dry-runs", json!({ "csv": csv })).await
}

/// What is wrong, a line for each problem.
fn problems(checked: &Reply) -> Vec<String> {
    let rows = checked.json["rows"].as_array().unwrap();
    let of = |row: &Value| {
        let problems = row["problems"].as_array().unwrap().iter();
        let line = row["line"].clone();
        problems.map(move |it| format!("{line} {} {}", it["field"], it["code"]).replace('"', "")).collect::<Vec<_>>()
    };
    rows.iter().flat_map(of).collect()
}

/// R310
#[tokio::test]
async fn every_bad_row_is_reported_and_nothing_written() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    let contact = json!({ "email": "known@new.test", "first_name": "K", "last_name": "N" });
    ada.post("/api/team/contacts", contact).await.expect(201);
    let invited = json!({ "email": "invited@new.test", "first_name": "I", "last_name": "N" });
    ada.post("/api/team/contacts", invited).await.expect(201);
    let rows = portal.wire.snapshot().find("accounts", "ACCOUNT#", "CONTACT#");
    let row = rows.into_iter().find(|row| row["m"]["S"] == "invited@new.test").unwrap();
    let values = json!({ ":iv": { "S": "inv_01jd0x5m2nfe4r8v0t6w9y2zab" }, ":x": { "N": "4000000000000" } });
    portal.update(&row, "SET iv = :iv, x = :x", values);

    let before = portal.wire.snapshot();
    let csv = "email,first_name,last_name,role,permissions,language\r\n\
        anna@new.test,Anna,Berg,manager,,de\r\n\
        ,Nobody,,,,\r\n\
        not an address,\"Ann, B.\",Two,boss,everything,xx\r\n\
        \r\n\
        ANNA@new.test,Anna,Again,,,\r\n\
        mia@acme.test,Mia,Park,,,\r\n\
        invited@new.test,I,N,,,\r\n\
        known@new.test,K,N,Mitglied,view_orders;manage_licenses,FR-be\r\n\
        luc@new.test,Luc,Petit,,,,more\r\n";
    let checked = check(&ada, csv).await.expect(200);
    assert_eq!(
        problems(&checked),
        [
            "3 email required",
            "3 last_name required",
            "4 email email_invalid",
            "4 role choice_invalid",
            "4 permissions choice_invalid",
            "4 language language_unknown",
            "6 email twice_in_table",
            "7 email already_in_team",
            "8 email already_invited",
            "10 line too_many_cells",
        ]
    );
    assert_eq!((&checked.json["good"], &checked.json["bad"]), (&json!(2), &json!(6)));
    let good = |line: usize| {
        let rows = checked.json["rows"].as_array().unwrap();
        rows.iter().find(|row| row["line"] == line).unwrap().clone()
    };
    let anna = good(2);
    assert_eq!((&anna["role"], &anna["permissions"], &anna["language"]), (&json!("manager"), &json!([]), &json!("de")));
    let known = good(9);
    assert_eq!((&known["role"], &known["language"]), (&json!("member"), &json!("fr")));
    assert_eq!(known["permissions"], json!(["view_orders", "manage_licenses"]));
    assert_eq!(good(6)["problems"][0]["params"], json!({ "line": "2" }), "which it stands on first");
    assert_eq!(good(4)["first_name"], "Ann, B.");
    assert_eq!(before.changes(&portal.wire.snapshot()), [""; 0]);
    assert_eq!(portal.letters_to("anna@new.test").await.count(), 0);
}

/// R310
#[tokio::test]
async fn tables_of_all_spreadsheets_and_languages_are_read() {
    let portal = TestPortal::new().await;
    let mia = portal.manager().await;
    for csv in [
        "anna@new.test,Anna,Berg",
        "\u{feff}E-Mail;Vorname;Nachname;Rolle\r\nanna@new.test;Anna;Berg;Mitglied\r\n",
        "Nom\tPrénom\tAdresse e-mail\tRôle\nBerg\tAnna\tanna@new.test\tmembre\n",
        "sep=;\nFirst name;Surname;E-mail;Language\n\"Anna\";\"Berg\";\"anna@new.test\";de",
        "last_name,first_name,email,Telefon,Funktion\nBerg,Anna,anna@new.test,+49 30 1234,Leitung\n",
    ] {
        let checked = check(&mia, csv).await.expect(200);
        let row = &checked.json["rows"][0];
        assert_eq!(problems(&checked), [""; 0], "{csv}");
        assert_eq!(
            (&row["email"], &row["first_name"], &row["last_name"]),
            (&json!("anna@new.test"), &json!("Anna"), &json!("Berg"))
        );
        assert_eq!((&row["role"], &row["language"]), (&json!("member"), &json!("de")), "Max speaks German: {csv}");
    }
    for empty in ["", "\n\n", "email,first_name,last_name\n"] {
        let checked = check(&mia, empty).await.expect(200);
        assert_eq!(checked.json, json!({ "rows": [], "good": 0, "bad": 0 }), "{empty:?}");
    }
}

/// R310, R903
#[tokio::test]
async fn what_is_no_table_of_people_is_refused_as_a_whole() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    let long = format!("email,first_name,last_name\n{}", "anna@new.test,Anna,Berg\n".repeat(5_000));
    let many = "anna@new.test,Anna,Berg\n".repeat(501);
    for (csv, code) in [
        ("email,first_name,last_name\nanna@new.test,\"Anna,Berg", "csv_quote_open"),
        ("email,last_name\nanna@new.test,Berg", "csv_columns_missing"),
        ("once upon a time", "csv_columns_missing"),
        ("email,first_name,last_name,shoe size\n", "csv_columns_unknown"),
        ("email,first_name,last_name,e-mail\n", "csv_column_twice"),
        (long.as_str(), "too_long"),
        (many.as_str(), "too_many_rows"),
    ] {
        assert_eq!(check(&ada, csv).await.expect(422).at("/csv"), code);
    }
    let most: String = (0..500).map(|at| format!("p{at}@new.test,P,{}\n", "Q")).collect();
    assert_eq!(check(&ada, &most).await.expect(200).json["good"], 500);
    assert_eq!(check(&portal.member().await, "once upon a time").await.says(), "403 managers_only");
}

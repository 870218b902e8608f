//! Every problem, by file, row and column; and one problem anywhere keeps everything out.

use super::Desk;

/// What is changed in the files (file, old, new), and the report that must come of it.
struct Case {
    change: (&'static str, &'static str, &'static str),
    report: &'static [&'static str],
}

const fn case(file: &'static str, old: &'static str, new: &'static str, report: &'static [&'static str]) -> Case {
    Case { change: (file, old, new), report }
}

#[rustfmt::skip]
const CASES: &[Case] = &[
    // The form of a file.
    case("products.csv", "code,name", "code", &["products.csv, row 1: the column `name` is missing"]),
    case("products.csv", "code,name", "code,name,colour", &["products.csv, row 1: `colour` is no column of this file; it has code, name, trial_days"]),
    case("products.csv", "code,name", "code,name,name", &["products.csv, row 1: names the column `name` twice"]),
    case("partners.csv", "partner,customer,access", "partner;customer;access", &["partners.csv, row 1: the cells are not separated by commas; save the file as CSV with commas"]),
    case("products.csv", "NLD,Northlight Draft", "NLD,Northlight Draft,x", &["products.csv, row 2: has 3 cells, the header has 2"]),
    case("products.csv", "code,name\nNLD,Northlight Draft\nNLR,Northlight Render\n", "\n", &["products.csv: is empty; it needs a header row"]),
    // Cells.
    case("products.csv", "NLR,Northlight Render", "NLR,", &["products.csv, row 3, name: is required"]),
    case("products.csv", "code,name\nNLD,Northlight Draft\nNLR,Northlight Render", "code,name,trial_days\nNLD,Northlight Draft,\nNLR,Northlight Render,0", &["products.csv, row 3, trial_days: \"0\" is not a whole number from 1 to 365"]),
    case("products.csv", "NLR,Northlight Render", "NLR,Northlight Render\nN,Nothing", &["products.csv, row 4, code: \"N\" is not a product code of 2 to 8 capital letters and digits"]),
    case("customers.csv", "C1001,Acme Tools,customer,GB,en", "C1001,Acme Tools,customer,GBR,english", &["customers.csv, row 2, country: \"GBR\" is not a country code of two letters", "customers.csv, row 2, language: \"english\" is not one of en, fr, de"]),
    case("customers.csv", "Europe/London", "London", &["customers.csv, row 2, time_zone: \"London\" is not a time zone such as Europe/Paris"]),
    case("customers.csv", "active,\n", "busy,\n", &["customers.csv, row 2, status: \"busy\" is not one of active, suspended, closed"]),
    case("customers.csv", "Two invoices are unpaid", "", &["customers.csv, row 3, suspension_reason: is required"]),
    case("customers.csv", "active,\n", "active,Because\n", &["customers.csv, row 2, suspension_reason: is given, but the account is not suspended"]),
    case("customers.csv", "partner,FR", "reseller,FR", &["customers.csv, row 4, kind: \"reseller\" is not one of customer, partner"]),
    case("people.csv", "max@acme.test,Max,Ott,,", "max@acme,Max,Ott,,", &["people.csv, row 3, email: \"max@acme\" is not an e-mail address", "licenses.csv, row 2, assigned_to: max@acme.test is not among the people of C1001"]),
    case("people.csv", "+44 20 7946 0100", "call me", &["people.csv, row 2, phone: \"call me\" is not a telephone number"]),
    case("people.csv", "en,owner,", "en,boss,", &["people.csv, row 2, role: \"boss\" is not one of owner, manager, member"]),
    case("people.csv", "view_orders;manage_licenses", "view_orders;fly", &["people.csv, row 3, permissions: \"fly\" is not one of view_orders, manage_licenses"]),
    case("people.csv", "en,manager,", "en,manager,view_orders", &["people.csv, row 5, permissions: are for members; owners and managers have them all"]),
    case("people.csv", "Bo,Lind", "Bo\u{202e},Lind", &["people.csv, row 4, first_name: \"Bo\\u{202e}\" holds characters that a name cannot have"]),
    case("orders.csv", "2026-01-05", "05.01.2026", &["orders.csv, row 2, date: \"05.01.2026\" is not a date such as 2026-11-22"]),
    case("orders.csv", "11111-22222-33333-44444", "11111-22222", &["orders.csv, row 3, activation_code: is not an activation code of 20 characters"]),
    case("licenses.csv", "perpetual,2", "perpetual,0", &["licenses.csv, row 2, seats: \"0\" is not a whole number from 1 to 100000"]),
    case("licenses.csv", "SO-1,2,NLR", "SO-1,two,NLR", &["licenses.csv, row 3, line: \"two\" is not a whole number from 1 to 9999"]),
    // Rows that do not fit themselves.
    case("licenses.csv", "2026-01-05,2027-01-04,,\n", "2026-01-05,2025-01-04,,\n", &["licenses.csv, row 3, ends_on: 2025-01-04 is before the start, 2026-01-05"]),
    case("licenses.csv", "2026-01-05,2027-01-04,,\n", "2026-01-05,,,\n", &["licenses.csv, row 3, ends_on: is required: only a perpetual license has no end"]),
    case("licenses.csv", "2026-01-05,,2027", "2026-01-05,2028-01-01,2027", &["licenses.csv, row 2, ends_on: is given, but a perpetual license has no end (maintenance may have one)"]),
    case("licenses.csv", "perpetual,2", "perpetual,1", &["licenses.csv, row 2, assigned_to: names 2 people, but there are 1 seats"]),
    case("licenses.csv", "ada@acme.test;max@acme.test", "ada@acme.test;ADA@acme.test", &["licenses.csv, row 2, assigned_to: names ada@acme.test twice"]),
    // Rows that do not fit each other.
    case("products.csv", "NLR,Northlight Render", "NLR,Northlight Render\nnld,Draft", &["products.csv, row 4, code: NLD is already in row 2"]),
    case("customers.csv", "C2001,Meridian", "c1001,Acme,customer,GB,en,Europe/London,active,\nC2001,Meridian", &["customers.csv, row 4, number: C1001 is already in row 2"]),
    case("people.csv", "C1002,bo@", "C1001,MAX@acme.test,Max,Ott,,,en,member,\nC1002,bo@", &["people.csv, row 4, email: MAX@acme.test is already in row 3, for the same customer"]),
    case("people.csv", "Max,Ott,Berater", "Maxine,Ott,Berater", &["people.csv, row 5, email: max@acme.test is Maxine Ott here and Max Ott in row 3"]),
    case("people.csv", "Berater,,en", "Berater,,de", &["people.csv, row 5, language: max@acme.test speaks another language in row 3: en"]),
    case("people.csv", "max@acme.test,Max,Ott,,", "m\u{430}x@acme.test,Max,Ott,,", &["people.csv, row 3, email: m\u{430}x@acme.test mixes alphabets, so that it can be taken for another address", "licenses.csv, row 2, assigned_to: max@acme.test is not among the people of C1001"]),
    case("people.csv", "en,owner,", "en,manager,", &["customers.csv, row 2, number: C1001 has no owner in people.csv"]),
    case("people.csv", "en,member,view_orders;manage_licenses", "en,owner,", &["people.csv, row 3, role: C1001 has an owner already, in row 2"]),
    case("people.csv", "C2001,paul", "C2002,paul", &["customers.csv, row 4, number: C2001 has no owner in people.csv", "people.csv, row 6, customer: there is no customer C2002, neither in customers.csv nor in the portal"]),
    case("orders.csv", "SO-2,", "so-1,", &["orders.csv, row 3, number: SO-1 is already in row 2", "licenses.csv, row 4, order: there is no order SO-2, neither in orders.csv nor in the portal"]),
    case("orders.csv", "C1002,2026", "C9999,2026", &["orders.csv, row 3, customer: there is no customer C9999, neither in customers.csv nor in the portal", "licenses.csv, row 4, assigned_to: bo@bruckner.test is not among the people of C9999"]),
    case("orders.csv", "PO 7,", "PO 7,iiiii 22222 33333 44444", &["orders.csv, row 3, activation_code: is already the code of row 2"]),
    case("licenses.csv", "SO-1,2,NLR", "SO-1,1,NLR", &["licenses.csv, row 3, line: line 1 of SO-1 is already in row 2"]),
    case("licenses.csv", "SO-2,1", "SO-3,1", &["licenses.csv, row 4, order: there is no order SO-3, neither in orders.csv nor in the portal"]),
    case("licenses.csv", "SO-1,2,NLR", "SO-1,2,NLX", &["licenses.csv, row 3, product: there is no product NLX, neither in products.csv nor in the portal"]),
    case("licenses.csv", "NLR-DDDD-EEEE-FFFF", "NLD-AAAA-BBBB-CCCC", &["licenses.csv, row 3, serial_number: NLD-AAAA-BBBB-CCCC is already in row 2"]),
    case("licenses.csv", "NLD-GGGG", "NLD-IIII-0000-1111,trial,1,2026-02-05,2026-03-05,,\nSO-2,2,NLD,NLD-LLLL-OOOO-1111,trial,1,2026-02-05,2026-03-05,,\nSO-2,3,NLD,NLD-GGGG", &["licenses.csv, row 5, serial_number: NLD-LLLL-OOOO-1111 can be mistaken for NLD-IIII-0000-1111 of row 4"]),
    case("licenses.csv", "bo@bruckner.test", "paul@meridian.test", &["licenses.csv, row 4, assigned_to: paul@meridian.test is not among the people of C1002"]),
    case("partners.csv", "C2001,C1001", "C1002,C1001", &["partners.csv, row 2, partner: C1002 is a customer, not a partner"]),
    case("partners.csv", "C2001,C1001", "C2001,C2001", &["partners.csv, row 2, customer: C2001 is a partner, not a customer"]),
    case("partners.csv", "guests_only", "guests_only\nC2001,C1001,automatic", &["partners.csv, row 3, customer: C1001 has a partner already, in row 2; a customer has one at a time"]),
    case("partners.csv", "guests_only", "friends", &["partners.csv, row 2, access: \"friends\" is not one of automatic, guests_only"]),
];

/// R701
#[tokio::test]
async fn every_problem_is_named_by_file_row_and_column_and_keeps_everything_out() {
    for case in CASES {
        let mut desk = Desk::new().await;
        let before = desk.wire.snapshot();
        let (file, old, new) = case.change;
        desk.replace(file, old, new);
        let mut expected = case.report.to_vec();
        expected.sort_unstable();
        let mut found = desk.problems().await;
        found.sort_unstable();
        assert_eq!(found, expected, "{file}: {old} → {new}");
        assert!(before.changes(&desk.wire.snapshot()).is_empty(), "something was written: {file}: {old} → {new}");
    }
}

/// R313, R701
#[tokio::test]
async fn what_contradicts_the_portal_is_named_too() {
    #[rustfmt::skip]
    let cases = [
        case("customers.csv", "C1001,Acme Tools,customer", "C1001,Acme Tools,partner", &["customers.csv, row 2, kind: C1001 is of the other kind in the portal; an account keeps its kind", "partners.csv, row 2, customer: C1001 is a partner, not a customer"]),
        case("people.csv", "en,owner,\nC1001,max@acme.test,Max,Ott,,,en,member,view_orders;manage_licenses", "en,manager,\nC1001,max@acme.test,Max,Ott,,,en,owner,", &["people.csv, row 2, role: ada@acme.test owns C1001 in the portal; an import does not change owners", "people.csv, row 3, role: C1001 is owned by ada@acme.test in the portal; an import does not change owners"]),
        case("orders.csv", "SO-1,C1001,2026-01-05", "SO-1,C1001,2026-01-06", &["orders.csv, row 2, date: SO-1 is of 2026-01-05 in the portal; a recorded order keeps its date"]),
        case("orders.csv", "SO-2,C1002", "SO-2,C1001", &["orders.csv, row 3, customer: SO-2 belongs to C1002 in the portal", "licenses.csv, row 4, assigned_to: bo@bruckner.test is not among the people of C1001"]),
        case("orders.csv", "SO-2,C1002,2026-02-05,,", "SO-2,C1002,2026-02-05,,\nSO-3,C1002,2026-02-06,,", &["orders.csv, row 4, activation_code: is the code of SO-2 in the portal"]),
        case("licenses.csv", "SO-1,1,NLD,NLD-AAAA-BBBB-CCCC", "SO-1,7,NLD,NLD-AAAA-BBBB-CCCC", &["licenses.csv, row 2, serial_number: NLD-AAAA-BBBB-CCCC is, or can be mistaken for, the serial number of another license in the portal"]),
    ];
    for case in cases {
        let mut desk = Desk::imported().await;
        let before = desk.wire.snapshot();
        let (file, old, new) = case.change;
        desk.replace(file, old, new);
        let mut expected = case.report.to_vec();
        expected.sort_unstable();
        assert_eq!(desk.problems().await, expected, "{file}: {old} → {new}");
        assert!(before.changes(&desk.wire.snapshot()).is_empty(), "something was written: {file}: {old} → {new}");
    }
}

#[tokio::test]
async fn rows_are_counted_as_a_spreadsheet_shows_them() {
    let mut desk = Desk::new().await;
    desk.replace(
        "products.csv",
        "code,name\n",
        "\u{feff}code,name\r\n\r\n\"NLX\",\"two\n\nlines, \"\"quoted\"\"\"\r\n,\r\n\n",
    );
    desk.replace("products.csv", "NLR,Northlight Render\n", "NLR,");
    let found = desk.problems().await;
    assert!(found.iter().any(|line| line == "products.csv, row 7, name: is required"), "{found:#?}");
}

#[tokio::test]
async fn text_in_another_encoding_is_noticed() {
    let folder = std::env::temp_dir().join(format!("portico-latin1-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("products.csv"), b"code,name\nNLD,Draft\nNLR,R\xe9ndu\n").unwrap();
    let desk = Desk::new().await;
    let source = local::import::Source::folder(&folder).unwrap();
    let now = "2026-11-22T12:00:00Z".parse().unwrap();
    let (mode, nobody) = (local::import::Mode::Write, local::import::Audience::Nobody);
    let report = local::import::import(&source, &desk.store, mode, nobody, now).await.unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    let said = report.to_string();
    assert_eq!(
        said,
        "products.csv, row 3: cell 2 is not UTF-8; save the file as \"CSV UTF-8\"\n\n1 problem; nothing was written."
    );
}

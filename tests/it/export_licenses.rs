//! Licenses as a file that spreadsheets and scripts read.

use serde_json::json;
use tests::portal::{Caller, TestPortal};

use crate::seats::{TWELVE, license_row};

/// The whole file as a script puts it together, and of how many pages.
async fn file(by: &Caller) -> (String, usize) {
    let (mut file, mut pages, mut path) = (Vec::new(), 0, "/api/licenses/export".to_owned());
    loop {
        let page = by.get(&path).await.expect(200);
        assert_eq!(page.header("content-type"), "text/csv; charset=utf-8");
        assert_eq!(page.header("content-disposition"), "attachment; filename=\"licenses.csv\"");
        file.extend_from_slice(&page.bytes);
        pages += 1;
        match page.header("x-portico-next") {
            "" => return (String::from_utf8(file).unwrap(), pages),
            next => path = format!("/api/licenses/export?cursor={next}"),
        }
        assert!(pages < 20, "pages without end");
    }
}

const HEAD: &str = "\u{feff}order,order_date,line,product,product_name,serial_number,type,seats,seats_used,starts_on,\
                    ends_on,maintenance_ends_on,state\r\n";

/// R401
#[tokio::test]
async fn an_account_s_licenses_are_exported_newest_order_first() {
    let portal = TestPortal::new().await;
    let expected = format!(
        "{HEAD}\
         SO-1003,2026-05-02,1,NLD,Northlight Draft,NLD-PP1A-6C7E-M3NS,trial,1,0,2026-05-02,2027-05-01,,active\r\n\
         SO-1002,2025-06-15,1,NLD,Northlight Draft,NLD-WW9D-4F6H-J8QN,subscription,3,0,2025-06-15,2026-06-14,,ended\r\n\
         SO-1001,2024-02-01,2,NLR,Northlight Render,NLR-3B8C-YY2T-K5RW,subscription,5,1,2024-02-01,2026-12-14,,ending\r\n\
         SO-1001,2024-02-01,1,NLD,Northlight Draft,NLD-7Q4M-X2KP-09TV,perpetual,12,2,2024-02-01,,2026-12-31,active\r\n"
    );
    assert_eq!(file(&portal.viewer().await).await, (expected, 1));
}

/// R401
#[tokio::test]
async fn whoever_may_not_view_orders_exports_their_own_licenses_without_orders() {
    let portal = TestPortal::new().await;
    let expected =
        format!("{HEAD},,,NLD,Northlight Draft,NLD-7Q4M-X2KP-09TV,perpetual,,,2024-02-01,,2026-12-31,active\r\n");
    assert_eq!(file(&portal.member().await).await.0, expected);
}

/// R401, incident 33
#[tokio::test]
async fn no_cell_of_an_export_is_a_formula() {
    let portal = TestPortal::new().await;
    for (name, cell) in [
        ("=HYPERLINK(\"https://evil.test\")", "\"'=HYPERLINK(\"\"https://evil.test\"\")\""),
        ("+1", "'+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\u{ff1d}1+1", "'\u{ff1d}1+1"),
        // Where a semicolon or a tab parts cells, a quote within one parts nothing.
        ("Draft;=1+1", "\"Draft;'=1+1\""),
        ("Draft; \"@SUM(A1)\"", "\"Draft; \"\"'@SUM(A1)\"\"\""),
        ("Draft, the \"new\"", "\"Draft, the \"\"new\"\"\""),
    ] {
        portal.update(&license_row(&portal, TWELVE), "SET pn = :pn", json!({ ":pn": { "S": name } }));
        let (file, _) = file(&portal.owner().await).await;
        assert!(file.contains(&format!(",NLD,{cell},{TWELVE},")), "{name}: {file}");
    }
}

/// R401, R701
#[tokio::test]
async fn what_was_exported_can_be_imported() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    let (first, _) = file(&ada).await;
    let before = portal.wire.snapshot();
    portal.import(&[("licenses.csv", first.clone())]).await;
    assert_eq!(file(&ada).await.0, first);
    let gone: Vec<_> = before.changes(&portal.wire.snapshot());
    assert!(gone.iter().all(|line| line.starts_with('~')), "nothing came, nothing went: {gone:?}");
}

/// R401
#[tokio::test]
async fn a_long_list_is_exported_page_by_page() {
    let portal = TestPortal::new().await;
    crate::many::licenses(&portal, 2_100);
    let (file, pages) = file(&portal.owner().await).await;
    assert_eq!((file.matches("\r\n").count(), pages), (1 + 4 + 2_100, 3));
    assert_eq!(file.matches('\u{feff}').count(), 1);
    let mut lines: Vec<_> = file.lines().collect();
    lines.sort_unstable();
    lines.dedup();
    assert_eq!(lines.len(), 1 + 4 + 2_100, "no line twice");
}

/// R401
#[tokio::test]
async fn an_account_without_licenses_exports_the_head_alone() {
    let portal = TestPortal::new().await;
    for row in portal.wire.snapshot().find("accounts", "LICENSES#", "") {
        portal.delete("accounts", &row);
    }
    assert_eq!(file(&portal.owner().await).await, (HEAD.to_owned(), 1));
}

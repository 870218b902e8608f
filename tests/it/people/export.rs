//! People as a file that spreadsheets and scripts read.

use tests::portal::{Caller, TestPortal};

use super::{PEOPLE, know};

const HEAD: &str = "\u{feff}email,first_name,last_name,user_name,job_title,phone,group,role,permissions,status,\
                    last_sign_in,seats,reviewed_at,guest_of,guest_until\r\n";

/// The whole file of a query as a script puts it together, and of how many pages.
async fn file(by: &Caller, query: &str) -> (String, usize) {
    let (mut file, mut pages, mut path) = (Vec::new(), 0, format!("{PEOPLE}/export?{query}"));
    loop {
        let page = by.get(&path).await.expect(200);
        assert_eq!(page.header("content-type"), "text/csv; charset=utf-8");
        assert_eq!(page.header("content-disposition"), "attachment; filename=\"people.csv\"");
        file.extend_from_slice(&page.bytes);
        pages += 1;
        match page.header("x-portico-next") {
            "" => return (String::from_utf8(file).unwrap(), pages),
            next => path = format!("{PEOPLE}/export?{query}&cursor={next}"),
        }
        assert!(pages < 20, "pages without end");
    }
}

/// R302
#[tokio::test]
async fn the_file_has_everyone_the_list_has_and_in_its_order() {
    let portal = TestPortal::new().await;
    know(&portal, ("Søren", "Ångström"), "soren@elsewhere.test");
    let ada = portal.owner().await;
    let now = portal.clock.now();
    let expected = format!(
        "{HEAD}\
         soren@elsewhere.test,Søren,Ångström,,,,contacts,,,,,,,,\r\n\
         max@acme.test,Max,Ernst,,CAD manager,,managers,manager,,active,,0,,,\r\n\
         ada@acme.test,Ada,Lovelace,,Managing director,,managers,owner,,active,{now},0,,,\r\n\
         dora@acme.test,Dora,Maar,,Photographer,,members,member,view_orders,active,,0,,,\r\n\
         mia@acme.test,Mia,Park,,Draughtsperson,,members,member,,active,,1,,,\r\n\
         vera@acme.test,Vera,Rubin,,Purchasing,,members,member,view_orders,active,,2,,,\r\n\
         tess@two.test,Tess,Two,,Consultant,,managers,manager,,active,,0,,,\r\n"
    );
    assert_eq!(file(&ada, "").await, (expected.clone(), 1));
    let line = |name: &str| expected.lines().find(|line| line.contains(name)).unwrap().to_owned();
    for (query, who) in [
        ("group=managers&sort=-name", &["Two", "Lovelace", "Ernst"][..]),
        ("search=%C3%A5ng", &["Ångström"]),
        ("search=mia%40", &["Park"]),
        ("group=invited", &[]),
    ] {
        let lines: String = who.iter().map(|name| format!("{}\r\n", line(name))).collect();
        assert_eq!(file(&ada, query).await.0, format!("{HEAD}{lines}"), "{query}");
    }
}

/// R302, incident 33
#[tokio::test]
async fn no_cell_of_the_file_is_a_formula() {
    let portal = TestPortal::new().await;
    for (n, (name, cell)) in [
        ("=HYPERLINK(A1)", "'=HYPERLINK(A1)"),
        ("+A1", "'+A1"),
        ("-A1", "'-A1"),
        ("\u{ff1d}A1", "'\u{ff1d}A1"),
        ("Ann;=A1", "\"Ann;'=A1\""),
        ("Ann, the second", "\"Ann, the second\""),
    ]
    .into_iter()
    .enumerate()
    {
        let email = format!("evil{n}@elsewhere.test");
        know(&portal, (name, "Zz"), &email);
        let (file, _) = file(&portal.owner().await, "group=contacts").await;
        assert!(file.contains(&format!("{email},{cell},Zz,")), "{name}: {file}");
    }
}

/// R302
#[tokio::test]
async fn a_large_team_is_exported_page_by_page() {
    let portal = TestPortal::new().await;
    super::large::crowd(&portal, 2_400);
    let ada = portal.owner().await;
    let (file, pages) = file(&ada, "").await;
    // One in five is inactive.
    assert_eq!((file.matches("\r\n").count(), pages), (1 + 6 + 1_920, 2));
    assert_eq!(file.matches('\u{feff}').count(), 1);
    let mut lines: Vec<_> = file.lines().collect();
    lines.sort_unstable();
    lines.dedup();
    assert_eq!(lines.len(), 1 + 6 + 1_920, "nobody twice");
}

//! Every filter, order and direction, and what is found.

use serde_json::Value;
use tests::customer_queries::{Asked, all};
use tests::portal::{Caller, TestPortal};
use tests::wire::{Fault, Rule};

use super::given::{Company, give, other_partner};
use super::{CUSTOMERS, names};

const NAMES: [&str; 8] =
    ["Élan", "elan Sud", "ÉLAN Nord", "Zèbre", "zebra Works", "Ørsted", "Müller & Söhne", "Großmann"];

/// Sixty companies of all kinds: names, states, products and ends in all mixtures.
fn sixty() -> Vec<Company> {
    let company = |n: usize| {
        let status = ["active", "active", "suspended", "closed"][n / 8 % 4];
        let name = format!("{} {:02}", NAMES[n % NAMES.len()], n * 7 % 60);
        let company = Company { status, ..Company::new(&format!("C3{n:04}"), &name) };
        let end = format!("20{}-{:02}-15", 27 + n % 3, 1 + n % 12);
        match n % 5 {
            0 => company,
            1 => company.with("NLD", "subscription", &end),
            2 => company.with("NLR", "subscription", &end),
            3 => company.with("NLD", "perpetual", ""),
            _ => company.with("NLD", "subscription", &end).with("NLR", "subscription", "2031-01-01"),
        }
    };
    (0..60).map(company).collect()
}

async fn portal() -> TestPortal {
    let portal = TestPortal::new().await;
    give(&portal, "C20010", &sixty()).await;
    portal
}

/// The whole list, page by page.
async fn whole(by: &Caller, query: &str) -> Vec<Value> {
    let (mut items, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = by.get(&format!("{CUSTOMERS}?{query}{cursor}")).await.expect(200);
        let some = page.json["items"].as_array().unwrap();
        assert!(some.len() <= 25, "{query}: a page");
        items.extend(some.iter().cloned());
        match page.json["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return items,
        }
    }
}

/// What a query should find among all (of one product: with the renewal of that), in its order.
fn expected(everybody: &[Value], asked: &Asked) -> Vec<String> {
    let text = |item: &Value, name: &str| item[name].as_str().unwrap_or("~").to_owned();
    let fold = |item: &Value| domain::fold::fold(item["name"].as_str().unwrap());
    let mut found: Vec<_> = everybody
        .iter()
        .filter(|item| asked.status.is_none_or(|status| item["status"] == status))
        .filter(|item| asked.prefix.is_none_or(|prefix| fold(item).starts_with(&domain::fold::fold(prefix))))
        .map(|item| {
            let place = if asked.sort.ends_with("renewal") { text(item, "renews_on") } else { fold(item) };
            ((place, text(item, "number")), text(item, "number"))
        })
        .collect();
    found.sort();
    if asked.sort.starts_with('-') {
        found.reverse();
    }
    found.into_iter().map(|(_, number)| number).collect()
}

fn numbers(items: &[Value]) -> Vec<String> {
    items.iter().map(|item| item["number"].as_str().unwrap().to_owned()).collect()
}

/// R503
#[tokio::test]
async fn each_filter_finds_what_it_says_in_each_order_page_by_page() {
    let portal = portal().await;
    let pete = portal.partner_member().await;
    let everybody = whole(&pete, "sort=name").await;
    assert_eq!(everybody.len(), 61, "sixty, and Acme");
    super::recount::lists_agree(&portal);
    let draft = whole(&pete, "sort=name&product=NLD").await;
    let has = |item: &&Value| item["products"].as_array().unwrap().contains(&"NLD".into());
    assert_eq!(numbers(&draft), numbers(&everybody.iter().filter(has).cloned().collect::<Vec<_>>()));
    for asked in all() {
        let found = numbers(&whole(&pete, &asked.query).await);
        let among = if asked.product.is_some() { &draft } else { &everybody };
        assert_eq!(found, expected(among, &asked), "{}", asked.query);
        assert!(!found.is_empty(), "{}: somebody", asked.query);
    }
}

/// R503
#[tokio::test]
async fn short_pages_of_the_database_lose_nobody_and_repeat_nobody() {
    let portal = portal().await;
    let pete = portal.partner_member().await;
    for query in ["sort=name", "sort=-renewal&product=NLD", "status=active&sort=renewal", "search=elan&sort=-name"] {
        let whole_pages = whole(&pete, query).await;
        portal.wire.inject(Rule::new(Fault::ShortPage).on("Query"));
        let short_pages = whole(&pete, query).await;
        assert!(portal.wire.felt() > 3, "{query}");
        portal.wire.heal();
        assert_eq!(short_pages, whole_pages, "{query}");
    }
}

/// R503
#[tokio::test]
async fn a_name_is_found_by_its_beginning_without_case_and_marks() {
    let portal = portal().await;
    let pete = portal.partner_member().await;
    for (search, some) in [
        ("ELAN%20s", "elan Sud"),
        ("%C3%A9lan%20n", "ÉLAN Nord"),
        ("zebr", "Zèbre"),
        ("orst", "Ørsted"),
        ("muller%20%26%20so", "Müller"),
        ("grossm", "Großmann"),
        ("%20%20acme%20%20eng", "Acme"),
    ] {
        let found = names(&pete, &format!("?search={search}")).await;
        assert!(found.iter().any(|name| name.starts_with(some)), "{search}: {found:?}");
    }
    assert_eq!(names(&pete, "?search=engineering").await, Vec::<String>::new(), "not from within");
}

/// R503
#[tokio::test]
async fn a_whole_number_finds_its_customer_alone() {
    let portal = portal().await;
    let (pete, viola) = (portal.partner_member().await, other_partner(&portal).await);
    for search in ["C10423", "c10423", "%20C10423%20", "C10423&status=closed&sort=-name"] {
        assert_eq!(names(&pete, &format!("?search={search}")).await, ["Acme Engineering"], "{search}");
    }
    for search in ["C1042", "C10500", "C104231", "O10423"] {
        assert_eq!(names(&pete, &format!("?search={search}")).await, Vec::<String>::new(), "{search}");
    }
    assert_eq!(names(&viola, "?search=C10423").await, Vec::<String>::new(), "another partner's");
    assert_eq!(names(&viola, "").await, Vec::<String>::new());
}

/// R503
#[tokio::test]
async fn a_cursor_serves_nobody_else_and_nothing_else() {
    let portal = portal().await;
    let (pete, paula) = (portal.partner_member().await, portal.partner_owner().await);
    let viola = other_partner(&portal).await;
    let first = pete.get(&format!("{CUSTOMERS}?status=active")).await.expect(200);
    let next = first.text("/next").to_owned();
    pete.get(&format!("{CUSTOMERS}?status=active&cursor={next}")).await.expect(200);
    let refused = "400 invalid_cursor";
    for caller in [&paula, &viola] {
        let said = caller.get(&format!("{CUSTOMERS}?status=active&cursor={next}")).await.says();
        assert_eq!(said, refused, "somebody else's");
    }
    for query in ["", "status=closed&", "status=active&product=NLD&", "status=active&sort=-name&", "search=elan&"] {
        let said = pete.get(&format!("{CUSTOMERS}?{query}cursor={next}")).await.says();
        assert_eq!(said, refused, "{query}");
    }
    let products = format!("/api/partner/products?cursor={next}");
    assert_eq!(pete.get(&products).await.says(), refused, "of another list");
}

/// R503
#[tokio::test]
async fn the_products_to_filter_by_are_the_vendors() {
    let portal = TestPortal::new().await;
    let pete = portal.partner_member().await;
    let products = pete.get("/api/partner/products").await.expect(200);
    let wanted = serde_json::json!({
        "items": [{ "code": "NLD", "name": "Northlight Draft" }, { "code": "NLR", "name": "Northlight Render" }],
        "next": null,
    });
    assert_eq!(products.json, wanted);
    assert_eq!(portal.owner().await.get("/api/partner/products").await.says(), "404 not_found");
}

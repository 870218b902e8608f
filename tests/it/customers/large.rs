//! Lists of every length: a page costs what a page costs.

use tests::customer_queries::{CUSTOMERS, all};
use tests::portal::{Caller, TestPortal};

/// What a page costs: calls, how deep, read units.
type Cost = (usize, usize, f64);

/// What this page costs, and what it says is the next.
async fn page(portal: &TestPortal, by: &Caller, path: &str, full: bool) -> (Cost, Option<String>) {
    let (reply, calls) = portal.wire.record_depth(1, async |_| by.get(path).await).await;
    let reply = reply.expect(200);
    let shown = reply.json["items"].as_array().unwrap().len();
    assert!(shown == 25 || !full, "{path}: {shown}");
    let next = reply.json["next"].as_str().map(str::to_owned);
    ((calls.count(), calls.depth(), calls.read_units()), next)
}

/// The cursor of each query's list, so many pages on.
async fn cursors(by: &Caller, pages: usize) -> Vec<String> {
    let mut cursors = Vec::new();
    for asked in all() {
        let list = format!("{CUSTOMERS}?{}", asked.query);
        let mut path = list.clone();
        for _ in 0..pages {
            let next = by.get(&path).await.expect(200).text("/next").to_owned();
            path = format!("{list}&cursor={next}");
        }
        cursors.push(path);
    }
    cursors
}

/// Of each query, what its first page costs, and one far on.
async fn costs(portal: &TestPortal, by: &Caller, far: &[String], full: bool) -> Vec<(Cost, Cost)> {
    let mut costs = Vec::new();
    for (asked, far) in all().iter().zip(far) {
        let first = page(portal, by, &format!("{CUSTOMERS}?{}", asked.query), full).await.0;
        costs.push((first, page(portal, by, far, full).await.0));
    }
    costs
}

/// R503
#[tokio::test]
async fn a_page_costs_the_same_of_a_thousand_customers_and_of_ten_thousand_and_no_more_of_ten() {
    let portal = TestPortal::new().await;
    let (pete, crowd) = (portal.partner_member().await, portal.crowd());
    crowd.add(0..10);
    let ten = costs(&portal, &pete, &cursors(&pete, 0).await, false).await;
    crowd.add(10..1_000);
    // Where a page of the first thousand ends, there are customers on both sides later.
    let far = cursors(&pete, 2).await;
    let thousand = costs(&portal, &pete, &far, true).await;
    crowd.add(1_000..10_000);
    let many = costs(&portal, &pete, &far, true).await;
    assert_eq!(thousand, many);
    for ((asked, few), (first, deep)) in all().iter().zip(&ten).zip(&many) {
        assert_eq!(first, deep, "{}: a page far on", asked.query);
        assert_eq!((few.0.0, few.0.1), (first.0, 1), "{}: one round trip", asked.query);
        assert!(few.0.2 <= first.2, "{}: {few:?} {first:?}", asked.query);
    }
}

/// R503
#[tokio::test]
async fn one_number_among_ten_thousand_costs_what_it_costs_among_ten() {
    let portal = TestPortal::new().await;
    let (pete, crowd) = (portal.partner_member().await, portal.crowd());
    let path = format!("{CUSTOMERS}?search=C10423");
    crowd.add(0..10);
    let (few, _) = page(&portal, &pete, &path, false).await;
    crowd.add(10..10_000);
    let (many, next) = page(&portal, &pete, &path, false).await;
    assert_eq!((few, next), (many, None));
}

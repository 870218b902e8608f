//! The cases about a partner's list of customers.

use std::time::Duration;

use tests::customer_queries::CUSTOMERS;
use tests::portal::TestPortal;
use tests::wire::Calls;

/// Every operation in each way that costs differently.
pub(super) const CASES: [&str; 7] = [
    "GET /api/partner/customers",
    "GET /api/partner/customers: a number",
    "GET /api/partner/customers: by name",
    "GET /api/partner/customers: by renewal",
    "GET /api/partner/customers: of a product and a status",
    "GET /api/partner/customers: the next page",
    "GET /api/partner/products",
];

/// Runs a case of these, among a thousand customers; none for any other. `hold` keeps answers back while it is measured,
/// and not before.
pub(super) async fn run(case: &str, portal: &TestPortal, hold: Duration) -> Option<(u16, Calls)> {
    if !CASES.contains(&case) {
        return None;
    }
    portal.crowd().add(0..1_000);
    let pete = portal.partner_member().await;
    let (request, way) = case.split_once(": ").unwrap_or((case, ""));
    let query = match way {
        "a number" => "?search=C10423".to_owned(),
        "by name" => "?search=elan".to_owned(),
        "by renewal" => "?sort=renewal".to_owned(),
        "of a product and a status" => "?product=NLD&status=suspended&sort=-renewal".to_owned(),
        "the next page" => format!("?cursor={}", pete.get(CUSTOMERS).await.expect(200).text("/next")),
        _ => String::new(),
    };
    let path = format!("{}{query}", request.trim_start_matches("GET "));
    portal.wire.hold(hold);
    let (reply, calls) = portal.wire.record(pete.get(&path)).await;
    Some((reply.status, calls))
}

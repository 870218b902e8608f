//! The cases about one customer of a partner, and about what an account reads of who came in from outside.

use std::time::Duration;

use serde_json::Value;
use tests::portal::TestPortal;
use tests::wire::Calls;

use crate::faults::on_customers::ready;

/// Every operation, and how it is made ready.
const MADE: [(&str, &str); 7] = [
    ("DELETE /api/partner/customers/{id}/suspension", "reactivate a customer"),
    ("GET /api/partner/customers/{id}", "a customer"),
    ("GET /api/partner/customers/{id}/export", "a file of a customer"),
    ("GET /api/partner/customers/{id}/export: the licenses", "a file of a customer's licenses"),
    ("GET /api/partner/summary", "a partner's summary"),
    ("GET /api/team/activity", "an account's activity"),
    ("PUT /api/partner/customers/{id}/suspension", "suspend a customer"),
];

pub(super) fn cases() -> impl Iterator<Item = &'static str> {
    MADE.into_iter().map(|(case, _)| case)
}

/// Runs a case of these; none for any other. `hold` keeps answers back while it is measured, and not before.
pub(super) async fn run(case: &str, portal: &TestPortal, hold: Duration) -> Option<(u16, Calls)> {
    let (_, operation) = MADE.into_iter().find(|(known, _)| *known == case)?;
    let (caller, method, path, body) = ready(portal, operation).await?;
    portal.wire.hold(hold);
    let made = async {
        match body {
            Value::Null => caller.send(caller.request(method, &path), Default::default()).await,
            _ => caller.send_json(method, &path, &body).await,
        }
    };
    let (reply, calls) = portal.wire.record(made).await;
    Some((reply.status, calls))
}

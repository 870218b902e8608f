//! The cases about an account's partner.

use std::time::Duration;

use serde_json::Value;
use tests::portal::TestPortal;
use tests::wire::Calls;

use crate::faults::partnerships::ready;

/// Every operation in each way that costs differently, and how it is made ready.
const MADE: [(&str, &str); 12] = [
    ("DELETE /api/staff/accounts/{id}/partner", "unlink a partner"),
    ("GET /api/staff/access-setting", "who decides access"),
    ("GET /api/team/access", "who has access"),
    ("POST /api/partner/customers", "create a customer"),
    ("POST /api/partner/customers: an address with a login", "create a customer of who signs in"),
    ("POST /api/partner/customers: with a trial", "create a customer with a trial"),
    ("POST /api/staff/requests/{id}/decision: a way in", "approve access"),
    ("PUT /api/staff/access-setting", "set who decides access"),
    ("PUT /api/staff/accounts/{id}/partner", "link a partner"),
    ("PUT /api/staff/accounts/{id}/partner: in place of another", "replace a partner"),
    ("PUT /api/team/access", "change access"),
    ("PUT /api/team/access: asking the vendor", "ask for access change"),
];

pub(super) fn cases() -> impl Iterator<Item = &'static str> {
    MADE.into_iter().map(|(case, _)| case)
}

/// The most calls in a row that a person waits for, where it is not the usual.
pub(super) fn deepest(case: &str) -> Option<usize> {
    if !cases().any(|known| known == case) {
        return None;
    }
    Some(match case {
        // The account names its partner, whose name changes without it.
        "GET /api/team/access" => 2,
        // The letters of the change, or the request to the vendor, name it.
        "PUT /api/team/access: asking the vendor" | "PUT /api/team/access" => 3,
        // The account and its partner, whom letters name, and the number and whose that is, beside each other.
        "PUT /api/staff/accounts/{id}/partner"
        | "PUT /api/staff/accounts/{id}/partner: in place of another"
        | "DELETE /api/staff/accounts/{id}/partner" => 3,
        // The request names the account.
        "POST /api/staff/requests/{id}/decision: a way in" => 3,
        // The address names a person; then all at once.
        case if case.starts_with("POST /api/partner/customers") => 3,
        case if case.starts_with("GET") => 1,
        _ => 2,
    })
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

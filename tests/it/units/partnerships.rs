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
        // The account names its partner.
        "GET /api/team/access" => 2,
        // And then the change.
        "PUT /api/team/access: asking the vendor" => 3,
        // Its rows in the partner's list go with the change, and are read as late as can be; what follows brings the list
        // up to the account: filing, account, list. Once in a while of a customer's life.
        "PUT /api/team/access" => 4 + 3,
        // The account and its partner, and the number and whose that is, beside each other; the rows of the list, the
        // change, and the list brought up to it.
        "PUT /api/staff/accounts/{id}/partner"
        | "PUT /api/staff/accounts/{id}/partner: in place of another"
        | "DELETE /api/staff/accounts/{id}/partner" => 4 + 3,
        // The request names the account; then as above.
        "POST /api/staff/requests/{id}/decision: a way in" => 4 + 3,
        // The address names a person; then all at once, and the list of the partner.
        case if case.starts_with("POST /api/partner/customers") => 3 + 3,
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

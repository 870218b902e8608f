//! The cases about joining an account, and about proof of a license.

use std::time::Duration;

use serde_json::Value;
use tests::portal::TestPortal;
use tests::wire::Calls;

use crate::faults::joining::ready;

/// Every operation in each way that costs differently, and how it is made ready.
const MADE: [(&str, &str); 10] = [
    ("DELETE /api/sign-up/claimants/{user}", "refuse a claim"),
    ("GET /api/licenses/check", "a check"),
    ("GET /api/licenses/keys", "the keys of files"),
    ("GET /api/licenses/{id}/file", "a license file"),
    ("GET /api/sign-up/account-claims", "my claims"),
    ("GET /api/sign-up/claimants", "claimants"),
    ("POST /api/sign-up/account-claims", "ask to join"),
    ("POST /api/sign-up/account-claims: a number nobody has", "ask to join nobody"),
    ("POST /api/sign-up/account-claims: by the vendor's rule", "join by the rule"),
    ("PUT /api/sign-up/claimants/{user}", "verify a claim"),
];

pub(super) fn cases() -> impl Iterator<Item = &'static str> {
    MADE.into_iter().map(|(case, _)| case)
}

/// The most calls in a row that a person waits for, where it is not the usual.
pub(super) fn deepest(case: &str) -> Option<usize> {
    match case {
        // The number's own row names the license, which says whether it counts: to have that on the number's too, each change
        // of a license, and of an account's time zone, would have to write it.
        "GET /api/licenses/check" => Some(2),
        // The number names the account, whose rows say what becomes of it: read whatever it names, or it would tell.
        "POST /api/sign-up/account-claims" | "POST /api/sign-up/account-claims: a number nobody has" => Some(3),
        // The account names its owner.
        "POST /api/sign-up/account-claims: by the vendor's rule" => Some(4),
        _ => None,
    }
}

/// Runs a case of these; none for any other. `hold` keeps answers back while it is measured, and not before.
pub(super) async fn run(case: &str, portal: &TestPortal, hold: Duration) -> Option<(u16, Calls)> {
    let (_, operation) = MADE.into_iter().find(|(known, _)| *known == case)?;
    let (caller, method, path, body) = ready(portal, operation).await?;
    // Keys are in memory, whatever time has passed.
    drop(portal.other_owner().await);
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

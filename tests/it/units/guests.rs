//! The cases about guests.

use std::time::Duration;

use serde_json::Value;
use tests::portal::TestPortal;
use tests::wire::Calls;

use crate::faults::guests::ready;

/// Every operation in each way that costs differently, and how it is made ready.
const MADE: [(&str, &str); 9] = [
    ("DELETE /api/session/guest", "leave as a guest"),
    ("DELETE /api/team/members/{user}: a guest", "remove a guest"),
    ("GET /api/session/accounts: as a guest", "my accounts as a guest"),
    ("GET /api/session/accounts: of a guest", "accounts of a guest"),
    ("GET /api/session: of a guest", "me as a guest"),
    ("POST /api/team/guests", "invite a guest"),
    ("PUT /api/session/account: as a guest", "switch in as a guest"),
    ("PUT /api/sign-up/invitations/{account}: as a guest", "come in as a guest"),
    ("PUT /api/team/guests/{user}/period", "renew a guest"),
];

pub(super) fn cases() -> impl Iterator<Item = &'static str> {
    MADE.into_iter().map(|(case, _)| case)
}

/// The most calls in a row that a person waits for, where it is not the usual.
pub(super) fn deepest(case: &str) -> Option<usize> {
    match case {
        // Whether a guest is still let in rests on the account itself, which their place there names, and the cookie only
        // while they work in it.
        "GET /api/session/accounts: of a guest" => Some(2),
        // As of anybody who accepts an invitation: what a guest's rests on is read beside it.
        "PUT /api/sign-up/invitations/{account}: as a guest" => Some(3),
        _ => None,
    }
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

//! The cases about invitations to a team.

use std::time::Duration;

use serde_json::Value;
use tests::portal::TestPortal;
use tests::wire::Calls;

use crate::faults::inviting::ready;

/// Every operation in each way that costs differently, and how it is made ready.
const MADE: [(&str, &str); 13] = [
    ("DELETE /api/sign-up/invitations/{account}", "decline an invitation"),
    ("DELETE /api/team/invitations/{id}", "revoke an invitation"),
    ("DELETE /api/team/invitations/{id}: of who was renamed", "revoke an invitation of who was renamed"),
    ("GET /api/sign-up/invitations", "my invitations"),
    ("GET /api/team/invitations", "invitations"),
    ("POST /api/reset/requests: an address that is invited", "ask for reset, invited"),
    ("POST /api/sign-up/invitations/acceptances", "accept an invitation"),
    ("POST /api/sign-up/invitations/looks", "look at an invitation"),
    ("POST /api/team/invitations", "invite a person"),
    ("POST /api/team/invitations/{id}/letters", "send an invitation again"),
    ("POST /api/team/members/{user}/invitation", "invite a member"),
    ("PUT /api/sign-up/invitations/{account}", "join an account"),
    ("PUT /api/team/invitations/{id}/link", "make a link"),
];

pub(super) fn cases() -> impl Iterator<Item = &'static str> {
    MADE.into_iter().map(|(case, _)| case)
}

/// The most calls in a row that a person waits for, where it is not the usual.
pub(super) fn deepest(case: &str) -> Option<usize> {
    match case {
        // An invitation is found by an address, and the person's row tells theirs.
        "GET /api/sign-up/invitations" => Some(2),
        "PUT /api/sign-up/invitations/{account}" | "DELETE /api/sign-up/invitations/{account}" => Some(3),
        // What the team calls somebody is presumed; where it was changed since, the refusal shows it.
        "DELETE /api/team/invitations/{id}: of who was renamed" => Some(3),
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

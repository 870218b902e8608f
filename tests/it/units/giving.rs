//! The cases about logins that a team makes, contacts, and tables of people.

use std::time::Duration;

use serde_json::Value;
use tests::portal::TestPortal;
use tests::wire::Calls;

use crate::faults::giving::ready;

/// Every operation in each way that costs differently, and how it is made ready.
const MADE: [(&str, &str); 8] = [
    ("DELETE /api/team/contacts/{id}", "remove a contact"),
    ("POST /api/team/contacts", "add a contact"),
    ("POST /api/team/invitations/dry-runs", "check a table"),
    // One small query for each person, sixteen at a time: of the most people, 500, it is 32 in a row.
    ("POST /api/team/invitations/dry-runs: twenty people", "check a long table"),
    ("POST /api/team/members", "add a member"),
    ("POST /api/team/members/{user}/password", "give a password"),
    ("PUT /api/team/contacts/{id}", "change a contact"),
    ("PUT /api/team/contacts/{id}: another address", "move a contact"),
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

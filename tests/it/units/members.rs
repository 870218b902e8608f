//! The cases about a member's place in a team.

use std::time::Duration;

use serde_json::Value;
use tests::portal::TestPortal;
use tests::wire::Calls;

use crate::faults::members::ready;

/// Every operation in each way that costs differently, and how it is made ready.
const MADE: [(&str, &str); 9] = [
    ("DELETE /api/team/members/{user}", "remove a member"),
    ("DELETE /api/team/members/{user}/deactivation", "reactivate a member"),
    ("DELETE /api/team/members/{user}/link", "unlink a member"),
    ("DELETE /api/team/members/{user}: and their login", "remove a member at home"),
    ("GET /api/team/members/{user}", "show a member"),
    ("PUT /api/team/members/{user}", "change a member"),
    ("PUT /api/team/members/{user}/deactivation", "deactivate a member"),
    ("PUT /api/team/members/{user}/link", "link a member"),
    ("PUT /api/team/members/{user}: another user name", "rename a member"),
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

//! The cases about asking for more, reviews, and the setting of the team area.

use std::time::Duration;

use serde_json::Value;
use tests::portal::TestPortal;
use tests::wire::Calls;

use crate::faults::asking::ready;

/// Every operation in each way that costs differently, and how it is made ready.
const MADE: [(&str, &str); 9] = [
    ("GET /api/staff/team-area", "the team area"),
    ("GET /api/team/access-requests", "access requests"),
    ("GET /api/team/managers", "managers"),
    ("GET /api/team/review", "a review"),
    ("POST /api/team/access-requests", "ask for access"),
    ("POST /api/team/access-requests/{user}/decision", "grant access"),
    ("POST /api/team/access-requests/{user}/decision: refused", "refuse access"),
    ("PUT /api/staff/team-area", "set the team area"),
    ("PUT /api/team/review/{user}", "keep a member"),
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

//! The cases about reading an account's people.

use std::time::Duration;

use tests::portal::TestPortal;
use tests::wire::Calls;

use crate::people::seen_by;
use crate::seats::ids;

/// Every operation in each way that costs differently.
pub(super) const CASES: [&str; 9] = [
    "GET /api/team/members/{user}/activity",
    "GET /api/team/members/{user}/activity: by who is no manager",
    "GET /api/team/members/{user}/licenses",
    "GET /api/team/people",
    "GET /api/team/people/export",
    "GET /api/team/people: by address",
    "GET /api/team/people: by last sign-in",
    "GET /api/team/people: by name",
    "GET /api/team/people: one group",
];

/// Runs a case of these; none for any other. `hold` keeps answers back while it is measured, and not before.
pub(super) async fn run(case: &str, portal: &TestPortal, hold: Duration) -> Option<(u16, Calls)> {
    if !CASES.contains(&case) {
        return None;
    }
    let (request, way) = case.split_once(": ").unwrap_or((case, ""));
    let ada = portal.owner().await;
    seen_by(portal, "max@acme.test", "mia@acme.test");
    if way == "by who is no manager" {
        seen_by(portal, "dora@acme.test", "mia@acme.test");
    }
    let mia = ids(portal, &["mia@acme.test"]).remove(0);
    let query = match way {
        "by address" => "?search=mia%40",
        "by last sign-in" => "?sort=-last_sign_in",
        "by name" => "?search=lovelace",
        "one group" => "?group=members",
        _ => "",
    };
    let path = format!("{}{query}", request.trim_start_matches("GET ").replace("{user}", &mia));
    portal.wire.hold(hold);
    let (reply, calls) = portal.wire.record(ada.get(&path)).await;
    Some((reply.status, calls))
}

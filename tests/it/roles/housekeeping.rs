//! What `housekeeping` does, all of it in one run.

use serde_json::json;
use tests::portal::TestPortal;
use tests::wire::{Fault, Rule};

use super::Cold;
use crate::reminders::record;
use crate::rotation::license;

/// R315, R405, R408, R510
#[tokio::test]
async fn the_role_of_housekeeping_allows_what_it_does() {
    let portal = TestPortal::today().await;
    let today = portal.clock.now().to_zoned(domain::TimeZone::UTC).date();
    // The account is in London: whatever the hour, one of these is sixty days away there.
    for (number, days) in [("SO-5001", 60), ("SO-5002", 61)] {
        let end = today.checked_add(domain::SignedDuration::from_hours(24 * days)).expect("a day").to_string();
        record(&portal, number, "C10423", &[("NLD", "subscription", &end)]).await;
    }
    let (otto, sam) = (portal.other_owner().await, portal.support().await);
    // Jobs that their requests could not do: lists to refresh, seats to free, and what teams see of a person.
    let leaked = license(&otto, "NLD-8QJZ-N3KP-RT0V").await;
    portal.wire.inject(Rule::new(Fault::Dropped).on("TransactWriteItems").after(1));
    otto.post(&format!("/api/licenses/{leaked}/serial-number"), json!({})).await.expect(200);
    portal.wire.heal();
    portal.wire.inject(Rule::new(Fault::Dropped).on("TransactWriteItems").after(1));
    let cancelled = json!({ "reason": "Ordered twice" });
    drop(sam.put("/api/staff/orders/SO-1001/cancellation", cancelled).await);
    portal.wire.heal();
    // An owner is renamed by the vendor alone; Tess owns nothing.
    let tess = portal.in_two_accounts().await;
    let renamed = tess.profile_with("first_name", "Tessa").await;
    portal.wire.inject(Rule::new(Fault::Dropped).on("TransactWriteItems").after(1));
    tess.put("/api/profile", renamed).await.expect(200);
    portal.wire.heal();
    // Owners were last asked in a quarter long ago: this one's are asked now, wherever they are.
    let walk = json!({
        "pk": { "S": "HOUSEKEEPING" }, "sk": { "S": "REVIEWS" }, "v": { "N": "1" }, "q": { "S": "2026-01-01" },
        "w": { "S": "over" }, "p": { "L": [] },
    });
    portal.put("accounts", &walk);
    // Something of a customer's ended yesterday, and the last run was the day before.
    let ago = |days: i64| today.checked_sub(domain::SignedDuration::from_hours(24 * days)).expect("a day").to_string();
    record(&portal, "SO-5003", "C10423", &[("NLD", "subscription", &ago(1))]).await;
    let passed = json!({
        "pk": { "S": "HOUSEKEEPING" }, "sk": { "S": "RENEWED" }, "v": { "N": "1" }, "d": { "S": ago(2) },
        "w": { "S": ago(2) },
    });
    portal.put("accounts", &passed);
    crate::customers::given::lag(&portal, "C10423");
    crate::guests::admitted(&portal, crate::guests::offered_as_manager(crate::guests::PETE, 7)).await;
    super::guests::ended_long_ago(&portal);
    let mut cold = Cold::start("housekeeping", portal, &[]).await;
    let done = cold.function.invoke(&json!({})).await.answered();
    assert_eq!((&done["jobs"], done["reminded"].as_u64() >= Some(1)), (&json!(4), true), "{done}");
    assert_eq!(done["passed"], 1, "{done}");
    assert_eq!((&done["guests_told"], &done["guests_forgotten"]), (&json!(1), &json!(1)), "{done}");
    // Before noon of the first day, those in the west wait.
    assert!(done["reviews"].as_u64() >= Some(1), "{done}");
    cold.has_the_role_it_needs();
}

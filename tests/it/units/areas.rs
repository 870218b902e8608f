//! The cases of each area of the portal.

use std::time::Duration;

use tests::{portal::TestPortal, wire::Calls};

use super::{
    asking, console, customers, desk, giving, guests, inviting, joining, members, on_customers, orders, partnerships,
    people, releases, renewing, seats,
};

/// Runs a case that an area knows; none for any other.
pub(super) async fn of_an_area(case: &str, portal: &TestPortal, hold: Duration) -> Option<(u16, Calls)> {
    let ran = console::run(case, portal, hold).await;
    let ran = ran.or(guests::run(case, portal, hold).await);
    let ran = ran.or(joining::run(case, portal, hold).await);
    let ran = ran.or(desk::run(case, portal, hold).await);
    let ran = ran.or(renewing::run(case, portal, hold).await);
    let ran = ran.or(seats::run(case, portal, hold).await);
    let ran = ran.or(releases::run(case, portal, hold).await);
    let ran = ran.or(asking::run(case, portal, hold).await);
    let ran = ran.or(inviting::run(case, portal, hold).await);
    let ran = ran.or(giving::run(case, portal, hold).await);
    let ran = ran.or(members::run(case, portal, hold).await);
    let ran = ran.or(on_customers::run(case, portal, hold).await);
    let ran = ran.or(people::run(case, portal, hold).await);
    let ran = ran.or(partnerships::run(case, portal, hold).await);
    let ran = ran.or(customers::run(case, portal, hold).await);
    ran.or(orders::run(case, portal, hold).await)
}

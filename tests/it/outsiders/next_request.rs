//! What ends somebody's acts in an account they do not belong to ends them at the very next request.

use serde_json::json;
use tests::portal::{Caller, TestPortal};

use super::{DORA, happen, pete_in_acme, pete_on_acme};
use crate::team::path;

/// What happens, and what a partner's person on a customer is told then.
const TO_PARTNERS: [(&str, &str); 14] = [
    ("removed at home", "401 session_ended"),
    ("switched off at home", "403 membership_deactivated"),
    ("taken out at home", "401 session_ended"),
    ("home suspended", "403 account_suspended"),
    ("home closed", "403 account_closed"),
    ("home no partner", "404 not_found"),
    ("guests only", "403 guests_only"),
    ("guests only by the vendor", "403 guests_only"),
    ("another partner", "404 not_found"),
    ("no partner", "404 not_found"),
    ("suspended", "403 customer_suspended"),
    ("closed", "403 account_closed"),
    ("factor required", "403 second_factor_missing"),
    ("person signed out everywhere", "401 session_ended"),
];

/// The same of a guest.
const TO_GUESTS: [(&str, &str); 14] = [
    ("removed at home", "403 guest_ended"),
    ("switched off at home", "403 guest_ended"),
    ("taken out at home", "403 guest_ended"),
    ("home suspended", "403 guest_ended"),
    ("home closed", "403 guest_ended"),
    ("another partner", "403 guest_ended"),
    ("no partner", "403 guest_ended"),
    ("suspended", "403 account_suspended"),
    ("closed", "403 account_closed"),
    ("factor required", "403 second_factor_missing"),
    ("guest removed", "401 session_ended"),
    ("guest switched off", "403 membership_deactivated"),
    ("guest's time over", "403 guest_ended"),
    ("person signed out everywhere", "401 session_ended"),
];

/// Reads and writes of each area that serves them.
async fn ask(portal: &TestPortal, caller: &Caller) -> Vec<String> {
    let dora = path(portal, DORA);
    let mut says = Vec::new();
    for read in ["/api/licenses", "/api/licenses/summary", "/api/team/people", "/api/team/invitations", &dora] {
        says.push(caller.get(read).await.says());
    }
    says.push(caller.put(&format!("{dora}/deactivation"), json!({})).await.says());
    says
}

/// R502, R506, R509, R514
#[tokio::test]
async fn whatever_ends_a_partners_access_ends_it_at_the_next_request() {
    for (event, refusal) in TO_PARTNERS {
        let portal = TestPortal::new().await;
        let pete = pete_on_acme(&portal).await;
        pete.get("/api/team/people").await.expect(200);
        happen(&portal, event);
        assert!(ask(&portal, &pete).await.iter().all(|says| says == refusal), "{event}");
    }
}

/// R510, R514
#[tokio::test]
async fn whatever_ends_a_guests_access_ends_it_at_the_next_request() {
    for (event, refusal) in TO_GUESTS {
        let portal = TestPortal::new().await;
        let pete = pete_in_acme(&portal).await;
        pete.get("/api/team/people").await.expect(200);
        happen(&portal, event);
        let says = ask(&portal, &pete).await;
        assert!(says.iter().all(|says| says == refusal), "{event}: {says:?}");
    }
}

/// R509, R510: that a customer lets in guests alone, or its partner has no pages of one any more, ends no guest's stay.
#[tokio::test]
async fn what_concerns_partners_alone_lets_guests_be() {
    for event in ["guests only", "guests only by the vendor", "home no partner"] {
        let portal = TestPortal::new().await;
        let pete = pete_in_acme(&portal).await;
        happen(&portal, event);
        let says = ask(&portal, &pete).await;
        assert_eq!(says, ["200", "200", "200", "200", "200", "204"], "{event}");
    }
}

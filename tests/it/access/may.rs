//! What `may` promises a page is what the operations then allow.

use serde_json::json;

use super::callers::{Standing, at_console, inside, outside};
use super::outsiders::{GUESTS, Outsiders, PARTNERS, outsider};
use super::{ROLES, STAFF, STATES, matrix};

/// Every act, and a row that is about it.
const ACTS: [(&str, &str); 45] = [
    ("show_me", "GET /api/session"),
    ("sign_out", "DELETE /api/session"),
    ("list_accounts", "GET /api/session/accounts"),
    ("choose_account", "PUT /api/session/account own"),
    ("claim_order", "POST /api/sign-up/claims foreign"),
    ("list_licenses", "GET /api/licenses"),
    ("show_profile", "GET /api/profile"),
    ("change_profile", "PUT /api/profile"),
    ("change_nickname", "PUT /api/profile/nickname"),
    ("change_password", "PUT /api/profile/password"),
    ("change_email", "POST /api/profile/email"),
    ("manage_second_factor", "POST /api/profile/second-factor"),
    ("require_second_factor", "PUT /api/profile/account/second-factor off"),
    ("list_sessions", "GET /api/session/sessions"),
    ("end_sessions", "DELETE /api/session/sessions"),
    ("request_change", "POST /api/profile/change-requests name"),
    ("export_my_data", "POST /api/profile/export"),
    ("close_login", "POST /api/profile/closure"),
    ("claim_account", "POST /api/sign-up/account-claims"),
    ("decide_claims", "GET /api/sign-up/claimants"),
    ("show_summary", "GET /api/licenses/summary"),
    ("download_release", "GET /api/licenses"),
    ("manage_licenses", "GET /api/licenses/{id}/candidates own"),
    ("replace_serial", "POST /api/licenses/{id}/serial-number own"),
    ("manage_members", "GET /api/team/people"),
    ("make_managers", "POST /api/team/invitations manager"),
    ("show_managers", "GET /api/team/managers"),
    ("ask_for_access", "POST /api/team/access-requests"),
    ("review_access", "GET /api/team/review"),
    ("answer_invitation", "GET /api/sign-up/invitations"),
    ("start_trials", "POST /api/licenses/trials good"),
    ("show_outsiders", "GET /api/team/activity"),
    ("manage_guests", "POST /api/team/guests"),
    ("change_access", "PUT /api/team/access"),
    ("leave_as_guest", "DELETE /api/session/guest"),
    ("list_customers", "GET /api/partner/customers"),
    ("show_customer", "GET /api/partner/customers/{id} own"),
    ("suspend_customer", "PUT /api/partner/customers/{id}/suspension own"),
    ("create_customer", "POST /api/partner/customers"),
    ("find_accounts", "GET /api/staff/accounts"),
    ("invite_owners", "POST /api/staff/invitations good"),
    ("set_features", "PUT /api/staff/accounts/{id}/features good"),
    ("work_desk", "GET /api/staff/requests"),
    ("record_orders", "GET /api/staff/orders/{number} good"),
    ("manage_products", "GET /api/staff/products"),
];

/// Acts on a customer, which are told on its pages alone.
const ON_A_CUSTOMER: [&str; 2] = ["show_customer", "suspend_customer"];

/// What the caller may, as they are told.
async fn told(standing: &Standing) -> Vec<String> {
    let me = standing.caller.get("/api/session").await.expect(200);
    me.json["may"].as_array().unwrap().iter().map(|act| act.as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn what_one_may_is_what_one_can() {
    assert_eq!(
        ACTS.map(|(act, _)| json!(act)).to_vec(),
        domain::access::Act::ALL.map(|act| serde_json::to_value(act).unwrap()).to_vec()
    );
    let matrix = matrix();
    let mut standings =
        vec![("deactivated", "", outside("deactivated").await), ("unattached", "", outside("unattached").await)];
    for state in STATES {
        for (role, email) in ROLES {
            standings.push((state, role, inside(email, state).await));
        }
    }
    for (role, email) in STAFF {
        standings.push(("staff", role, at_console(email, true).await));
        standings.push(("factorless_staff", role, at_console(email, false).await));
    }
    for (who, role, standing) in standings {
        let may = told(&standing).await;
        for (act, row) in ACTS {
            let says = matrix.expected(row, who, role);
            // For whoever is not staff there is no console, for whoever is no partner no customers, and no end of a stay
            // for whoever is no guest.
            let areas = ["/api/staff/", "/api/partner/", "/api/session/guest"];
            let hidden = areas.iter().any(|area| row.contains(area)) && says.starts_with("404");
            let refused = says.starts_with("403") || hidden || ON_A_CUSTOMER.contains(&act);
            assert_eq!(may.iter().any(|one| one == act), !refused, "{act} of {who} {role}");
        }
    }
}

/// R502, R510, R512: nor is a page about a customer, or a guest's, promised anything else.
#[tokio::test]
async fn what_an_outsider_may_is_what_they_can() {
    let (matrix, outsiders) = (matrix(), Outsiders::read());
    for who in PARTNERS.into_iter().chain(GUESTS) {
        let may = told(&outsider(who).await).await;
        for (act, row) in ACTS {
            let row = match act {
                "download_release" => "POST /api/licenses/{id}/downloads own",
                // Which accounts there are to choose is another question.
                "choose_account" => "GET /api/session/accounts",
                _ => row,
            };
            let says = outsiders.expected(&matrix, row, who);
            // Sam sees no license of Orion's, and may look for his.
            let none_seen = act == "download_release" && who == "partners_guest";
            let refused = !none_seen && ["403", "404"].iter().any(|status| says.starts_with(status));
            assert_eq!(may.iter().any(|one| one == act), !refused, "{act} of {who}");
        }
    }
}

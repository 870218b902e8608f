//! The function `team`: the people of an account.

use serde_json::{Value, json};
use tests::portal::{Caller, TestPortal};

use super::Cold;

/// The function, and who calls it.
struct Team {
    cold: Cold,
    owner: Caller,
}

impl Team {
    /// Calls as the owner; it goes well.
    async fn call(&mut self, method: &str, path: &str, sent: Value) -> Value {
        let answer = self
            .cold
            .send(Some(&self.owner), method, &format!("/api/team/{}", path.trim_start_matches("/api/team/")), sent)
            .await;
        assert!(answer.status.is_success(), "{method} {path}: {}", String::from_utf8_lossy(&answer.body));
        if answer.body.is_empty() { Value::Null } else { super::body(&answer) }
    }
}

#[tokio::test]
async fn the_role_of_team_allows_what_it_does() {
    let portal = TestPortal::today().await;
    let (owner, mia) = (portal.owner().await, portal.member().await);
    crate::customers::given::lag(&portal, "C10423");
    let mut team = Team { cold: Cold::start("team", portal, &[super::NO_LINK_KEY]).await, owner };
    team.cold.make_stale();
    lists(&mut team).await;
    ways_in(&mut team).await;
    member_pages(&mut team).await;
    asking(&mut team, &mia).await;
    members(&mut team).await;
    given(&mut team).await;
    invited(&mut team).await;
    guests(&mut team).await;
    team.cold.has_the_role_it_needs();
}

/// How the partner's people get in; also while its list has no rows of the account yet.
async fn ways_in(team: &mut Team) {
    for _ in 0..2 {
        for access in ["guests_only", "automatic"] {
            team.call("GET", "access", Value::Null).await;
            team.call("PUT", "access", json!({ "access": access })).await;
        }
        let listed = format!("LISTED#{}", crate::customers::given::account(&team.cold.portal, "C10423"));
        for row in team.cold.portal.wire.snapshot().find("accounts", &listed, "") {
            team.cold.portal.delete("accounts", &row);
        }
    }
}

/// Each order that people are listed in.
async fn lists(team: &mut Team) {
    for query in ["", "?group=managers", "?search=mia%40acme", "?sort=last_sign_in"] {
        team.call("GET", &format!("people{query}"), Value::Null).await;
    }
}

/// Every act on a member: what is noted of them, switching them off, taking them out, removing them with what they have,
/// and with their login.
async fn members(team: &mut Team) {
    let [vera, dora] = ["vera@acme.test", "dora@acme.test"].map(|email| crate::team::path(&team.cold.portal, email));
    for (method, tail) in [("PUT", "/deactivation"), ("DELETE", "/deactivation"), ("DELETE", "/link"), ("PUT", "/link")]
    {
        team.call(method, &format!("{dora}{tail}"), Value::Null).await;
    }
    for name in ["dora", "maar"] {
        let mut wanted = crate::team::wanted(&team.call("GET", &dora, Value::Null).await);
        wanted["user_name"] = name.into();
        wanted["role"] = "manager".into();
        team.call("PUT", &dora, wanted).await;
    }
    crate::team::make_at_home(&team.cold.portal, "dora@acme.test");
    for person in [vera, dora] {
        team.call("DELETE", &person, Value::Null).await;
    }
}

/// A login of the team's making, another password for it, and contacts: one that is changed, moved and forgotten.
async fn given(team: &mut Team) {
    let added = team.call("POST", "members", crate::given_logins::jane()).await;
    let user = added["user"].as_str().unwrap().to_owned();
    team.call("POST", &format!("members/{user}/password"), json!({ "password": null })).await;
    team.call("POST", "invitations/dry-runs", json!({ "csv": "kim@acme.test,Kim,Gordon" })).await;
    let contact = |email: &str| json!({ "email": email, "first_name": "Kim", "last_name": "Gordon", "version": 0 });
    let mut noted = team.call("POST", "contacts", contact("kim@acme.test")).await;
    for email in ["kim@new.test", "kim@new.test"] {
        let mut wanted = contact(email);
        wanted["version"] = noted["version"].clone();
        noted = team.call("PUT", &format!("contacts/{}", noted["contact"].as_str().unwrap()), wanted).await;
    }
    team.call("DELETE", &format!("contacts/{}", noted["contact"].as_str().unwrap()), Value::Null).await;
}

/// The file of everyone, and what a member's page shows.
async fn member_pages(team: &mut Team) {
    // Done by somebody who is no manager: their name is looked up.
    crate::people::seen_by(&team.cold.portal, "dora@acme.test", "mia@acme.test");
    let mia = crate::seats::ids(&team.cold.portal, &["mia@acme.test"]).remove(0);
    for path in [format!("members/{mia}/licenses"), format!("members/{mia}/activity"), "activity".to_owned()] {
        team.call("GET", &path, Value::Null).await;
    }
    let file = team.cold.send(Some(&team.owner), "GET", "/api/team/people/export", Value::Null).await;
    assert_eq!(file.status, 200);
}

/// Whom to ask, asking for more, both decisions, and the review of who has access.
async fn asking(team: &mut Team, mia: &Caller) {
    team.call("GET", "managers", Value::Null).await;
    let one = crate::access_requests::decision(&team.cold.portal, "mia@acme.test");
    for decided in [json!({ "decision": "grant" }), json!({ "decision": "refuse", "reason": "Not yet." })] {
        let wanted = if decided["decision"] == "grant" { "orders" } else { "team" };
        let asked = json!({ "wants": wanted, "note": "" });
        assert_eq!(team.cold.send(Some(mia), "POST", "/api/team/access-requests", asked).await.status, 201);
        team.call("GET", "access-requests", Value::Null).await;
        team.call("POST", &one, decided).await;
    }
    let reviewed = team.call("GET", "review", Value::Null).await;
    team.call("PUT", &format!("review/{}", reviewed["items"][0]["user"].as_str().unwrap()), Value::Null).await;
}

/// A guest invited, one who stays longer, and the same removed.
async fn guests(team: &mut Team) {
    use crate::guests::{PETE, admitted, offered};
    team.call("POST", "guests", offered("paula@orion.test")).await;
    drop(team.cold.aside(admitted(&team.cold.portal, offered(PETE))).await);
    let pete = crate::seats::ids(&team.cold.portal, &[PETE]).remove(0);
    team.call("PUT", &format!("guests/{pete}/period"), json!({ "days": 30 })).await;
    team.call("DELETE", &crate::team::path(&team.cold.portal, PETE), Value::Null).await;
}

/// An invitation sent, sent again, handed over and taken back; and a member who has never signed in.
async fn invited(team: &mut Team) {
    let sent = team.call("POST", "invitations", crate::team_invitations::wanted("nora@new.test")).await;
    let one = format!("invitations/{}", sent["id"].as_str().unwrap());
    team.call("GET", "invitations", Value::Null).await;
    team.call("POST", &format!("{one}/letters"), json!({})).await;
    team.call("PUT", &format!("{one}/link"), json!({})).await;
    team.call("DELETE", &one, Value::Null).await;
    team.cold.aside(crate::faults::inviting::recorded(&team.cold.portal)).await;
    let finn = crate::team::path(&team.cold.portal, "finn@fern.test");
    team.call("POST", &format!("{finn}/invitation"), json!({})).await;
}

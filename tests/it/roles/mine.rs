//! The functions about one's own login: `reset` and `profile`.

use serde_json::{Value, json};
use tests::portal::{Authenticator, Caller, GOOD, TestPortal};

use super::{Cold, NO_LINK_KEY, body};
use crate::reset::{FAYS_CODE, record_fern};

/// Another password than everybody's.
const OTHER: &str = "nine copper kettles hum";
const MIA: &str = "mia@acme.test";

#[tokio::test]
async fn the_role_of_reset_allows_what_it_does() {
    let portal = TestPortal::today().await;
    record_fern(&portal).await;
    crate::team_invitations::invite(&portal.owner().await, "nina@new.test").await.expect(201);
    let mut cold = Cold::start("reset", portal, &[NO_LINK_KEY]).await;
    for name in ["finn@fern.test", "nobody@new.test", "nina@new.test"] {
        assert_eq!(cold.send(None, "POST", "/api/reset/requests", json!({ "name": name })).await.status, 204);
    }
    let new = json!({ "token": cold.token("finn@fern.test").await, "password": OTHER });
    assert_eq!(cold.send(None, "POST", "/api/reset/passwords", new).await.status, 204);
    let first = json!({ "activation_code": FAYS_CODE, "password": OTHER });
    assert_eq!(cold.send(None, "POST", "/api/reset/first-passwords", first).await.status, 200);
    cold.has_the_role_it_needs();
}

/// The function `profile`, and who calls it.
struct Profile(Cold);

impl Profile {
    /// Calls as somebody, or as nobody in particular; it goes well.
    async fn call(&mut self, by: Option<&Caller>, call: &str, sent: Value) -> Value {
        let (method, path) = call.split_once(' ').unwrap();
        let answer = self.0.send(by, method, &format!("/api/profile{path}"), sent).await;
        assert!(answer.status.is_success(), "{call}: {}", String::from_utf8_lossy(&answer.body));
        if answer.body.is_empty() { Value::Null } else { body(&answer) }
    }

    /// Takes back what the newest letter to that address tells.
    async fn take_back(&mut self, email: &str) {
        let token = self.0.token(email).await;
        self.call(None, "POST /reversals", json!({ "token": token })).await;
    }

    async fn sign_in(&self, email: &str) -> Caller {
        self.0.aside(self.0.portal.sign_in(email)).await
    }
}

#[tokio::test]
async fn the_role_of_profile_allows_what_it_does() {
    let portal = TestPortal::today().await;
    let (ada, mia, max) = (portal.owner().await, portal.member().await, portal.manager().await);
    let (vera, dora) = (portal.viewer().await, portal.sign_in("dora@acme.test").await);
    let mut profile = Profile(Cold::start("profile", portal, &[NO_LINK_KEY]).await);
    profile.0.make_stale();
    let proof = json!({ "password": GOOD });

    profile.call(Some(&mia), "GET ", Value::Null).await;
    let renamed = json!({
        "title": "", "first_name": "Mia", "last_name": "Parker", "job_title": "", "phone": "", "street": "",
        "postal_code": "", "city": "Lyon", "country": "FR", "language": "fr",
    });
    profile.call(Some(&mia), "PUT ", renamed).await;
    profile.take_back(MIA).await;
    let mia = profile.sign_in(MIA).await;
    profile.call(Some(&mia), "PUT /nickname", json!({ "nickname": "other-nickname" })).await;
    profile.take_back(MIA).await;
    let mia = profile.sign_in(MIA).await;
    let wish = json!({ "kind": "company", "name": "Acme & Sons", "reason": "" });
    profile.call(Some(&mia), "POST /change-requests", wish).await;
    profile.call(Some(&mia), "POST /export", proof.clone()).await;

    profile.call(Some(&max), "POST /email", json!({ "email": "max@new.test", "password": GOOD })).await;
    let token = profile.0.token("max@new.test").await;
    profile.call(None, "POST /email/confirmations", json!({ "token": token, "password": GOOD })).await;
    profile.take_back("max@acme.test").await;
    profile.call(Some(&vera), "PUT /password", json!({ "password": GOOD, "new_password": OTHER })).await;
    profile.call(Some(&dora), "POST /closure", proof.clone()).await;

    let begun = profile.call(Some(&ada), "POST /second-factor", proof).await;
    let app = Authenticator::scan(begun["uri"].as_str().unwrap());
    let now = profile.0.portal.clock.now();
    profile.call(Some(&ada), "PUT /second-factor", json!({ "code": app.code(now) })).await;
    let mut with_code = json!({ "password": GOOD, "code": app.code_beside(now, 1) });
    let codes = profile.call(Some(&ada), "POST /recovery-codes", with_code.clone()).await;
    for (required, code) in [(true, 0), (false, 1)] {
        let rule = json!({ "required": required, "password": GOOD, "code": codes["recovery_codes"][code] });
        profile.call(Some(&ada), "PUT /account/second-factor", rule).await;
    }
    with_code["code"] = codes["recovery_codes"][2].clone();
    profile.call(Some(&ada), "POST /second-factor/removals", with_code).await;
    profile.0.has_the_role_it_needs();
}

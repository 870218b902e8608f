//! Every operation, ready to be called, on a portal that can be put back to how it was.

use serde_json::{Value, json};
use tests::portal::{Authenticator, CODE, Caller, Factor, GOOD, Reply, TestPortal, registration};
use tests::wire::{Kept, Snapshot};

use super::{
    asking, console, customers, desk, giving, guests, inviting, joining, members, on_customers, orders, partnerships,
    people, releases, renewing, seats,
};
use crate::reset::{FAYS_CODE, record_fern};

/// Another password than everybody's.
const OTHER: &str = "nine copper kettles hum";
const MIA: &str = "mia@acme.test";
const NEW: &str = "mia.park@acme.test";

/// An operation ready to be called.
pub(super) struct Ready {
    pub(super) portal: TestPortal,
    /// Everything stored before the call.
    pub(super) before: Snapshot,
    kept: Kept,
    caller: Caller,
    method: &'static str,
    path: String,
    body: Value,
}

impl Ready {
    pub(super) async fn to(operation: &str) -> Self {
        let portal = TestPortal::new().await;
        let (caller, method, path, body) = match console::ready(&portal, operation)
            .await
            .or(desk::ready(&portal, operation).await)
            .or(customers::ready(&portal, operation).await)
            .or(orders::ready(&portal, operation).await)
            .or(seats::ready(&portal, operation).await)
            .or(giving::ready(&portal, operation).await)
            .or(guests::ready(&portal, operation).await)
            .or(inviting::ready(&portal, operation).await)
            .or(members::ready(&portal, operation).await)
            .or(on_customers::ready(&portal, operation).await)
            .or(partnerships::ready(&portal, operation).await)
            .or(people::ready(&portal, operation).await)
            .or(renewing::ready(&portal, operation).await)
            .or(joining::ready(&portal, operation).await)
            .or(asking::ready(&portal, operation).await)
            .or(releases::ready(&portal, operation).await)
        {
            Some(ready) => ready,
            None => {
                let (caller, call, body) = prepare(&portal, operation).await;
                let (method, path) = call.split_once(' ').unwrap();
                let path = match path.strip_suffix("{id}") {
                    Some(list) => format!("{list}{}", another_session(&caller).await),
                    None => path.to_owned(),
                };
                (caller, method, path, body)
            }
        };
        // Keys are in memory from here on: what is counted below is the operation alone.
        drop(portal.other_owner().await);
        let (before, kept) = (portal.wire.snapshot(), portal.wire.keep());
        Self { portal, before, kept, caller, method, path, body }
    }

    /// Calls it, each time with the cookies from before.
    pub(super) async fn call(&self) -> Reply {
        let caller = self.caller.again();
        match self.body {
            Value::Null => caller.send(caller.request(self.method, &self.path), Default::default()).await,
            _ => caller.send_json(self.method, &self.path, &self.body).await,
        }
    }

    /// Everything as it was before the call, and no fault.
    pub(super) fn anew(&self) {
        self.portal.wire.heal();
        self.portal.wire.bring_back(&self.kept);
    }

    /// The rows that the call changed, but for throttles.
    pub(super) fn changed(&self) -> Vec<String> {
        let lines = self.before.changes(&self.portal.wire.snapshot());
        lines.into_iter().filter(|line| !line.contains("THROTTLE#")).collect()
    }
}

/// The caller of an operation, its method and path, and what it sends.
async fn prepare(portal: &TestPortal, operation: &str) -> (Caller, &'static str, Value) {
    let with_code = || {
        let mut body = registration("nora@new.test");
        body["activation_code"] = json!(CODE);
        body
    };
    let proof = json!({ "password": GOOD });
    match operation {
        "sign in" => (portal.stranger(), "POST /api/session", json!({ "name": "ada@acme.test", "password": GOOD })),
        "sign in with a code" => {
            let (_, factor) = with_factor(portal).await;
            let body = json!({ "name": MIA, "password": GOOD, "code": portal.next_code(&factor) });
            (portal.stranger(), "POST /api/session", body)
        }
        "sign in with a recovery code" => {
            let (_, factor) = with_factor(portal).await;
            let body = json!({ "name": MIA, "password": GOOD, "code": factor.recovery[0] });
            (portal.stranger(), "POST /api/session", body)
        }
        "sign in with an initial password" => {
            portal.make_password_initial(MIA);
            (portal.stranger(), "POST /api/session", json!({ "name": MIA, "password": GOOD, "new_password": OTHER }))
        }
        "sign out" => (portal.owner().await, "DELETE /api/session", Value::Null),
        "choose" => {
            let tess = portal.in_two_accounts().await;
            let id = tess.get("/api/session/accounts").await.text("/items/0/id").to_owned();
            (tess, "PUT /api/session/account", json!({ "account_id": id, "password": GOOD }))
        }
        "end a session" => {
            drop(portal.member().await);
            (portal.member().await, "DELETE /api/session/sessions/{id}", Value::Null)
        }
        "end other sessions" => (portal.member().await, "DELETE /api/session/sessions", Value::Null),
        "register" => (portal.stranger(), "POST /api/sign-up/registrations", with_code()),
        "correct" => {
            let stranger = portal.stranger();
            let registered = stranger.post("/api/sign-up/registrations", with_code()).await.expect(202);
            let body = json!({ "registration": registered.text("/registration"), "email": "olga@new.test" });
            (stranger, "PUT /api/sign-up/registrations/address", body)
        }
        "confirm" => {
            let stranger = portal.stranger();
            stranger.post("/api/sign-up/registrations", with_code()).await.expect(202);
            let token = portal.letters_to("nora@new.test").await.last_token();
            (stranger, "POST /api/sign-up/confirmations", json!({ "token": token, "password": GOOD }))
        }
        "claim" => (portal.other_owner().await, "POST /api/sign-up/claims", json!({ "activation_code": CODE })),
        "ask for reset" => (portal.stranger(), "POST /api/reset/requests", json!({ "name": "ada@acme.test" })),
        "reset" => {
            portal.stranger().post("/api/reset/requests", json!({ "name": MIA })).await.expect(204);
            let body = json!({ "token": portal.letters_to(MIA).await.last_token(), "password": OTHER });
            (portal.stranger(), "POST /api/reset/passwords", body)
        }
        "first password" => {
            record_fern(portal).await;
            let body = json!({ "activation_code": FAYS_CODE, "password": OTHER });
            (portal.stranger(), "POST /api/reset/first-passwords", body)
        }
        "change profile" => {
            let body = json!({
                "title": "", "first_name": "Mia", "last_name": "Parker", "job_title": "", "phone": "", "street": "",
                "postal_code": "", "city": "Lyon", "country": "FR", "language": "fr",
            });
            (portal.member().await, "PUT /api/profile", body)
        }
        "change nickname" => {
            (portal.member().await, "PUT /api/profile/nickname", json!({ "nickname": "other-nickname" }))
        }
        "change password" => {
            (portal.member().await, "PUT /api/profile/password", json!({ "password": GOOD, "new_password": OTHER }))
        }
        "ask for email" => {
            (portal.member().await, "POST /api/profile/email", json!({ "email": NEW, "password": GOOD }))
        }
        "confirm email" => {
            let mia = portal.member().await;
            mia.post("/api/profile/email", json!({ "email": NEW, "password": GOOD })).await.expect(204);
            let token = portal.letters_to(NEW).await.last_token();
            (portal.stranger(), "POST /api/profile/email/confirmations", json!({ "token": token, "password": GOOD }))
        }
        "take back" => {
            let body = json!({ "password": GOOD, "new_password": OTHER });
            portal.member().await.put("/api/profile/password", body).await.expect(204);
            let token = portal.letters_to(MIA).await.last_token();
            (portal.stranger(), "POST /api/profile/reversals", json!({ "token": token }))
        }
        "ask for a change" => {
            let body = json!({ "kind": "company", "name": "Acme & Sons", "reason": "" });
            (portal.member().await, "POST /api/profile/change-requests", body)
        }
        "export" => (portal.member().await, "POST /api/profile/export", proof),
        "close" => (portal.member().await, "POST /api/profile/closure", proof),
        "begin factor" => (portal.member().await, "POST /api/profile/second-factor", proof),
        "confirm factor" => {
            let mia = portal.member().await;
            let begun = mia.post("/api/profile/second-factor", proof).await.expect(201);
            let code = Authenticator::scan(begun.text("/uri")).code(portal.clock.now());
            (mia, "PUT /api/profile/second-factor", json!({ "code": code }))
        }
        "remove factor" | "new recovery codes" => {
            let (mia, factor) = with_factor(portal).await;
            let body = json!({ "password": GOOD, "code": portal.next_code(&factor) });
            let remove = operation == "remove factor";
            let call =
                if remove { "POST /api/profile/second-factor/removals" } else { "POST /api/profile/recovery-codes" };
            (mia, call, body)
        }
        "require factor" => {
            let ada = portal.owner().await;
            let factor = portal.set_up_factor(&ada).await;
            let body = json!({ "required": true, "password": GOOD, "code": portal.next_code(&factor) });
            (ada, "PUT /api/profile/account/second-factor", body)
        }
        "me" => (portal.owner().await, "GET /api/session", Value::Null),
        "accounts" => (portal.in_two_accounts().await, "GET /api/session/accounts", Value::Null),
        "sessions" => (portal.owner().await, "GET /api/session/sessions", Value::Null),
        "profile" => (portal.owner().await, "GET /api/profile", Value::Null),
        "licenses" => (portal.owner().await, "GET /api/licenses", Value::Null),
        other => panic!("no such operation: {other}"),
    }
}

/// Mia with a second factor.
async fn with_factor(portal: &TestPortal) -> (Caller, Factor) {
    let mia = portal.member().await;
    let factor = portal.set_up_factor(&mia).await;
    (mia, factor)
}

/// The id of one of the caller's other sessions.
async fn another_session(caller: &Caller) -> String {
    let sessions = caller.get("/api/session/sessions").await.expect(200);
    let mut items = sessions.json["items"].as_array().into_iter().flatten();
    items.find(|item| item["current"] == false).and_then(|item| item["id"].as_str()).unwrap().to_owned()
}

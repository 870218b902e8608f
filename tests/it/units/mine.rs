//! The cases about one's own login: profile, sign-in data, second factor, and the ways back in.

use serde_json::{Value, json};
use tests::portal::{Authenticator, Caller, Factor, GOOD, Reply, TestPortal};
use tests::wire::Calls;

use crate::reset::{FAYS_CODE, record_fern};

/// Another password than everybody's.
const OTHER: &str = "nine copper kettles hum";
const NEW: &str = "mia.park@acme.test";
const MIA: &str = "mia@acme.test";

/// Who acts in these cases, and what was prepared for them.
pub(super) struct Mine<'a> {
    portal: &'a TestPortal,
    /// The owner of Acme.
    ada: &'a Caller,
    /// A member of Acme.
    mia: Caller,
}

impl<'a> Mine<'a> {
    /// Whoever such a case needs; none for a case that is not about one's own login.
    pub(super) async fn of(case: &str, portal: &'a TestPortal, ada: &'a Caller) -> Option<Self> {
        let about = ["/api/profile", "/api/reset", "/api/session/sessions", "code is needed", "session: with a"];
        // Whoever is invited has no login yet.
        if !about.iter().any(|part| case.contains(part)) || case.ends_with("is invited") {
            return None;
        }
        let mine = Self { portal, ada, mia: portal.member().await };
        // Something to take back.
        mine.nickname("first-nickname").await.expect(200);
        portal.clock.advance_secs(1);
        Some(mine)
    }

    async fn nickname(&self, nickname: &str) -> Reply {
        self.mia.put("/api/profile/nickname", json!({ "nickname": nickname })).await
    }

    async fn factor(&self, caller: &Caller) -> (Factor, Value) {
        let factor = self.portal.set_up_factor(caller).await;
        let proof = json!({ "password": GOOD, "code": self.portal.next_code(&factor) });
        (factor, proof)
    }

    async fn reset_token(&self, name: &str) -> String {
        self.portal.stranger().post("/api/reset/requests", json!({ "name": name })).await.expect(204);
        self.portal.letters_to(name).await.last_token()
    }

    /// Runs a case; `hold` keeps answers back while it is measured, and not before.
    pub(super) async fn run(&self, case: &str, hold: std::time::Duration) -> (u16, Calls) {
        let (portal, ada, mia) = (self.portal, self.ada, &self.mia);
        let stranger = portal.stranger();
        let password = json!({ "password": GOOD });
        let request = case.split(": ").next().unwrap_or(case);
        let (method, path) = request.split_once(' ').unwrap();
        let (mut path, mut by) = (path.to_owned(), mia);
        let body = match case {
            "GET /api/profile" | "GET /api/session/sessions" | "DELETE /api/session/sessions" => Value::Null,
            "DELETE /api/session/sessions/{id}" => {
                drop(portal.member().await);
                let sessions = mia.get("/api/session/sessions").await.expect(200);
                let mut items = sessions.json["items"].as_array().unwrap().iter();
                let id = items.find(|item| item["current"] == false).unwrap()["id"].as_str().unwrap();
                path = format!("/api/session/sessions/{id}");
                Value::Null
            }
            "PUT /api/profile" => mia.profile_with("city", "Lyon").await,
            "PUT /api/profile: as it was" => mia.profile_with("city", "").await,
            "PUT /api/profile: another name" => mia.profile_with("last_name", "Parker").await,
            "PUT /api/profile/nickname" => json!({ "nickname": "other-nickname" }),
            "PUT /api/profile/password" => json!({ "password": GOOD, "new_password": OTHER }),
            "PUT /api/profile/password: with a code" => {
                let (_, mut proof) = self.factor(mia).await;
                proof["new_password"] = json!(OTHER);
                proof
            }
            "POST /api/profile/email" => json!({ "email": NEW, "password": GOOD }),
            "POST /api/profile/email: an address with a login" => json!({ "email": "max@acme.test", "password": GOOD }),
            "POST /api/profile/email/confirmations" => {
                mia.post("/api/profile/email", json!({ "email": NEW, "password": GOOD })).await.expect(204);
                by = &stranger;
                json!({ "token": portal.letters_to(NEW).await.last_token(), "password": GOOD })
            }
            "POST /api/profile/reversals" | "POST /api/profile/reversals: a password" => {
                if case.ends_with("password") {
                    mia.put("/api/profile/password", json!({ "password": GOOD, "new_password": OTHER }))
                        .await
                        .expect(204);
                }
                by = &stranger;
                json!({ "token": portal.letters_to(MIA).await.last_token() })
            }
            "POST /api/profile/change-requests" => json!({ "kind": "company", "name": "Another SE", "reason": "" }),
            "POST /api/profile/export" | "POST /api/profile/closure" | "POST /api/profile/second-factor" => password,
            "PUT /api/profile/second-factor" => {
                let begun = mia.post("/api/profile/second-factor", password).await.expect(201);
                json!({ "code": Authenticator::scan(begun.text("/uri")).code(portal.clock.now()) })
            }
            "POST /api/profile/second-factor/removals" | "POST /api/profile/recovery-codes" => self.factor(mia).await.1,
            "PUT /api/profile/account/second-factor" => {
                by = ada;
                let (_, mut proof) = self.factor(ada).await;
                proof["required"] = json!(true);
                proof
            }
            "POST /api/session: a code is needed too"
            | "POST /api/session: with a code"
            | "POST /api/session: with a recovery code" => {
                let (factor, proof) = self.factor(mia).await;
                let mut body = json!({ "name": MIA, "password": GOOD });
                if case.ends_with("with a code") {
                    body["code"] = proof["code"].clone();
                } else if case.ends_with("recovery code") {
                    body["code"] = json!(factor.recovery[3]);
                }
                body
            }
            "POST /api/session: with an initial password" => {
                portal.make_password_initial(MIA);
                json!({ "name": MIA, "password": GOOD, "new_password": OTHER })
            }
            "POST /api/reset/requests" => json!({ "name": "vera@acme.test" }),
            "POST /api/reset/requests: a name nobody has" => json!({ "name": "nobody@acme.test" }),
            "POST /api/reset/passwords" => json!({ "token": self.reset_token(MIA).await, "password": OTHER }),
            "POST /api/reset/first-passwords" => {
                record_fern(portal).await;
                json!({ "activation_code": FAYS_CODE, "password": OTHER })
            }
            other => panic!("no such case: {other}"),
        };
        portal.wire.hold(hold);
        let made = async {
            match body {
                Value::Null => by.send(by.request(method, &path), Default::default()).await,
                _ => by.send_json(method, &path, &body).await,
            }
        };
        let (reply, calls) = portal.wire.record(made).await;
        (reply.status, calls)
    }
}

//! How the call of each row of the matrix is made, and what has to be there before it is.

use hyper::body::Bytes;
use serde_json::{Value, json};
use tests::portal::{CODE, Caller, GOOD, Reply};

use super::{
    Standing, asking, claims, console, desk, giving, guests, inviting, members, on_customers, orders, partnerships,
    people, proof, releases, renewing, seats,
};
use crate::reset::{FAYS_CODE, record_fern};

/// Another password than everybody's.
const OTHER: &str = "nine copper kettles hum";
/// A session's id that nobody has.
const NO_SESSION: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// A call, ready to be made.
pub(super) struct Ready {
    method: String,
    path: String,
    body: Value,
    /// Whether something may have been stored to make it ready.
    pub(super) prepared: bool,
}

impl Ready {
    /// Makes a row's call ready. The row's last word is the relation, if it has one.
    pub(super) async fn of(standing: &Standing, caller: &Caller, row: &str) -> Self {
        let (method, rest) = row.split_once(' ').unwrap();
        let path = rest.split(' ').next().unwrap();
        let (path, body) = match renewing::call(standing, row).await.or(releases::call(standing, row).await) {
            Some(call) => call,
            None => Self::other(standing, caller, row, path).await,
        };
        let prepared = !["missing", "off"].iter().any(|relation| row.ends_with(&format!(" {relation}")));
        Self { method: method.to_owned(), path, body, prepared }
    }

    /// Path and body of a row that none of the areas knows by itself.
    async fn other(standing: &Standing, caller: &Caller, row: &str, path: &str) -> (String, Value) {
        match path.strip_suffix("{id}") {
            _ if asking::knows(path) => asking::call(standing, row),
            _ if on_customers::knows(path) => on_customers::call(standing, row),
            _ if partnerships::knows(path) => partnerships::call(standing, row),
            _ if ["/api/staff/accounts", "/api/staff/invitations"].iter().any(|area| path.starts_with(area)) => {
                console::call(standing, row)
            }
            _ if path.starts_with("/api/sign-up/claimants") || path.ends_with("/account-claims") => {
                claims::call(standing, row).await
            }
            _ if ["/file", "/keys", "/check"].iter().any(|end| path.ends_with(end)) => proof::call(standing, row),
            _ if path.starts_with("/api/staff/orders") => orders::call(row),
            _ if giving::knows(path) => giving::call(standing, row),
            _ if guests::knows(path) => guests::call(standing, row),
            _ if inviting::knows(path) => inviting::call(standing, row),
            _ if members::knows(path) => members::call(standing, row),
            _ if people::knows(path) => people::call(standing, row),
            _ if seats::knows(path) => seats::call(standing, row).await,
            _ if path.starts_with("/api/staff/requests/") => desk::call(standing, row).await,
            Some(list) => (format!("{list}{}", session_id(standing, row).await), Value::Null),
            None => (path.to_owned(), with_code(standing, row, body(standing, caller, row).await)),
        }
    }

    pub(super) async fn call(&self, caller: &Caller) -> Reply {
        if self.body.is_null() {
            caller.send(caller.request(&self.method, &self.path), Bytes::new()).await
        } else {
            caller.send_json(&self.method, &self.path, &self.body).await
        }
    }
}

async fn body(standing: &Standing, caller: &Caller, row: &str) -> Value {
    let own = standing.account;
    let foreign = if own == "C10500" { "C10423" } else { "C10500" };
    let choose = |id: String| json!({ "account_id": id, "password": GOOD });
    let proof = json!({ "password": GOOD });
    match row {
        "GET /api/session"
        | "GET /api/session/accounts"
        | "GET /api/session/sessions"
        | "GET /api/licenses"
        | "GET /api/licenses/export"
        | "GET /api/licenses/summary"
        | "GET /api/partner/products"
        | "GET /api/partner/customers"
        | "GET /api/partner/summary"
        | "GET /api/team/activity"
        | "GET /api/profile"
        | "GET /api/staff/products"
        | "GET /api/staff/requests"
        | "DELETE /api/session"
        | "DELETE /api/session/sessions" => Value::Null,
        "PUT /api/session/account own" => choose(standing.id_of(own)),
        "PUT /api/session/account foreign" => choose(standing.id_of(foreign)),
        "PUT /api/session/account missing" => {
            let id = standing.id_of(own);
            choose(format!("{}{}", &id[..id.len() - 8], if id.ends_with("00000000") { "00000001" } else { "00000000" }))
        }
        "POST /api/sign-up/claims own" => json!({ "activation_code": code_of(own) }),
        "POST /api/sign-up/claims foreign" => json!({ "activation_code": code_of(foreign) }),
        "POST /api/sign-up/claims missing" => json!({ "activation_code": "ZZZZZ-ZZZZZ-ZZZZZ-ZZZZZ" }),
        "POST /api/session" => json!({ "name": "ada@acme.test", "password": GOOD }),
        "POST /api/sign-up/registrations" => tests::portal::registration("nora@new.test"),
        "PUT /api/sign-up/registrations/address missing" => json!({ "registration": "x", "email": "nora@new.test" }),
        "POST /api/sign-up/confirmations missing" => json!({ "token": "x", "password": GOOD }),

        "POST /api/reset/requests" => json!({ "name": standing.elsewhere() }),
        "POST /api/reset/passwords good" => json!({ "token": reset_token(standing).await, "password": OTHER }),
        "POST /api/reset/passwords missing" => json!({ "token": "x", "password": OTHER }),
        "POST /api/reset/first-passwords good" => {
            record_fern(&standing.portal).await;
            json!({ "activation_code": FAYS_CODE, "password": OTHER })
        }
        "POST /api/reset/first-passwords missing" => {
            json!({ "activation_code": "ZZZZZ-ZZZZZ-ZZZZZ-ZZZZZ", "password": OTHER })
        }

        "PUT /api/profile" => profile(standing, &standing.last_name),
        "PUT /api/profile name" => profile(standing, "Nobody-Else"),
        "PUT /api/profile/nickname" => json!({ "nickname": "quite-another" }),
        "PUT /api/profile/password" => json!({ "password": GOOD, "new_password": OTHER }),
        "POST /api/profile/email" => json!({ "email": "elsewhere@new.test", "password": GOOD }),
        "POST /api/profile/email/confirmations good" => {
            json!({ "token": email_token(standing).await, "password": GOOD })
        }
        "POST /api/profile/reversals good" => json!({ "token": reversal_token(standing).await }),
        "POST /api/profile/email/confirmations missing" => json!({ "token": "x", "password": GOOD }),
        "POST /api/profile/reversals missing" => json!({ "token": "x" }),
        "POST /api/profile/export" | "POST /api/profile/closure" | "POST /api/profile/second-factor" => proof,
        "POST /api/profile/change-requests name" => {
            json!({ "kind": "name", "first_name": "Nobody", "last_name": "Else", "reason": "" })
        }
        "POST /api/profile/change-requests email" => json!({ "kind": "email", "email": "else@new.test", "reason": "" }),
        "POST /api/profile/change-requests company" => json!({ "kind": "company", "name": "Another SE", "reason": "" }),
        "POST /api/profile/change-requests license_contact" => json!({
            "kind": "license_contact", "first_name": "Nobody", "last_name": "Else", "email": "else@new.test", "reason": "",
        }),

        "PUT /api/profile/second-factor begun" => {
            let begun = caller.post("/api/profile/second-factor", with_code(standing, row, proof)).await;
            let uri = begun.json["uri"].as_str().map(tests::portal::Authenticator::scan);
            json!({ "code": uri.map_or("000000".to_owned(), |app| app.code(standing.portal.clock.now())) })
        }
        "PUT /api/profile/second-factor missing" => json!({ "code": "000000" }),
        "POST /api/profile/second-factor/removals own" | "POST /api/profile/recovery-codes own" => {
            json!({ "password": GOOD, "code": code(standing, caller).await })
        }
        "PUT /api/profile/account/second-factor off" => json!({ "required": false, "password": GOOD }),
        "PUT /api/profile/account/second-factor on" => {
            let code = code(standing, caller).await;
            json!({ "required": true, "password": GOOD, "code": code })
        }
        other => panic!("the matrix does not know how to call {other}"),
    }
}

fn code_of(number: &str) -> &'static str {
    match number {
        "C10423" => CODE,
        "C10500" => "55555-66666-77777-88888",
        _ => "12345-12345-12345-12345",
    }
}

/// What a page sends that changes the phone number, and the last name if it is another.
fn profile(standing: &Standing, last_name: &str) -> Value {
    json!({
        "title": "", "first_name": standing.first_name, "last_name": last_name, "job_title": "", "phone": "+44 20 123",
        "street": "", "postal_code": "", "city": "", "country": "", "language": "en",
    })
}

/// The id of a session: another of the caller's own, somebody else's, nobody's.
async fn session_id(standing: &Standing, row: &str) -> String {
    let whose = match row.rsplit(' ').next() {
        Some("own") => standing.again().await,
        Some("foreign") => standing.portal.sign_in(standing.elsewhere()).await,
        _ => return NO_SESSION.to_owned(),
    };
    // The one that asks: signed in once more, the caller has it beside the session they act in.
    let theirs = whose.get("/api/session/sessions").await.expect(200);
    let mut items = theirs.json["items"].as_array().into_iter().flatten();
    items.find(|item| item["current"] == true).and_then(|item| item["id"].as_str()).unwrap().to_owned()
}

/// The code of a second factor of the caller's own, set up now if they have none and can.
async fn code(standing: &Standing, caller: &Caller) -> String {
    if let Some(code) = standing.code() {
        return code;
    }
    if caller.get("/api/session").await.status != 200 {
        return "000000".to_owned();
    }
    let factor = standing.portal.set_up_factor(caller).await;
    standing.portal.next_code(&factor)
}

/// What a person proves themselves with, the code too where they have a second factor.
fn with_code(standing: &Standing, row: &str, mut body: Value) -> Value {
    let by_link = ["/confirmations", "/reversals"].iter().any(|part| row.contains(part));
    let own = (row.contains(" /api/profile") && !by_link) || row.starts_with("PUT /api/session/account");
    if own
        && body.get("password").is_some()
        && body.get("code").is_none()
        && let Some(code) = standing.code()
    {
        body["code"] = code.into();
    }
    body
}

/// The link to a new password that somebody elsewhere asked for: good for whoever holds it.
async fn reset_token(standing: &Standing) -> String {
    let portal = &standing.portal;
    portal.stranger().post("/api/reset/requests", json!({ "name": standing.elsewhere() })).await.expect(204);
    portal.letters_to(standing.elsewhere()).await.last_token()
}

/// The link that proves another address of somebody elsewhere.
async fn email_token(standing: &Standing) -> String {
    let portal = &standing.portal;
    let wanted = json!({ "email": "moved@new.test", "password": GOOD });
    portal.sign_in(standing.elsewhere()).await.post("/api/profile/email", wanted).await.expect(204);
    portal.letters_to("moved@new.test").await.last_token()
}

/// The link that takes back what somebody elsewhere changed.
async fn reversal_token(standing: &Standing) -> String {
    let portal = &standing.portal;
    let wanted = json!({ "nickname": "once-another" });
    portal.sign_in(standing.elsewhere()).await.put("/api/profile/nickname", wanted).await.expect(200);
    portal.letters_to(standing.elsewhere()).await.last_token()
}

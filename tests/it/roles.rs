//! What each function does to the database, recorded from its binary as it starts cold and serves
//! everything it can, is what its role on AWS allows: one right less breaks it there, one more is a
//! right nobody needs.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use tests::lambda::{Answer, Function};
use tests::portal::{Caller, GOOD, TABLES, TestPortal};

use crate::lambda::{binary, request};
use crate::template::rights::role_allows;

const CODE: &str = "11111-22222-33333-44444";

/// A function that has just started, in front of a portal whose recorder is empty.
struct Cold {
    portal: TestPortal,
    function: Function,
}

impl Cold {
    /// `forget` are the keys that nobody has made yet: (table, part of the partition key, part of the sort key).
    async fn start(name: &str, portal: TestPortal, forget: &[(&str, &str, &str)]) -> Self {
        for (table, pk, sk) in forget {
            for row in portal.wire.snapshot().find(table, pk, sk) {
                portal.delete(table, &row);
            }
        }
        drop(portal.wire.take());
        let function = Function::start(&binary(name), &portal.settings()).await;
        Self { portal, function }
    }

    async fn send(&mut self, caller: Option<&Caller>, method: &str, path: &str, body: Value) -> Answer {
        let cookie = caller.and_then(|caller| caller.cookie("__Host-portico"));
        let cookies: Vec<_> = cookie.into_iter().map(|value| ("__Host-portico".to_owned(), value)).collect();
        self.function.call(&request(method, path, &body, &cookies)).await
    }

    /// Lets a session look as if it was last used six minutes ago, so that its use is written again.
    fn make_stale(&self) {
        for row in self.portal.wire.snapshot().find("sessions", "USER#", "SESSION#") {
            let seen: i64 = row["s"]["N"].as_str().unwrap().parse().unwrap();
            self.portal.update_in(
                "sessions",
                &row,
                "SET s = :s",
                json!({ ":s": { "N": (seen - 360_000).to_string() } }),
            );
        }
    }

    /// (table, action), as the roles name them.
    fn used(&self) -> BTreeSet<(String, String)> {
        let calls = self.portal.wire.take();
        let short = |table: String| table.strip_prefix(TABLES).map(str::to_owned).unwrap_or(table);
        calls.actions().into_iter().map(|(action, table)| (short(table), action)).collect()
    }
}

fn registration(email: &str, code: &str) -> Value {
    json!({
        "email": email, "password": GOOD, "first_name": "Nora", "last_name": "Nilsson",
        "language": "en", "terms_version": "2026-05", "activation_code": code,
    })
}

fn body(answer: &Answer) -> Value {
    serde_json::from_slice(&answer.body).unwrap()
}

#[tokio::test]
async fn the_role_of_sign_up_allows_what_it_does() {
    let portal = TestPortal::today().await;
    let (otto, una) = (portal.other_owner().await, portal.unattached().await);
    let mut cold = Cold::start("sign-up", portal, &[("credentials", "KEY#link", "KEY")]).await;
    for (email, code) in [("nora@new.test", ""), ("olga@new.test", "12345-12345-12345-12345")] {
        let registered =
            cold.send(None, "POST", "/api/sign-up/registrations", registration("typo@new.test", code)).await;
        let handle = body(&registered)["registration"].clone();
        let corrected = json!({ "registration": handle, "email": email });
        assert_eq!(cold.send(None, "PUT", "/api/sign-up/registrations/address", corrected).await.status, 202);
        // The letter is dispatch's to send: its calls are not sign-up's.
        let before = cold.portal.wire.take();
        let token = cold.portal.letters_to(email).await.last_token();
        cold.portal.wire.put_back(before);
        let proof = json!({ "token": token, "password": GOOD });
        assert_eq!(cold.send(None, "POST", "/api/sign-up/confirmations", proof).await.status, 200);
    }
    cold.make_stale();
    for (caller, status) in [(&otto, 201), (&una, 422)] {
        let claim = json!({ "activation_code": CODE });
        assert_eq!(cold.send(Some(caller), "POST", "/api/sign-up/claims", claim).await.status, status);
    }
    assert_eq!(cold.used(), role_allows("sign-up"));
}

#[tokio::test]
async fn the_role_of_session_allows_what_it_does() {
    let portal = TestPortal::today().await;
    let unmade = [("credentials", "KEY#session", "KEY"), ("accounts", "PORTAL", "KEYS")];
    let mut cold = Cold::start("session", portal, &unmade).await;
    let tess = cold.portal.stranger();
    for (name, status) in [("tess@two.test", 200), ("C10423", 200), ("nobody@new.test", 401)] {
        let answer = cold.send(None, "POST", "/api/session", json!({ "name": name, "password": GOOD })).await;
        assert_eq!(answer.status, status, "{name}");
        if name == "tess@two.test" {
            tess.keep(&answer.headers);
        }
    }
    cold.make_stale();
    let accounts = body(&cold.send(Some(&tess), "GET", "/api/session/accounts", Value::Null).await);
    assert_eq!(cold.send(Some(&tess), "GET", "/api/session", Value::Null).await.status, 200);
    for place in ["/items/0/id", "/items/1/id"] {
        let chosen = json!({ "account_id": accounts.pointer(place).unwrap(), "password": GOOD });
        let answer = cold.send(Some(&tess), "PUT", "/api/session/account", chosen).await;
        assert_eq!(answer.status, 200);
        tess.keep(&answer.headers);
    }
    assert_eq!(cold.send(Some(&tess), "DELETE", "/api/session", Value::Null).await.status, 204);
    assert_eq!(cold.used(), role_allows("session"));
}

#[tokio::test]
async fn the_role_of_licenses_allows_what_it_does() {
    let portal = TestPortal::today().await;
    let (ada, mia) = (portal.owner().await, portal.member().await);
    let mut cold = Cold::start("licenses", portal, &[]).await;
    cold.make_stale();
    for query in ["", "?sort=order", "?sort=end", "?serial=NLD-7Q4M-X2KP-09TV"] {
        for caller in [&ada, &mia] {
            let path = format!("/api/licenses{query}");
            assert_eq!(cold.send(Some(caller), "GET", &path, Value::Null).await.status, 200, "{path}");
        }
    }
    assert_eq!(cold.used(), role_allows("licenses"));
}

#[tokio::test]
async fn the_role_of_dispatch_allows_what_it_does() {
    let portal = TestPortal::today().await;
    let stranger = portal.stranger();
    stranger.post("/api/sign-up/registrations", registration("nora@new.test", "")).await.expect(202);
    let claim = json!({ "activation_code": CODE });
    portal.other_owner().await.post("/api/sign-up/claims", claim).await.expect(201);
    let mut cold = Cold::start("dispatch", portal, &[]).await;
    let letters = cold.portal.wire.snapshot().find("journal", "LETTER#", "");
    let records: Vec<_> = letters
        .iter()
        .map(|row| json!({ "eventName": "INSERT", "dynamodb": { "Keys": { "pk": row["pk"], "sk": row["sk"] } } }))
        .collect();
    for event in [json!({ "Records": records }), json!({})] {
        drop(cold.function.invoke(&event).await.answered());
    }
    assert!(cold.portal.ses.mails().len() >= 3, "a link, and two letters about the claim");
    assert_eq!(cold.used(), role_allows("dispatch"));
}

//! What each function does to the database, recorded from its binary as it starts cold and serves
//! everything it can, is what its role on AWS allows: one right less breaks it there, one more is a
//! right nobody needs.

mod console;
mod desk;
mod guests;
mod housekeeping;
mod joining;
mod mine;
mod orders;
mod partner;
mod releases;
mod renewing;
mod seats;
mod team;

use std::collections::BTreeSet;

use serde_json::{Value, json};
use tests::lambda::{Answer, Function};
use tests::portal::{CODE, Caller, GOOD, TABLES, TestPortal, registration};

use crate::customers::given::lag;
use crate::lambda::{binary, request};
use crate::template::rights::{fits, role_allows, role_reaches};

/// The key of links, which nobody has made yet.
const NO_LINK_KEY: (&str, &str, &str) = ("credentials", "KEY#link", "KEY");

/// A function that has just started, in front of a portal whose recorder is empty.
struct Cold {
    name: &'static str,
    portal: TestPortal,
    function: Function,
}

impl Cold {
    /// `forget` are the keys that nobody has made yet: (table, part of the partition key, part of the sort key).
    async fn start(name: &'static str, mut portal: TestPortal, forget: &[(&str, &str, &str)]) -> Self {
        for (table, pk, sk) in forget {
            for row in portal.wire.snapshot().find(table, pk, sk) {
                portal.delete(table, &row);
            }
        }
        portal.restart_dispatch();
        drop(portal.wire.take());
        let function = Function::start(&binary(name), &portal.settings()).await;
        Self { name, portal, function }
    }

    async fn send(&mut self, caller: Option<&Caller>, method: &str, path: &str, body: Value) -> Answer {
        let cookie = caller.and_then(|caller| caller.cookie("__Host-portico"));
        let cookies: Vec<_> = cookie.into_iter().map(|value| ("__Host-portico".to_owned(), value)).collect();
        self.function.call(&request(method, path, &body, &cookies)).await
    }

    /// Does something whose calls are not the function's.
    async fn aside<T>(&self, work: impl Future<Output = T>) -> T {
        let before = self.portal.wire.take();
        let done = work.await;
        self.portal.wire.put_back(before);
        done
    }

    /// The token of the newest letter to an address: the letter is dispatch's to send.
    async fn token(&self, email: &str) -> String {
        self.aside(async { self.portal.letters_to(email).await.last_token() }).await
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

    /// Compares what was recorded with the role: tables and actions, and the partitions of each.
    #[track_caller]
    fn has_the_role_it_needs(&self) {
        let calls = self.portal.wire.take();
        let short = |table: String| table.strip_prefix(TABLES).map(str::to_owned).unwrap_or(table);
        let used: BTreeSet<_> = calls.actions().into_iter().map(|(action, table)| (short(table), action)).collect();
        assert_eq!(used, role_allows(self.name));

        let used: Vec<_> =
            calls.partitions().into_iter().map(|(action, table, pk)| (short(table), action, pk)).collect();
        let allowed = role_reaches(self.name);
        let meets = |(table, action, pk): &(String, String, String), rule: &(String, String, String)| {
            *table == rule.0 && *action == rule.1 && fits(pk, &rule.2)
        };
        let kind = |pk: &str| pk.split_inclusive('#').next().unwrap_or_default().to_owned();
        let beyond: BTreeSet<_> = used
            .iter()
            .filter(|one| !allowed.iter().any(|rule| meets(one, rule)))
            .map(|(table, action, pk)| (table, action, kind(pk)))
            .collect();
        assert!(beyond.is_empty(), "the role refuses {beyond:#?}");
        let idle: Vec<_> = allowed.iter().filter(|rule| !used.iter().any(|one| meets(one, rule))).collect();
        assert!(idle.is_empty(), "nobody needs {idle:#?}");
    }
}

fn body(answer: &Answer) -> Value {
    serde_json::from_slice(&answer.body).unwrap()
}

#[tokio::test]
async fn the_role_of_sign_up_allows_what_it_does() {
    let portal = TestPortal::today().await;
    let (otto, una, ada) = (portal.other_owner().await, portal.unattached().await, portal.owner().await);
    let eric = crate::account_claims::newcomer(&portal, crate::account_claims::rule::ERIC).await;
    crate::account_claims::rule::switch_on(&portal).await;
    let (paula, vera) = (portal.partner_owner().await, portal.viewer().await);
    let accounts =
        [crate::team_invitations::account_of(&paula).await, crate::team_invitations::account_of(&otto).await];
    for inviter in [&paula, &otto] {
        crate::team_invitations::invite(inviter, "vera@acme.test").await.expect(201);
    }
    let (_, token) = crate::team_invitations::invited(&portal, &ada, "nina@new.test").await;
    ada.post(crate::guests::GUESTS, crate::guests::offered(crate::guests::PETE)).await.expect(201);
    let pete = portal.partner_member().await;
    lag(&portal, "C10423");
    let mut cold = Cold::start("sign-up", portal, &[NO_LINK_KEY]).await;
    joining::invitations(&mut cold, &vera, &accounts, &token).await;
    guests::accepted(&mut cold, &pete).await;
    joining::sign_up(&mut cold, &ada, &otto, &una, &eric).await;
    for (email, code) in [("nora@new.test", ""), ("olga@new.test", "12345-12345-12345-12345")] {
        let mut wanted = registration("typo@new.test");
        wanted["activation_code"] = json!(code);
        let registered = cold.send(None, "POST", "/api/sign-up/registrations", wanted).await;
        let handle = body(&registered)["registration"].clone();
        let corrected = json!({ "registration": handle, "email": email });
        assert_eq!(cold.send(None, "PUT", "/api/sign-up/registrations/address", corrected).await.status, 202);
        let proof = json!({ "token": cold.token(email).await, "password": GOOD });
        assert_eq!(cold.send(None, "POST", "/api/sign-up/confirmations", proof).await.status, 200);
    }
    cold.make_stale();
    for (caller, status) in [(&otto, 201), (&una, 422)] {
        let claim = json!({ "activation_code": CODE });
        assert_eq!(cold.send(Some(caller), "POST", "/api/sign-up/claims", claim).await.status, status);
    }
    cold.has_the_role_it_needs();
}

#[tokio::test]
async fn the_role_of_session_allows_what_it_does() {
    let portal = TestPortal::today().await;
    // A factor whose codes sign in, set up before the keys are forgotten.
    let factor = portal.set_up_factor(&portal.member().await).await;
    // Somebody whom a manager gave an initial password, and who has no nickname yet.
    portal.make_password_initial("vera@acme.test");
    for row in
        portal.wire.snapshot().find("accounts", "USER#", "USER").iter().filter(|row| row["m"]["S"] == "vera@acme.test")
    {
        portal.update(row, "SET ti = :none REMOVE nk", json!({ ":none": { "NULL": true } }));
    }
    crate::guests::admitted(&portal, crate::guests::offered(crate::guests::PETE)).await;
    let unmade = [NO_LINK_KEY, ("credentials", "KEY#session", "KEY"), ("accounts", "PORTAL", "KEYS")];
    let mut cold = Cold::start("session", portal, &unmade).await;
    let tess = cold.portal.stranger();
    // More than the ten sessions a person has: the first make room.
    for _ in 0..11 {
        let answer =
            cold.send(None, "POST", "/api/session", json!({ "name": "tess@two.test", "password": GOOD })).await;
        assert_eq!(answer.status, 200);
        tess.keep(&answer.headers);
    }
    for (name, status) in [("C10423", 200), ("nobody@new.test", 401)] {
        let answer = cold.send(None, "POST", "/api/session", json!({ "name": name, "password": GOOD })).await;
        assert_eq!(answer.status, status, "{name}");
    }
    let next = factor.app.code_beside(cold.portal.clock.now(), 1);
    for code in [next.as_str(), &factor.recovery[0]] {
        let with_code = json!({ "name": "mia@acme.test", "password": GOOD, "code": code });
        assert_eq!(cold.send(None, "POST", "/api/session", with_code).await.status, 200);
    }
    let own = json!({ "name": "vera@acme.test", "password": GOOD, "new_password": "nine copper kettles hum" });
    assert_eq!(cold.send(None, "POST", "/api/session", own).await.status, 200);
    cold.make_stale();
    let accounts = body(&cold.send(Some(&tess), "GET", "/api/session/accounts", Value::Null).await);
    assert_eq!(cold.send(Some(&tess), "GET", "/api/session", Value::Null).await.status, 200);
    for place in ["/items/0/id", "/items/1/id"] {
        let chosen = json!({ "account_id": accounts.pointer(place).unwrap(), "password": GOOD });
        let answer = cold.send(Some(&tess), "PUT", "/api/session/account", chosen).await;
        assert_eq!(answer.status, 200);
        tess.keep(&answer.headers);
    }
    guests::in_and_out(&mut cold).await;
    let sessions = body(&cold.send(Some(&tess), "GET", "/api/session/sessions", Value::Null).await);
    let other = sessions["items"].as_array().unwrap().iter().find(|item| item["current"] == false).unwrap();
    let other = format!("/api/session/sessions/{}", other["id"].as_str().unwrap());
    for path in [other.as_str(), "/api/session/sessions", "/api/session"] {
        assert_eq!(cold.send(Some(&tess), "DELETE", path, Value::Null).await.status, 204, "{path}");
    }
    cold.has_the_role_it_needs();
}

#[tokio::test]
async fn the_role_of_licenses_allows_what_it_does() {
    let portal = TestPortal::today().await;
    let (ada, mia) = (portal.owner().await, portal.member().await);
    renewing::prepare(&portal).await;
    let file = crate::releases::put_release(&portal).await;
    lag(&portal, "C10423");
    let mut cold = Cold::start("licenses", portal, &[]).await;
    cold.make_stale();
    for query in ["", "?sort=order", "?sort=end", "?serial=NLD-7Q4M-X2KP-09TV"] {
        for caller in [&ada, &mia] {
            let path = format!("/api/licenses{query}");
            assert_eq!(cold.send(Some(caller), "GET", &path, Value::Null).await.status, 200, "{path}");
        }
    }
    releases::downloads(&mut cold, &file, [&ada, &mia]).await;
    seats::everything(&mut cold, &ada, &mia).await;
    joining::proof(&mut cold, &ada).await;
    renewing::everything(&mut cold, &ada).await;
    cold.has_the_role_it_needs();
}

#[tokio::test]
async fn the_role_of_dispatch_allows_what_it_does() {
    let portal = TestPortal::today().await;
    let stranger = portal.stranger();
    stranger.post("/api/sign-up/registrations", registration("nora@new.test")).await.expect(202);
    let claim = json!({ "activation_code": CODE });
    portal.other_owner().await.post("/api/sign-up/claims", claim).await.expect(201);
    crate::team_invitations::invite(&portal.owner().await, "nina@new.test").await.expect(201);
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
    cold.has_the_role_it_needs();
}

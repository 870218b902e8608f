//! What ends a session, or the right to work in an account, ends it at the very next request (incident 9): every event
//! against every kind of session, reading and writing, for oneself and in the account.

use serde_json::{Value, json};
use tests::portal::{Caller, Factor, GOOD, TestPortal};
use tests::wire::Snapshot;

use crate::team;

/// A manager of Acme and a member of Birch.
const TESS: &str = "tess@two.test";
const ACME: &str = "C10423";
const BIRCH: &str = "C10500";
const OTHER: &str = "nine plain brown wrens";

/// Whom an event hits.
#[derive(Clone, Copy, PartialEq)]
enum Hits {
    /// The one session it is about.
    One,
    /// Every session of the person but the one that acts.
    All,
    /// Sessions in Acme.
    InAcme,
    /// Work in Acme: what is the person's own goes on.
    WorkInAcme,
}

/// Every event, whom it hits, and what they are told. One more is a line here and one in [`happen`].
const EVENTS: [(&str, Hits, &str); 16] = [
    ("signed out in another tab", Hits::One, "401 session_ended"),
    ("ended from the list", Hits::One, "401 session_ended"),
    ("all others ended", Hits::All, "401 session_ended"),
    ("password changed", Hits::All, "401 session_ended"),
    ("password reset", Hits::All, "401 session_ended"),
    ("sign-in taken back", Hits::All, "401 session_ended"),
    ("e-mail changed", Hits::All, "401 session_ended"),
    ("second factor set up", Hits::All, "401 session_ended"),
    ("second factor replaced", Hits::All, "401 session_ended"),
    ("second factor removed", Hits::All, "401 session_ended"),
    ("login closed", Hits::All, "401 session_ended"),
    ("membership removed", Hits::InAcme, "401 session_ended"),
    ("membership unlinked", Hits::InAcme, "401 session_ended"),
    ("membership deactivated", Hits::WorkInAcme, "403 membership_deactivated"),
    ("account suspended", Hits::WorkInAcme, "403 account_suspended"),
    ("account closed", Hits::WorkInAcme, "403 account_closed"),
];

/// Every kind of session: the accounts chosen one after the other, and the minutes it has not been used.
const KINDS: [(&str, &[&str], u64); 5] = [
    ("stale", &[ACME], 6),
    ("fresh", &[ACME], 0),
    ("in another account", &[BIRCH], 0),
    ("unattached", &[], 0),
    ("switched", &[BIRCH, ACME], 0),
];

/// What a session is good for: reading and writing for oneself, then in the account.
const CALLS: [(&str, &str); 4] = [
    ("GET", "/api/session/sessions"),
    ("POST", "/api/profile/second-factor"),
    ("GET", "/api/licenses"),
    ("PUT", "/api/profile/account/second-factor"),
];

async fn call(caller: &Caller, (method, path): (&str, &str)) -> String {
    let body = match path {
        _ if method == "GET" => return caller.get(path).await.says(),
        "/api/profile/second-factor" => json!({ "password": GOOD }),
        _ => json!({ "required": false, "password": GOOD }),
    };
    caller.send_json(method, path, &body).await.says()
}

/// What those four calls say where nothing has happened.
fn untouched(works_in: Option<&str>) -> [&'static str; 4] {
    match works_in {
        Some(ACME) => ["200", "201", "200", "204"],
        Some(_) => ["200", "201", "200", "403 owner_only"],
        None => ["200", "201", "403 no_account", "403 no_account"],
    }
}

/// Tess with a session of every kind, and one more from which she acts.
struct Scene {
    portal: TestPortal,
    factor: Option<Factor>,
    elsewhere: Caller,
    sessions: Vec<Caller>,
}

impl Scene {
    async fn set(event: &str) -> Self {
        let portal = TestPortal::new().await;
        let factor = match event {
            "second factor replaced" | "second factor removed" => {
                Some(portal.set_up_factor(&portal.in_two_accounts().await).await)
            }
            _ => None,
        };
        let mut sessions = Vec::new();
        for (_, accounts, minutes) in KINDS {
            let tess = sign_in(&portal, factor.as_ref()).await;
            for number in accounts {
                let id = account(&portal, number)["i"]["S"].clone();
                let code = factor.as_ref().map(|factor| portal.next_code(factor)).unwrap_or_default();
                let choice = json!({ "account_id": id, "password": GOOD, "code": code });
                tess.put("/api/session/account", choice).await.expect(200);
            }
            portal.clock.advance_secs(60 * minutes);
            sessions.push(tess);
        }
        let elsewhere = sign_in(&portal, factor.as_ref()).await;
        Self { portal, factor, elsewhere, sessions }
    }

    /// Makes Tess the owner of Acme, so that she can change something there.
    fn own_acme(&self) {
        let id = person(&self.portal)["i"].clone();
        self.portal.update(&account(&self.portal, ACME), "SET o = :o", json!({ ":o": id }));
        for row in memberships_in_acme(&self.portal) {
            self.portal.update(&row, "SET r = :r", json!({ ":r": { "S": "owner" } }));
        }
    }

    /// Makes it happen, to one of the sessions if it is about one.
    async fn happen(&self, event: &str, victim: &Caller) {
        let (portal, elsewhere) = (&self.portal, &self.elsewhere);
        let code = || self.factor.as_ref().map(|factor| portal.next_code(factor)).unwrap_or_default();
        let proof = |code: String| json!({ "password": GOOD, "code": code });
        let set_status = |status: &str| {
            let values = json!({ ":st": { "S": status }, ":w": { "S": "Two invoices are unpaid" } });
            portal.update(&account(portal, ACME), "SET st = :st, w = :w", values);
        };
        match event {
            "signed out in another tab" => drop(victim.again().delete("/api/session").await.expect(204)),
            "ended from the list" => {
                let listed = victim.get("/api/session/sessions").await.expect(200);
                let items = listed.json["items"].as_array().unwrap();
                let current = items.iter().find(|item| item["current"] == true).unwrap();
                let path = format!("/api/session/sessions/{}", current["id"].as_str().unwrap());
                drop(elsewhere.delete(&path).await.expect(204));
            }
            "all others ended" => drop(elsewhere.delete("/api/session/sessions").await.expect(204)),
            "password changed" => {
                let body = json!({ "password": GOOD, "new_password": OTHER });
                drop(elsewhere.put("/api/profile/password", body).await.expect(204));
            }
            "password reset" => {
                portal.stranger().post("/api/reset/requests", json!({ "name": TESS })).await.expect(204);
                let body = json!({ "token": token(portal, TESS, "/reset").await, "password": OTHER });
                drop(portal.stranger().post("/api/reset/passwords", body).await.expect(204));
            }
            "sign-in taken back" => {
                let body = json!({ "token": token(portal, TESS, "/take-back").await });
                drop(portal.stranger().post("/api/profile/reversals", body).await.expect(200));
            }
            "e-mail changed" => {
                let body = json!({ "email": "tess@new.test", "password": GOOD });
                elsewhere.post("/api/profile/email", body).await.expect(204);
                let body = json!({ "token": token(portal, "tess@new.test", "/confirm-email").await, "password": GOOD });
                drop(portal.stranger().post("/api/profile/email/confirmations", body).await.expect(200));
            }
            "second factor set up" => drop(portal.set_up_factor(elsewhere).await),
            "second factor replaced" => {
                let begun = elsewhere.post("/api/profile/second-factor", proof(code())).await.expect(201);
                let app = tests::portal::Authenticator::scan(begun.text("/uri"));
                let first = json!({ "code": app.code(portal.clock.now()) });
                drop(elsewhere.put("/api/profile/second-factor", first).await.expect(200));
            }
            "second factor removed" => {
                drop(elsewhere.post("/api/profile/second-factor/removals", proof(code())).await.expect(204));
            }
            "login closed" => drop(elsewhere.post("/api/profile/closure", proof(code())).await.expect(204)),
            "membership removed" | "membership unlinked" | "membership deactivated" => {
                let what = match event {
                    "membership removed" => "remove",
                    "membership unlinked" => "unlink",
                    _ => "deactivate",
                };
                drop(team::act(&portal.owner().await, &team::path(portal, TESS), what).await.expect(204));
            }
            "account suspended" => set_status("suspended"),
            "account closed" => set_status("closed"),
            other => panic!("nobody knows how {other} happens"),
        }
    }
}

async fn sign_in(portal: &TestPortal, factor: Option<&Factor>) -> Caller {
    let code = factor.map(|factor| portal.next_code(factor)).unwrap_or_default();
    let caller = portal.stranger();
    caller.post("/api/session", json!({ "name": TESS, "password": GOOD, "code": code })).await.expect(200);
    caller
}

fn person(portal: &TestPortal) -> Value {
    let people = portal.wire.snapshot().find("accounts", "USER#", "USER");
    people.into_iter().find(|row| row["m"]["S"] == TESS).unwrap()
}

fn account(portal: &TestPortal, number: &str) -> Value {
    let accounts = portal.wire.snapshot().find("accounts", "ACCOUNT#", "ACCOUNT");
    accounts.into_iter().find(|row| row["n"]["S"] == number).unwrap()
}

/// The account's row of the membership, and the person's.
fn memberships_in_acme(portal: &TestPortal) -> Vec<Value> {
    let (tess, acme) = (person(portal), account(portal, ACME));
    let (tess, acme) = (tess["i"]["S"].as_str().unwrap(), acme["i"]["S"].as_str().unwrap());
    let stored = portal.wire.snapshot();
    let mut rows = stored.find("accounts", &format!("ACCOUNT#{acme}"), &format!("MEMBER#{tess}"));
    rows.extend(stored.find("accounts", &format!("USER#{tess}"), &format!("MEMBER#{acme}")));
    assert_eq!(rows.len(), 2);
    rows
}

/// The token of the newest letter whose link leads there.
async fn token(portal: &TestPortal, address: &str, page: &str) -> String {
    let texts = portal.letters_to(address).await.texts();
    let tokens = texts.iter().find_map(|text| text.split_once(&format!("{page}#token="))).unwrap().1;
    tokens.split_whitespace().next().unwrap().to_owned()
}

/// What refused requests left behind beyond a throttle's count; a session that counts, and may only not do this, may
/// have been noted as in use.
fn traces(before: &Snapshot, after: &Snapshot, says: &str) -> Vec<String> {
    let in_use = |line: &String| says.starts_with("403") && line.starts_with('~') && line.contains(" SESSION#");
    before.changes(after).into_iter().filter(|line| !line.contains("THROTTLE#") && !in_use(line)).collect()
}

/// Makes each call with a session and notes what is not as it should be.
async fn ask(scene: &Scene, what: &str, caller: &Caller, expected: [&str; 4]) -> Vec<String> {
    let mut wrong = Vec::new();
    for (routes, expected) in CALLS.chunks(2).zip(expected.chunks(2)) {
        let refused = expected[1].starts_with('4');
        let before = refused.then(|| scene.portal.wire.snapshot());
        for (route, expected) in routes.iter().zip(expected) {
            let says = call(caller, *route).await;
            if says != *expected {
                wrong.push(format!("{what}: {} {} says {says}, not {expected}", route.0, route.1));
            }
        }
        let traces = before.map(|before| traces(&before, &scene.portal.wire.snapshot(), expected[1]));
        wrong.extend(traces.into_iter().flatten().map(|line| format!("{what}: wrote {line}")));
    }
    wrong
}

/// R106, R109, R110, R203, R206, R207
#[tokio::test]
async fn whatever_ends_a_session_ends_it_at_the_next_request() {
    let mut wrong = Vec::new();
    for (event, hits, refusal) in EVENTS {
        // An event about one session is made to happen to a session of each kind.
        let victims = if hits == Hits::One { 0..KINDS.len() } else { 0..1 };
        for victim in victims {
            let scene = Scene::set(event).await;
            // What the team does, it does not do to an owner.
            if hits == Hits::WorkInAcme && !event.starts_with("membership") {
                scene.own_acme();
            }
            scene.happen(event, &scene.sessions[victim]).await;
            for (place, (kind, accounts, _)) in KINDS.into_iter().enumerate() {
                let works_in = accounts.last().copied();
                let own = untouched(works_in);
                let expected = match hits {
                    Hits::All => [refusal; 4],
                    Hits::One if place == victim => [refusal; 4],
                    Hits::InAcme if works_in == Some(ACME) => [refusal; 4],
                    Hits::WorkInAcme if works_in == Some(ACME) => [own[0], own[1], refusal, refusal],
                    // Tess owns nothing here.
                    Hits::One if works_in == Some(ACME) => [own[0], own[1], own[2], "403 owner_only"],
                    Hits::One | Hits::InAcme | Hits::WorkInAcme => own,
                };
                let what = format!("{event}, {kind}");
                wrong.extend(ask(&scene, &what, &scene.sessions[place], expected).await);
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// R106: without any event every one of those calls goes through, so that a refusal is the event's.
#[tokio::test]
async fn a_session_nothing_happened_to_goes_on() {
    let scene = Scene::set("nothing").await;
    scene.own_acme();
    let mut wrong = Vec::new();
    for ((kind, accounts, _), session) in KINDS.into_iter().zip(&scene.sessions) {
        wrong.extend(ask(&scene, kind, session, untouched(accounts.last().copied())).await);
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

//! Whatever comes in: a problem with a stable code and the right status, never a failure of ours,
//! and nothing written but the counts of throttles.

mod privileged;

use std::collections::BTreeSet;

use http::header::CONTENT_TYPE;
use hyper::body::Bytes;
use serde_json::{Value, json};
use tests::portal::{Caller, GOOD, Reply, TestPortal};

use crate::openapi::operations_with_a_body;
use privileged::PRIVILEGED;

/// Another password than everybody's.
const OTHER: &str = "nine copper kettles hum";

/// Every operation that takes a body, with one that has its form.
pub(crate) fn bodies() -> Vec<(&'static str, &'static str, Value)> {
    let registration = json!({
        "email": "nora@new.test", "password": GOOD, "first_name": "Nora", "last_name": "Nilsson",
        "language": "en", "terms_version": "2026-05", "activation_code": "",
    });
    let proof = json!({ "password": GOOD, "code": "" });
    let profile = json!({
        "title": "Dr.", "first_name": "Ada", "last_name": "Lovelace", "job_title": "", "phone": "", "street": "",
        "postal_code": "", "city": "London", "country": "GB", "language": "en",
    });
    let change = json!({
        "kind": "license_contact", "first_name": "Max", "last_name": "Ernst", "email": "max@acme.test", "name": "",
        "text": "", "reason": "",
    });
    let mut invitation = crate::team_invitations::wanted("kim@acme.test");
    invitation["permissions"] = json!(["view_orders"]);
    let features = json!({ "team_area": true, "guests_only": false, "partner": false });
    let product = json!({ "name": "Draft", "terms_url": "", "trial_seats": 1, "withdrawn": false, "revision": 0 });
    let file = json!({
        "id": "fil_0", "name": "a.zip", "platform": "any", "arch": "", "bytes": 1, "sha256": "0".repeat(64),
    });
    let release = json!({ "released_on": "2026-11-22", "notes": "", "files": [file], "published": true });
    let mut bodies = crate::partnerships::bodies();
    bodies.extend([
        ("POST", "/api/sign-up/registrations", registration),
        ("PUT", "/api/sign-up/registrations/address", json!({ "registration": "x", "email": "nora@new.test" })),
        ("POST", "/api/sign-up/confirmations", json!({ "token": "x", "password": GOOD })),
        ("POST", "/api/sign-up/claims", json!({ "activation_code": "11111-22222-33333-44444" })),
        ("POST", "/api/sign-up/account-claims", json!({ "reference": "C10423" })),
        ("PUT", "/api/sign-up/claimants/usr_0", json!({ "view_orders": true })),
        ("POST", "/api/session", json!({ "name": "ada@acme.test", "password": GOOD, "code": "", "new_password": "" })),
        ("PUT", "/api/session/account", json!({ "account_id": "acc_0", "password": GOOD, "code": "" })),
        ("POST", "/api/reset/requests", json!({ "name": "ada@acme.test" })),
        ("POST", "/api/reset/passwords", json!({ "token": "x", "password": GOOD })),
        ("POST", "/api/reset/first-passwords", json!({ "activation_code": "x", "password": GOOD })),
        ("PUT", "/api/profile", profile),
        ("PUT", "/api/profile/nickname", json!({ "nickname": "ada-lovelace" })),
        ("PUT", "/api/profile/password", json!({ "password": GOOD, "code": "", "new_password": OTHER })),
        ("POST", "/api/profile/email", json!({ "email": "ada@new.test", "password": GOOD, "code": "" })),
        ("POST", "/api/profile/email/confirmations", json!({ "token": "x", "password": GOOD })),
        ("POST", "/api/profile/reversals", json!({ "token": "x" })),
        ("POST", "/api/profile/change-requests", change),
        ("POST", "/api/profile/export", proof.clone()),
        ("POST", "/api/profile/closure", proof.clone()),
        ("POST", "/api/profile/second-factor", proof.clone()),
        ("PUT", "/api/profile/second-factor", json!({ "code": "287082" })),
        ("POST", "/api/profile/second-factor/removals", proof.clone()),
        ("POST", "/api/profile/recovery-codes", proof),
        ("PUT", "/api/profile/account/second-factor", json!({ "required": false, "password": GOOD, "code": "" })),
        ("PUT", "/api/licenses/lic_0/seats", json!({ "users": ["usr_0"] })),
        ("POST", "/api/licenses/lic_0/seats/releases", json!({ "users": ["usr_0"] })),
        ("POST", "/api/licenses/lic_0/seats/moves", json!({ "from": "usr_0", "to": "usr_1" })),
        ("POST", "/api/licenses/lic_0/downloads", json!({ "release": "1.0", "file": "fil_0", "product": "NLD" })),
        ("POST", "/api/licenses/lic_0/renewal-requests", json!({ "note": "" })),
        ("POST", "/api/licenses/lic_0/serial-number", json!({ "reason": "" })),
        ("POST", "/api/licenses/trials", json!({ "product": "NLD" })),
        (
            "PUT",
            "/api/team/members/usr_0",
            json!({
                "first_name": "Dora", "last_name": "Maar", "job_title": "", "phone": "", "user_name": "",
                "role": "member", "permissions": [], "version": 0,
            }),
        ),
        ("PUT", "/api/partner/customers/acc_0/suspension", json!({ "reason": "Two invoices are unpaid" })),
        ("PUT", "/api/staff/accounts/acc_0/features", features),
        ("PUT", "/api/staff/team-area", json!({ "team_area": "partners" })),
        ("POST", "/api/team/members", crate::given_logins::jane()),
        ("POST", "/api/team/members/usr_0/password", json!({ "password": null })),
        ("POST", "/api/team/contacts", crate::contacts::kim()),
        ("PUT", "/api/team/contacts/con_0", crate::contacts::kim()),
        ("POST", "/api/team/invitations", invitation),
        ("POST", "/api/team/guests", crate::guests::offered("kim@new.test")),
        ("PUT", "/api/team/guests/usr_0/period", json!({ "days": 30 })),
        ("POST", "/api/sign-up/invitations/looks", json!({ "token": "x" })),
        ("POST", "/api/sign-up/invitations/acceptances", crate::team_invitations::acceptance("x")),
        ("POST", "/api/team/invitations/dry-runs", json!({ "csv": "kim@acme.test,Kim,Gordon" })),
        ("POST", "/api/team/access-requests", json!({ "wants": "orders", "note": "" })),
        ("POST", "/api/team/access-requests/usr_0/decision", json!({ "decision": "refuse", "reason": "Not yet." })),
        ("POST", "/api/staff/invitations", json!({ "accounts": ["acc_0"], "all": false })),
        ("PUT", "/api/staff/products/NLD", product),
        ("POST", "/api/staff/products/NLD/uploads", file.clone()),
        ("PUT", "/api/staff/products/NLD/releases/1.0", release),
        ("POST", "/api/staff/orders", crate::orders::order("SO-5001", "C10423")),
        (
            "PATCH",
            "/api/staff/orders/SO-404",
            json!({ "revision": 0, "purchase_order": "", "invoice_url": "", "lines": [], "add": [] }),
        ),
        ("PUT", "/api/staff/orders/SO-404/cancellation", json!({ "reason": "Ordered twice" })),
        ("POST", "/api/staff/requests/req_0/decision", json!({ "decision": "refuse", "reason": "No proof." })),
    ]);
    bodies
}

#[test]
fn every_operation_that_takes_a_body_is_here() {
    let wanted: BTreeSet<_> = operations_with_a_body().into_iter().collect();
    // A path with an id, or whatever stands in its place, is that of its operation.
    let alike = |path: &str, known: &str| {
        let (path, known): (Vec<_>, Vec<_>) = (path.split('/').collect(), known.split('/').collect());
        path.len() == known.len()
            && path.iter().zip(known).all(|(part, known)| *part == known || known.starts_with('{'))
    };
    let here = bodies().into_iter().map(|(method, path, _)| {
        let call = format!("{method} {path}");
        wanted.iter().find(|known| alike(&call, known)).cloned().unwrap_or(call)
    });
    assert_eq!(here.collect::<BTreeSet<_>>(), wanted);
}

/// A problem as RFC 9457 and our own rules want it, with that status and code.
#[track_caller]
pub(crate) fn is_problem(reply: &Reply, says: &str, what: &str) {
    assert_eq!(reply.says(), says, "{what}: {}", String::from_utf8_lossy(&reply.bytes));
    assert_eq!(reply.header("content-type"), "application/problem+json", "{what}");
    assert_eq!(reply.json["status"], reply.status, "{what}");
    assert_eq!(reply.json["type"], format!("/problems/{}", reply.code), "{what}");
    assert_eq!(reply.header("cache-control"), "no-store", "{what}");
    assert!(!reply.header("x-request-id").is_empty(), "{what}");
}

/// The rows that changed, the counts of throttles and the time a session was last used aside.
pub(crate) fn changes(portal: &TestPortal, before: &tests::wire::Snapshot) -> Vec<String> {
    let lines = before.changes(&portal.wire.snapshot());
    lines.into_iter().filter(|line| !line.contains("THROTTLE#") && !line.contains("SESSION#")).collect()
}

async fn send(caller: &Caller, method: &str, path: &str, kind: &str, body: impl Into<Bytes>) -> Reply {
    caller.send(caller.request(method, path).header(CONTENT_TYPE, kind), body.into()).await
}

#[tokio::test]
async fn what_is_not_json_is_refused_as_such() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    let before = portal.wire.snapshot();
    for (method, path, good) in bodies() {
        let good = good.to_string();
        let twice = good.replacen('{', &format!("{{{},", good.trim_matches(['{', '}'])), 1);
        let broken: [(&str, Vec<u8>); 9] = [
            ("nothing", b"".to_vec()),
            ("half", good.as_bytes()[..good.len() / 2].to_vec()),
            ("two values", format!("{good}{good}").into_bytes()),
            ("no UTF-8", [b"{\"".as_slice(), b"\xff\xfe", b"\":1}"].concat()),
            ("a lone surrogate", br#"{"email":"\ud800"}"#.to_vec()),
            ("a NUL", format!("{good}\0").into_bytes()),
            ("deep", [vec![b'['; 100_000], vec![b']'; 100_000]].concat()),
            ("each key twice", twice.into_bytes()),
            ("not a number", br#"{"email":NaN}"#.to_vec()),
        ];
        for (what, body) in broken {
            let reply = send(&ada, method, path, "application/json", body).await;
            let what = format!("{method} {path}: {what}");
            assert!(
                ["400 malformed_json", "422 invalid_fields"].contains(&reply.says().as_str()),
                "{what}: {}",
                reply.says()
            );
            is_problem(&reply, &reply.says(), &what);
        }
    }
    assert_eq!(changes(&portal, &before), [""; 0]);
}

#[tokio::test]
async fn every_field_refuses_every_other_type() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    let before = portal.wire.snapshot();
    for (method, path, good) in bodies() {
        for field in good.as_object().unwrap().keys() {
            for wrong in
                [json!(1), json!(true), json!(["a@new.test", "b@new.test"]), json!({ "x": 1 }), json!(1.5), json!([])]
            {
                let mut body = good.clone();
                let right = &good[field];
                let alike = (right.is_boolean() && wrong.is_boolean())
                    || (right.is_number() && wrong.is_number())
                    || (right.is_array() && wrong.is_array())
                    || (right.is_object() && wrong.is_object());
                let wrong = if alike { json!("true") } else { wrong };
                body[field] = wrong.clone();
                let reply = ada.send_json(method, path, &body).await;
                is_problem(&reply, "422 invalid_fields", &format!("{method} {path} {field}={wrong}"));
                assert_eq!(
                    reply.at(&format!("/{field}")),
                    "wrong_type",
                    "{method} {path} {field}={wrong}: {}",
                    reply.json
                );
            }
        }
        let positional = json!(good.as_object().unwrap().values().collect::<Vec<_>>());
        for whole in [positional, json!([]), json!("x"), json!(1), json!(null), json!([good])] {
            let reply = ada.send_json(method, path, &whole).await;
            assert!(
                ["422 invalid_fields", "400 malformed_json"].contains(&reply.says().as_str()),
                "{method} {path} {whole}: {}",
                reply.says()
            );
        }
    }
    assert_eq!(changes(&portal, &before), [""; 0]);
}

/// Mass assignment (incident 22): a field nobody asked for is refused, not ignored.
#[tokio::test]
async fn every_operation_refuses_a_field_it_does_not_know() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    let before = portal.wire.snapshot();
    for (method, path, good) in bodies() {
        // `kind` is a change request's own.
        let unknown: Vec<_> = PRIVILEGED.into_iter().filter(|field| good.get(field).is_none()).collect();
        assert!(unknown.len() >= 20, "{method} {path}: {unknown:?}");
        for field in unknown {
            let mut body = good.clone();
            body[field] = json!("owner");
            let reply = ada.send_json(method, path, &body).await;
            is_problem(&reply, "422 invalid_fields", &format!("{method} {path} {field}"));
            assert_eq!(reply.at(&format!("/{field}")), "unknown_field", "{}", reply.json);
        }
    }
    assert_eq!(changes(&portal, &before), [""; 0]);
}

#[tokio::test]
async fn a_body_of_more_than_256_kilobytes_is_not_read() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    let before = portal.wire.snapshot();
    for (method, path, mut body) in bodies() {
        body["filler"] = json!("x".repeat(256 * 1024));
        is_problem(&ada.send_json(method, path, &body).await, "413 body_too_large", path);
    }
    assert_eq!(changes(&portal, &before), [""; 0]);
}

#[tokio::test]
async fn only_json_is_taken() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    let before = portal.wire.snapshot();
    for (method, path, body) in bodies() {
        for kind in [
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "application/xml",
            "",
            "json",
        ] {
            let reply = send(&ada, method, path, kind, body.to_string()).await;
            is_problem(&reply, "415 unsupported_media_type", &format!("{method} {path} {kind}"));
        }
        let none = ada.send(ada.request(method, path), Bytes::from(body.to_string())).await;
        is_problem(&none, "415 unsupported_media_type", path);
        for kind in ["application/json; charset=utf-8", "Application/JSON"] {
            let reply = send(&ada, method, path, kind, json!({ "x": 1 }).to_string()).await;
            is_problem(&reply, "422 invalid_fields", &format!("{method} {path} {kind}"));
        }
    }
    assert_eq!(changes(&portal, &before), [""; 0]);
}

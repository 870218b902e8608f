//! Those who act in an account and do not belong to it, as somebody hostile would have it: forged names of customers,
//! positions in others' lists, and what ends an act at the next request or in the middle of one. Who gets what of each
//! operation is in `access-outsiders.toml`.

mod both;
mod chains;
mod cursors;
mod header;
mod invitations;
mod managers;
mod midway;
mod next_request;

use serde_json::{Value, json};
use tests::portal::{Caller, TestPortal};

pub(crate) use crate::access::{account_row, let_in, link, switched};
use crate::seats::ids;

pub(crate) const ACME: &str = "C10423";
const BIRCH: &str = "C10500";
const ORION: &str = "C20010";
pub(crate) const PETE: &str = "pete@orion.test";
const DORA: &str = "dora@acme.test";

/// The id of an account.
fn id_of(portal: &TestPortal, number: &str) -> String {
    account_row(portal, number)["i"]["S"].as_str().unwrap().to_owned()
}

/// Pete, a plain member of Orion, on a page about Acme.
async fn pete_on_acme(portal: &TestPortal) -> Caller {
    portal.partner_member().await.on_customer(&id_of(portal, ACME))
}

/// Pete in Acme as its guest and manager.
async fn pete_in_acme(portal: &TestPortal) -> Caller {
    let_in(portal, PETE, ACME, ("manager", 86_400));
    switched(portal, PETE, ACME).await
}

/// The account's row of somebody's membership.
fn member_row(portal: &TestPortal, email: &str, number: &str) -> Option<Value> {
    let (account, user) = (account_row(portal, number), ids(portal, &[email]).remove(0));
    let rows = portal.wire.snapshot().find("accounts", account["pk"]["S"].as_str().unwrap(), &format!("MEMBER#{user}"));
    rows.into_iter().next()
}

/// Has something happen to what somebody's acts in Acme rest on, past the portal.
fn happen(portal: &TestPortal, event: &str) {
    coming(portal, event)();
}

/// The same, looked up beforehand: then it is one write.
fn coming(portal: &TestPortal, event: &str) -> impl FnOnce() {
    let (acme, orion) = (account_row(portal, ACME), account_row(portal, ORION));
    let at_home = || member_row(portal, PETE, ORION).expect("Pete in Orion");
    let in_acme = || member_row(portal, PETE, ACME).expect("Pete in Acme");
    let set = |row: Value, change: &'static str, value: Value| (row, change, json!({ ":v": value }));
    let features = |part: &str| {
        let mut all =
            json!({ "team_area": { "BOOL": true }, "guests_only": { "BOOL": false }, "partner": { "BOOL": false } });
        all[part] = json!({ "BOOL": part == "guests_only" });
        json!({ "M": all })
    };
    let out_of_use = |row: Value, state: &str| {
        (row, "SET st = :v, w = :w", json!({ ":v": { "S": state }, ":w": { "S": "Unpaid" } }))
    };
    let switched_off =
        |row: Value| (row, "SET st = :v ADD g :one", json!({ ":v": { "S": "deactivated" }, ":one": { "N": "1" } }));
    let (row, change, values) = match event {
        "removed at home" => (at_home(), "", json!({})),
        "switched off at home" => switched_off(at_home()),
        "taken out at home" => set(at_home(), "SET st = :v", json!({ "S": "unlinked" })),
        "home suspended" => out_of_use(orion, "suspended"),
        "home closed" => out_of_use(orion, "closed"),
        "home no partner" => set(orion, "SET fe = :v", features("partner")),
        "guests only" => set(acme, "SET px = :v", json!({ "S": "guests_only" })),
        "guests only by the vendor" => set(acme, "SET fe = :v", features("guests_only")),
        "another partner" => set(acme, "SET pa = :v", account_row(portal, BIRCH)["i"].clone()),
        "no partner" => (acme, "REMOVE pa, px", json!({})),
        "suspended" => out_of_use(acme, "suspended"),
        "closed" => out_of_use(acme, "closed"),
        "factor required" => set(acme, "SET sf = :v", json!({ "BOOL": true })),
        "guest removed" => (in_acme(), "", json!({})),
        "guest switched off" => switched_off(in_acme()),
        "guest's time over" => set(in_acme(), "SET gu = :v", json!({ "N": "1" })),
        "guest a member" => set(in_acme(), "SET r = :v", json!({ "S": "member" })),
        "person signed out everywhere" => {
            let people = portal.wire.snapshot().find("accounts", "USER#", "USER");
            let pete = people.into_iter().find(|row| row["m"]["S"] == PETE).unwrap();
            (pete, "ADD g :one", json!({ ":one": { "N": "1" } }))
        }
        other => panic!("nobody knows how {other} happens"),
    };
    move || {
        if change.is_empty() {
            portal.delete("accounts", &row);
        } else {
            portal.update(&row, change, values);
        }
    }
}

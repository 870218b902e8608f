//! How the calls about invitations to a team are made: on one of the account the caller works in or worked in, on another
//! account's, on nobody's; and, where invitations are answered, on one to the caller.

use serde_json::{Value, json};
use tests::portal::TestPortal;

use super::Standing;
use super::callers::account_row;
use crate::team_invitations::{acceptance, wanted};

const INVITATION: &str = "inv_01jd0x5m2nfe4r8v0t6w9y2zab";
const USER: &str = "usr_01jd0x5m2nfe4r8v0t6w9y2zab";
/// A token such as links carry.
const TOKEN: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Whether a row is about one of these.
pub(super) fn knows(path: &str) -> bool {
    ["/api/team/invitations", "/api/sign-up/invitations"].iter().any(|area| path.starts_with(area))
        && !path.ends_with("/dry-runs")
        || path.ends_with("{user}/invitation")
}

/// Path and body of a row.
pub(super) fn call(standing: &Standing, row: &str) -> (String, Value) {
    let mut words = row.split(' ').skip(1);
    let (path, relation) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let elsewhere = if standing.account == "C10500" { "C10423" } else { "C10500" };
    let number = if relation == "own" { standing.account } else { elsewhere };
    let account = standing.id_of(number);
    let answered = path.starts_with("/api/sign-up");
    if ["own", "foreign", "good"].contains(&relation) {
        let to = if answered && path.contains("{account}") { standing.email } else { "nora@new.test" };
        if path.contains("{user}") {
            add_recorded(&standing.portal, &account);
        } else {
            add_invitation(&standing.portal, number, to);
        }
    }
    let token = if relation == "good" { format!("{account}-{INVITATION}.{TOKEN}") } else { "x".to_owned() };
    let body = match (row.split(' ').next().unwrap_or_default(), path) {
        ("GET" | "DELETE", _) => Value::Null,
        (_, "/api/team/invitations") => {
            let mut body = wanted("kim@new.test");
            body["role"] = json!(if relation == "manager" { relation } else { "member" });
            body
        }
        (_, "/api/sign-up/invitations/looks") => json!({ "token": token }),
        (_, "/api/sign-up/invitations/acceptances") => acceptance(&token),
        _ => json!({}),
    };
    (path.replace("{user}", USER).replace("{id}", INVITATION).replace("{account}", &account), body)
}

/// An invitation that its owner sent, as if by the front door: who works in an account out of use sends none.
fn add_invitation(portal: &TestPortal, number: &str, email: &str) {
    let text = |text: &str| json!({ "S": text });
    let millis = |millis: i64| json!({ "N": millis.to_string() });
    let row = account_row(portal, number);
    let (account, now) = (row["i"]["S"].as_str().unwrap(), portal.clock.now().as_millisecond());
    let hash = credentials::LinkToken::parse(TOKEN).unwrap().hash();
    let both = json!({
        "v": millis(1), "m": text(email), "f": text("Nora"), "n": text("Nilsson"), "r": text("member"),
        "l": text("en"), "na": row["na"], "ib": row["o"], "bn": text("Whoever Owns"), "sa": millis(now),
        "x": millis(now + 3_600_000),
    });
    let with = |more: Value| {
        let mut whole = both.clone();
        whole.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        whole
    };
    portal.put(
        "accounts",
        &with(json!({
            "pk": text(&format!("INVITATIONS#{account}")), "sk": text(INVITATION), "st": text("delivered"),
            "le": text("ltr_01jd0x5m2nfe4r8v0t6w9y2zab"), "t": text(&hash), "ml": { "BOOL": true },
        })),
    );
    portal.put(
        "accounts",
        &with(json!({
            "pk": text(&format!("INVITED#{email}")), "sk": text(account), "i": text(INVITATION), "cn": row["n"],
        })),
    );
}

/// A member whom the vendor recorded, who has not come in.
fn add_recorded(portal: &TestPortal, account: &str) {
    let stored = portal.wire.snapshot();
    let mut members = stored.find("accounts", &format!("ACCOUNT#{account}"), "MEMBER#").into_iter();
    let mut member = members.find(|row| row["gh"].is_null()).expect("somebody who is no guest");
    let of = member["sk"]["S"].as_str().unwrap().trim_start_matches("MEMBER#").to_owned();
    let mut user = stored.find("accounts", &format!("USER#{of}"), "USER").remove(0);
    member["sk"] = json!({ "S": format!("MEMBER#{USER}") });
    (member["r"], member["us"], member["st"]) =
        (json!({ "S": "member" }), json!({ "S": "invited" }), json!({ "S": "active" }));
    (user["pk"], user["i"]) = (json!({ "S": format!("USER#{USER}") }), json!({ "S": USER }));
    user["st"] = json!({ "S": "invited" });
    for row in [member, user] {
        portal.put("accounts", &row);
    }
}

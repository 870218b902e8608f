//! How the calls about logins that a team makes, and about contacts, are made: on somebody of the account the caller works
//! in or worked in, of another account's, and on nobody.

use serde_json::{Value, json};
use tests::portal::TestPortal;

use super::Standing;

const USER: &str = "usr_01jd0x5m2nfe4r8v0t6w9y2zab";
const CONTACT: &str = "con_01jd0x5m2nfe4r8v0t6w9y2zab";

/// Whether a row is about one of these.
pub(super) fn knows(path: &str) -> bool {
    path == "/api/team/members"
        || path.starts_with("/api/team/contacts")
        || ["{user}/password", "/dry-runs"].iter().any(|end| path.ends_with(end))
}

/// Path and body of a row.
pub(super) fn call(standing: &Standing, row: &str) -> (String, Value) {
    let mut words = row.split(' ').skip(1);
    let (path, relation) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let of = match relation {
        "own" => Some(standing.account),
        "foreign" => Some(if standing.account == "C10500" { "C10423" } else { "C10500" }),
        _ => None,
    };
    if let Some(number) = of {
        let account = standing.id_of(number);
        if path.contains("{user}") {
            add_login(&standing.portal, &account);
        } else {
            add_contact(&standing.portal, &account);
        }
    }
    let body = match (row.split(' ').next().unwrap_or_default(), path) {
        ("DELETE", _) => Value::Null,
        (_, "/api/team/members") => crate::given_logins::jane(),
        (_, "/api/team/invitations/dry-runs") => json!({ "csv": "kim@acme.test,Kim,Gordon" }),
        (_, "/api/team/members/{user}/password") => json!({ "password": null }),
        _ => json!({ "email": "kim@acme.test", "first_name": "Kim", "last_name": "Gordon", "version": 0 }),
    };
    (path.replace("{user}", USER).replace("{id}", CONTACT), body)
}

/// Somebody with a login that the account's team made, who has not come in.
fn add_login(portal: &TestPortal, account: &str) {
    let stored = portal.wire.snapshot();
    let mut members = stored.find("accounts", &format!("ACCOUNT#{account}"), "MEMBER#").into_iter();
    let mut member = members.find(|row| row["gh"].is_null()).expect("somebody who is no guest");
    let of = member["sk"]["S"].as_str().unwrap().trim_start_matches("MEMBER#").to_owned();
    let mut user = stored.find("accounts", &format!("USER#{of}"), "USER").remove(0);
    member["sk"] = json!({ "S": format!("MEMBER#{USER}") });
    (member["r"], member["us"]) = (json!({ "S": "member" }), json!({ "S": "invited" }));
    (user["pk"], user["i"]) = (json!({ "S": format!("USER#{USER}") }), json!({ "S": USER }));
    (user["st"], user["ha"]) = (json!({ "S": "invited" }), json!({ "S": account }));
    for row in [member, user] {
        portal.put("accounts", &row);
    }
}

/// Somebody the account knows.
fn add_contact(portal: &TestPortal, account: &str) {
    let text = |text: &str| json!({ "S": text });
    let number = |number: u32| json!({ "N": number.to_string() });
    let row = json!({
        "pk": text(&format!("ACCOUNT#{account}")), "sk": text(&format!("CONTACT#{CONTACT}")), "v": number(1),
        "f": text("Kay"), "n": text("Gordon"), "m": text("kay@acme.test"), "mv": number(0),
        "s": text(&format!("gordon kay\t{CONTACT}")), "e": text(&format!("contacts#gordon kay\t{CONTACT}")),
        "em": text(&format!("kay@acme.test\t{CONTACT}")),
    });
    portal.put("accounts", &row);
}

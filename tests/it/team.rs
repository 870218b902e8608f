//! The team: what its owner and managers do with its members, and what that leaves behind.

mod back_again;
mod chains;
mod crowd;
mod editing;
mod owner;
mod places;
pub(crate) mod recount;
mod removing;

use serde_json::{Value, json};
use tests::portal::{Caller, Reply, TestPortal};

use crate::seats::ids;

pub(crate) use chains::member as somebody;

pub(crate) const ADA: &str = "ada@acme.test";
pub(crate) const MAX: &str = "max@acme.test";
pub(crate) const VERA: &str = "vera@acme.test";
pub(crate) const MIA: &str = "mia@acme.test";
pub(crate) const DORA: &str = "dora@acme.test";
/// A manager here, and a member of Birch.
pub(crate) const TESS: &str = "tess@two.test";

/// Where a member is.
pub(crate) fn path(portal: &TestPortal, email: &str) -> String {
    format!("/api/team/members/{}", ids(portal, &[email]).remove(0))
}

/// The acts on a member's place, as calls.
pub(crate) const ACTS: [(&str, &str); 5] =
    [("PUT", "/deactivation"), ("DELETE", "/deactivation"), ("DELETE", "/link"), ("PUT", "/link"), ("DELETE", "")];

/// Does something with a member: `deactivate`, `reactivate`, `unlink`, `link` or `remove`.
pub(crate) async fn act(by: &Caller, path: &str, what: &str) -> Reply {
    let names = ["deactivate", "reactivate", "unlink", "link", "remove"];
    let place = names.iter().position(|name| *name == what).unwrap_or_else(|| panic!("no act is {what}"));
    let (method, tail) = ACTS[place];
    let path = format!("{path}{tail}");
    if method == "PUT" { by.put(&path, json!({})).await } else { by.delete(&path).await }
}

/// What a member's form sends back as it was read.
pub(crate) fn wanted(shown: &Value) -> Value {
    let fields = ["first_name", "last_name", "job_title", "phone", "user_name", "role", "permissions", "version"];
    fields.into_iter().map(|field| (field.to_owned(), shown[field].clone())).collect::<serde_json::Map<_, _>>().into()
}

/// Changes one field of a member.
pub(crate) async fn edit(by: &Caller, path: &str, field: &str, value: impl Into<Value>) -> Reply {
    let mut form = wanted(&by.get(path).await.expect(200).json);
    form[field] = value.into();
    by.put(path, form).await
}

/// Changes role and permissions of a member.
pub(crate) async fn set_role(by: &Caller, path: &str, role: &str, permissions: &[&str]) -> Reply {
    let mut form = wanted(&by.get(path).await.expect(200).json);
    (form["role"], form["permissions"]) = (role.into(), json!(permissions));
    by.put(path, form).await
}

/// The row of a member of Acme.
pub(crate) fn row(portal: &TestPortal, email: &str) -> Option<Value> {
    let user = ids(portal, &[email]).remove(0);
    let rows = portal.wire.snapshot().find("accounts", &acme(portal), "MEMBER#");
    rows.into_iter().find(|row| row["sk"]["S"].as_str().is_some_and(|sk| sk.ends_with(&user)))
}

/// The partition of Acme.
pub(crate) fn acme(portal: &TestPortal) -> String {
    let accounts = portal.wire.snapshot().find("accounts", "ACCOUNT#", "ACCOUNT");
    let acme = accounts.into_iter().find(|row| row["n"]["S"] == "C10423").unwrap();
    acme["pk"]["S"].as_str().unwrap().to_owned()
}

/// Makes somebody's login one that Acme made.
pub(crate) fn make_at_home(portal: &TestPortal, email: &str) {
    let people = portal.wire.snapshot().find("accounts", "USER#", "USER");
    let person = people.iter().find(|row| row["m"]["S"] == email).unwrap();
    let acme = acme(portal).trim_start_matches("ACCOUNT#").to_owned();
    portal.update(person, "SET ha = :ha", json!({ ":ha": { "S": acme } }));
}

/// What the letters to somebody say, on one line.
pub(crate) async fn letter(portal: &TestPortal, email: &str) -> String {
    let letters = portal.letters_to(email).await;
    letters.texts().join(" ").replace('\u{2060}', "").split_whitespace().collect::<Vec<_>>().join(" ")
}

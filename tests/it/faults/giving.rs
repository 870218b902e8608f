//! The operations on logins that a team makes, and on contacts, ready to be called.

use serde_json::{Value, json};
use tests::portal::{Caller, TestPortal};

/// Those that change something.
pub(super) const CHANGES: [&str; 6] =
    ["add a member", "give a password", "add a contact", "change a contact", "move a contact", "remove a contact"];

/// The caller of one of these operations, its method and path, and what it sends; none for any other operation.
pub(crate) async fn ready(portal: &TestPortal, operation: &str) -> Option<(Caller, &'static str, String, Value)> {
    let kim = |email: &str| json!({ "email": email, "first_name": "Kim", "last_name": "Gordon", "version": 0 });
    let contacts = "/api/team/contacts".to_owned();
    let (method, path, body) = match operation {
        "add a member" => ("POST", "/api/team/members".to_owned(), crate::given_logins::jane()),
        "give a password" => {
            let added = crate::given_logins::add(&portal.owner().await, crate::given_logins::jane()).await.expect(201);
            ("POST", format!("/api/team/members/{}/password", added.text("/user")), json!({ "password": null }))
        }
        "add a contact" => ("POST", contacts, kim("kim@acme.test")),
        "change a contact" | "move a contact" | "remove a contact" => {
            let added = portal.owner().await.post(&contacts, kim("kay@acme.test")).await.expect(201);
            let path = format!("{contacts}/{}", added.text("/contact"));
            match operation {
                "change a contact" => ("PUT", path, kim("kay@acme.test")),
                "move a contact" => ("PUT", path, kim("kim@acme.test")),
                _ => ("DELETE", path, Value::Null),
            }
        }
        "check a table" => {
            ("POST", "/api/team/invitations/dry-runs".to_owned(), json!({ "csv": "kim@acme.test,Kim,Gordon" }))
        }
        "check a long table" => {
            let csv: String = (0..20).map(|at| format!("kim{at}@acme.test,Kim,Gordon\n")).collect();
            ("POST", "/api/team/invitations/dry-runs".to_owned(), json!({ "csv": csv }))
        }
        _ => return None,
    };
    Some((portal.owner().await, method, path, body))
}

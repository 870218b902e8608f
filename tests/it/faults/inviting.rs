//! The operations on invitations to a team, ready to be called.

use serde_json::{Value, json};
use tests::portal::{Caller, NORA, TestPortal};

use crate::reset::record_fern;
use crate::team_invitations::{INVITATIONS, MINE, acceptance, account_of, invite, invited, wanted};

const UNA: &str = "una@solo.test";

/// The caller of one of these operations, its method and path, and what it sends; none for any other operation.
pub(crate) async fn ready(portal: &TestPortal, operation: &str) -> Option<(Caller, &'static str, String, Value)> {
    let max = match operation {
        "invite a person"
        | "invitations"
        | "send an invitation again"
        | "make a link"
        | "revoke an invitation"
        | "revoke an invitation of who was renamed"
        | "look at an invitation"
        | "accept an invitation"
        | "my invitations"
        | "join an account"
        | "decline an invitation"
        | "invite a member"
        | "ask for reset, invited" => portal.manager().await,
        _ => return None,
    };
    let (caller, method, path, body) = match operation {
        "invite a person" => (max, "POST", INVITATIONS.to_owned(), wanted(NORA)),
        "invite a member" => {
            recorded(portal).await;
            (max, "POST", format!("{}/invitation", crate::team::path(portal, "finn@fern.test")), json!({}))
        }
        "my invitations" | "join an account" | "decline an invitation" => {
            invite(&max, UNA).await.expect(201);
            let (una, one) = (portal.unattached().await, format!("{MINE}/{}", account_of(&max).await));
            match operation {
                "my invitations" => (una, "GET", MINE.to_owned(), Value::Null),
                "join an account" => (una, "PUT", one, json!({})),
                _ => (una, "DELETE", one, Value::Null),
            }
        }
        "ask for reset, invited" => {
            invite(&max, NORA).await.expect(201);
            (portal.stranger(), "POST", "/api/reset/requests".to_owned(), json!({ "name": NORA }))
        }
        _ => {
            let (id, token) = invited(portal, &max, NORA).await;
            let one = format!("{INVITATIONS}/{id}");
            match operation {
                "invitations" => (max, "GET", INVITATIONS.to_owned(), Value::Null),
                "send an invitation again" => (max, "POST", format!("{one}/letters"), json!({})),
                "make a link" => (max, "PUT", format!("{one}/link"), json!({})),
                "look at an invitation" => {
                    (portal.stranger(), "POST", format!("{MINE}/looks"), json!({ "token": token }))
                }
                "accept an invitation" => {
                    (portal.stranger(), "POST", format!("{MINE}/acceptances"), acceptance(&token))
                }
                "revoke an invitation of who was renamed" => {
                    let contacts = portal.wire.snapshot().find("accounts", "ACCOUNT#", "CONTACT#");
                    portal.update(&contacts[0], "SET f = :f", json!({ ":f": { "S": "Norah" } }));
                    (max, "DELETE", one, Value::Null)
                }
                _ => (max, "DELETE", one, Value::Null),
            }
        }
    };
    Some((caller, method, path, body))
}

/// Makes Finn, whom the vendor recorded and who has never signed in, a member of Acme.
pub(crate) async fn recorded(portal: &TestPortal) {
    record_fern(portal).await;
    let stored = portal.wire.snapshot();
    let accounts = stored.find("accounts", "ACCOUNT#", "ACCOUNT");
    let pk = |number: &str| accounts.iter().find(|row| row["n"]["S"] == number).unwrap()["pk"].clone();
    let finn = stored.find("accounts", pk("C10800")["S"].as_str().unwrap(), "MEMBER#");
    let mut finn = finn.into_iter().find(|row| row["m"]["S"] == "finn@fern.test").unwrap();
    finn["pk"] = pk("C10423");
    portal.put("accounts", &finn);
}

//! What `licenses` does about seats.

use serde_json::{Value, json};
use tests::portal::Caller;

use super::Cold;
use crate::seats::{TWELVE, ids, license};

/// Everything that can be done with a license and its seats, by whoever may, and what a member may.
pub(super) async fn everything(cold: &mut Cold, ada: &Caller, mia: &Caller) {
    let path = format!("/api/licenses/{}", license(&cold.portal, TWELVE));
    let people = ids(&cold.portal, &["mia@acme.test", "dora@acme.test", "max@acme.test", "ada@acme.test"]);
    for (caller, path) in [
        (ada, "/api/licenses/summary"),
        (ada, "/api/licenses/summary?sort=end"),
        (ada, "/api/licenses/export"),
        (mia, "/api/licenses/export"),
        (ada, &path),
        (mia, &path),
        (ada, &format!("{path}/seats")),
        (ada, &format!("{path}/candidates")),
    ] {
        assert_eq!(cold.send(Some(caller), "GET", path, Value::Null).await.status, 200, "{path}");
    }
    let (seats, releases, moves) =
        (format!("{path}/seats"), format!("{path}/seats/releases"), format!("{path}/seats/moves"));
    for (method, path, body, status) in [
        ("PUT", &seats, json!({ "users": people[1..3] }), 204),
        ("POST", &moves, json!({ "from": people[1], "to": people[3] }), 204),
        ("POST", &releases, json!({ "users": [people[0], people[3]] }), 204),
        // Refused by the license's own condition: it is looked at again.
        (
            "PUT",
            &format!("/api/licenses/{}/seats", license(&cold.portal, "NLD-PP1A-6C7E-M3NS")),
            json!({ "users": people[..2] }),
            409,
        ),
    ] {
        assert_eq!(cold.send(Some(ada), method, path, body).await.status, status, "{method} {path}");
    }
}

//! Requests to join an account, and proof of a license, as the functions serve them.

use serde_json::{Value, json};
use tests::portal::Caller;

use super::Cold;
use crate::account_claims::id_of;
use crate::proof::{SERIAL, license};

const OTTO: &str = "otto@birch.test";

/// Everything about joining an account: by a member, by strangers, by a serial number that another asked by, and by the
/// vendor's rule, which is on.
pub(super) async fn sign_up(cold: &mut Cold, ada: &Caller, otto: &Caller, una: &Caller, eric: &Caller) {
    const CLAIMS: &str = "/api/sign-up/account-claims";
    for (caller, reference) in [
        (ada, "C10423"),
        (una, "C99999"),
        (una, "ZZZ-7Q4M-X2KP-09TV"),
        (una, "C20010"),
        (una, "NLR-3B8C-YY2T-K5RW"),
        (otto, "NLR-3B8C-YY2T-K5RW"),
        (eric, SERIAL),
    ] {
        let asked = cold.send(Some(caller), "POST", CLAIMS, json!({ "reference": reference })).await;
        assert_eq!(asked.status, 202, "{reference}");
    }
    assert_eq!(cold.send(Some(una), "GET", CLAIMS, Value::Null).await.status, 200);
    assert_eq!(cold.send(Some(ada), "GET", "/api/sign-up/claimants", Value::Null).await.status, 200);
    let path = |email| format!("/api/sign-up/claimants/{}", id_of(&cold.portal, email));
    let (verified, refused) = (path("una@solo.test"), path(OTTO));
    assert_eq!(cold.send(Some(ada), "PUT", &verified, json!({})).await.status, 204);
    assert_eq!(cold.send(Some(ada), "DELETE", &refused, Value::Null).await.status, 204);
}

/// Everything about answering invitations: by somebody new, and by somebody with a login who says yes to one account and
/// no to another.
pub(super) async fn invitations(cold: &mut Cold, una: &Caller, accounts: &[String; 2], token: &str) {
    use crate::team_invitations::{MINE, acceptance};
    let look = json!({ "token": token });
    assert_eq!(cold.send(None, "POST", &format!("{MINE}/looks"), look).await.status, 200);
    assert_eq!(cold.send(None, "POST", &format!("{MINE}/acceptances"), acceptance(token)).await.status, 200);
    assert_eq!(cold.send(Some(una), "GET", MINE, Value::Null).await.status, 200);
    let [yes, no] = accounts.each_ref().map(|account| format!("{MINE}/{account}"));
    assert_eq!(cold.send(Some(una), "PUT", &yes, json!({})).await.status, 200);
    assert_eq!(cold.send(Some(una), "DELETE", &no, Value::Null).await.status, 204);
}

/// The file of a license, its key, which nobody has made yet, and the public check.
pub(super) async fn proof(cold: &mut Cold, ada: &Caller) {
    let file = format!("/api/licenses/{}/file", license(&cold.portal, SERIAL));
    assert_eq!(cold.send(Some(ada), "GET", &file, Value::Null).await.status, 200);
    for path in ["/api/licenses/keys".to_owned(), format!("/api/licenses/check?serial={SERIAL}")] {
        assert_eq!(cold.send(None, "GET", &path, Value::Null).await.status, 200, "{path}");
    }
}

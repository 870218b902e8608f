//! The callers of the matrix, each in front of a portal of their own.

use serde_json::json;
use tests::portal::{Caller, Factor, GOOD, TestPortal};
use tests::wire::{Kept, Snapshot};

/// A caller, and the portal it stands in front of.
pub(super) struct Standing {
    pub(super) portal: TestPortal,
    /// Whose cookies are the same in each call.
    pub(super) caller: Caller,
    /// Their second factor, where they have one; its first code is used up.
    pub(super) factor: Option<Factor>,
    /// Who it is, or was.
    pub(super) email: &'static str,
    pub(super) first_name: String,
    pub(super) last_name: String,
    /// The customer number of the account it works in, or worked in.
    pub(super) account: &'static str,
    /// Everything as it stood before the first call.
    pub(super) kept: Kept,
    /// The same, to compare with.
    pub(super) before: Snapshot,
}

impl Standing {
    pub(super) async fn of(portal: TestPortal, caller: Caller, email: &'static str, account: &'static str) -> Self {
        // What is due goes out first, so that the newest letter is that of the call.
        portal.dispatch().await;
        let people = portal.wire.snapshot().find("accounts", "USER#", "USER");
        let row = people.iter().find(|row| row["m"]["S"] == email).unwrap_or_else(|| panic!("nobody is {email}"));
        let name = |field: &str| row[field]["S"].as_str().unwrap().to_owned();
        let (first_name, last_name) = (name("f"), name("n"));
        let (kept, before) = (portal.wire.keep(), portal.wire.snapshot());
        Self { portal, caller, factor: None, email, first_name, last_name, account, kept, before }
    }

    /// The id of the account with that number.
    pub(super) fn id_of(&self, number: &str) -> String {
        account_row(&self.portal, number)["i"]["S"].as_str().unwrap().to_owned()
    }

    /// The code the caller's app shows, as long as they use no other.
    pub(super) fn code(&self) -> Option<String> {
        self.factor.as_ref().map(|factor| factor.app.code_beside(self.portal.clock.now(), 1))
    }

    /// The same person, signed in once more.
    pub(super) async fn again(&self) -> Caller {
        let caller = self.portal.stranger();
        let code = self.code().unwrap_or_default();
        caller.post("/api/session", json!({ "name": self.email, "password": GOOD, "code": code })).await.expect(200);
        caller
    }

    /// A member of an account that is none of the caller's.
    pub(super) fn elsewhere(&self) -> &'static str {
        match (self.account, self.email) {
            ("C20010", _) => "mia@acme.test",
            // Who acts on an account and is of another.
            (_, "pete@orion.test") => "sam@sunk.test",
            _ => "pete@orion.test",
        }
    }
}

pub(crate) fn account_row(portal: &TestPortal, number: &str) -> serde_json::Value {
    let rows = portal.wire.snapshot().find("accounts", "ACCOUNT#", "ACCOUNT");
    rows.into_iter().find(|row| row["n"]["S"] == number).unwrap_or_else(|| panic!("no account {number}"))
}

pub(super) async fn outside(who: &str) -> Standing {
    const VERA: &str = "vera@acme.test";
    let portal = TestPortal::new().await;
    if who == "unattached" {
        let caller = portal.unattached().await;
        return Standing::of(portal, caller, "una@solo.test", "C10423").await;
    }
    let caller = match who {
        "stranger" => portal.stranger(),
        "forged" => {
            let caller = portal.stranger();
            let good = portal.owner().await.cookie("__Host-portico").unwrap();
            caller.set_cookie("__Host-portico", &format!("{}AAAA", &good[..good.len() - 4]));
            caller
        }
        "signed_out" => {
            let caller = portal.viewer().await;
            caller.again().delete("/api/session").await.expect(204);
            caller
        }
        "timed_out" => {
            let caller = portal.viewer().await;
            portal.clock.advance_secs(31 * 60);
            caller
        }
        "removed" | "deactivated" => {
            let caller = portal.viewer().await;
            if who == "removed" {
                portal.remove(VERA).await
            } else {
                portal.deactivate(VERA).await
            }
            caller
        }
        other => panic!("no such caller: {other}"),
    };
    Standing::of(portal, caller, VERA, "C10423").await
}

pub(super) async fn inside(email: &'static str, state: &str) -> Standing {
    let portal = TestPortal::new().await;
    let account = match email.rsplit('@').next() {
        Some("acme.test") => "C10423",
        Some("birch.test") => "C10500",
        _ => "C20010",
    };
    let caller = portal.sign_in(email).await;
    match state {
        "active" => {}
        "factorless" => {
            portal.update(&account_row(&portal, account), "SET sf = :on", json!({ ":on": { "BOOL": true } }));
        }
        status => portal.set_status(account, status).await,
    }
    Standing::of(portal, caller, email, account).await
}

/// One of the vendor's people at the console, or, without a second factor, before its door.
pub(super) async fn at_console(email: &'static str, has_factor: bool) -> Standing {
    let portal = TestPortal::new().await;
    if !has_factor {
        let caller = portal.sign_in(email).await;
        return Standing::of(portal, caller, email, "C10423").await;
    }
    let (caller, factor) = portal.at_console(email).await;
    let standing = Standing::of(portal, caller, email, "C10423").await;
    Standing { factor: Some(factor), ..standing }
}

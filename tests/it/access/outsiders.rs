//! Those who act in an account and do not belong to it: a partner's people on a customer of theirs, and guests. What they
//! get is in `access-outsiders.toml`.

use serde_json::{Value, json};
use tests::portal::{Caller, GOOD, TestPortal};
use tests::source::read;

use super::Matrix;
use super::callers::{Standing, account_row};
use crate::seats::ids;

pub(super) const PETE: &str = "pete@orion.test";
const SAM: &str = "sam@sunk.test";

/// Everyone the file knows: those that it calls `partners`, and guests.
pub(super) const PARTNERS: [&str; 6] =
    ["partner", "factorless_partner", "guests_only", "suspended_customer", "closed_customer", "not_theirs"];
pub(super) const GUESTS: [&str; 4] = ["guest", "guest_manager", "guest_ended", "partners_guest"];

/// What is written of them.
pub(super) struct Outsiders(toml::Table);

impl Outsiders {
    pub(super) fn read() -> Self {
        Self(read("tests/it/access-outsiders.toml").parse().unwrap())
    }

    /// The classes that a row is in; there is one.
    pub(super) fn classes(&self, row: &str) -> Vec<&str> {
        let operation = row.split(' ').take(2).collect::<Vec<_>>().join(" ");
        let path = operation.split(' ').nth(1).unwrap_or_default();
        let listed = |class: &toml::Value, key: &str, fits: &dyn Fn(&str) -> bool| {
            let list = class.get(key).and_then(toml::Value::as_array).into_iter().flatten();
            list.filter_map(toml::Value::as_str).any(fits)
        };
        let holds = |class: &toml::Value| {
            listed(class, "operations", &|name| name == operation || name == row)
                || listed(class, "areas", &|area| path.starts_with(area))
        };
        self.0.iter().filter(|(_, class)| holds(class)).map(|(name, _)| name.as_str()).collect()
    }

    /// What somebody gets of a row.
    pub(super) fn expected<'m>(&'m self, matrix: &'m Matrix, row: &str, who: &str) -> &'m str {
        let is_partner = PARTNERS.contains(&who);
        let lines = |table: &'m toml::Value| {
            let group = || if is_partner { table.get("partners") } else { None };
            table.get(who).or_else(group).or_else(|| table.get("all"))?.as_str()
        };
        let exception = self.0["exceptions"].get(row).and_then(lines);
        let class = || self.0.get(*self.classes(row).first()?).and_then(lines);
        let says = exception.or_else(class).unwrap_or_else(|| panic!("nobody wrote what {who} gets of {row}"));
        match says.strip_prefix("as ") {
            Some(role) => matrix.expected(row, "active", role),
            None => says,
        }
    }

    /// Every operation that is named, and every row with an exception.
    pub(super) fn named(&self) -> Vec<&str> {
        let lists = self.0.values().filter_map(|class| class.get("operations")?.as_array()).flatten();
        let exceptions = self.0["exceptions"].as_table().into_iter().flatten().map(|(row, _)| row.as_str());
        lists.filter_map(toml::Value::as_str).chain(exceptions).collect()
    }
}

/// Makes somebody a guest of an account for so many seconds, past the portal, who may view orders: whoever looks after it
/// is who they come from.
pub(crate) fn let_in(portal: &TestPortal, email: &str, number: &str, (role, seconds): (&str, i64)) {
    let user = ids(portal, &[email]).remove(0);
    let stored = portal.wire.snapshot();
    let account = account_row(portal, number);
    let home = account["pa"]["S"].as_str().expect("an account with a partner");
    let home = stored.find("accounts", &format!("ACCOUNT#{home}"), "ACCOUNT").remove(0);
    let id = account["i"]["S"].as_str().unwrap();
    let text = |text: String| json!({ "S": text });
    let until = portal.clock.now().as_millisecond() + seconds * 1_000;
    let mut row = stored.find("accounts", home["pk"]["S"].as_str().unwrap(), &format!("MEMBER#{user}")).remove(0);
    let mut copy = stored
        .find("accounts", &format!("USER#{user}"), &format!("MEMBER#{}", home["i"]["S"].as_str().unwrap()))
        .remove(0);
    for place in [&mut row, &mut copy] {
        place["r"] = text(role.to_owned());
        place["p"] = json!({ "L": [{ "S": "view_orders" }] });
        place["gh"] = home["i"].clone();
        place["gn"] = home["na"].clone();
        place["gu"] = json!({ "N": until.to_string() });
    }
    row["pk"] = text(format!("ACCOUNT#{id}"));
    row["e"] = text(format!("guests#{}", row["s"]["S"].as_str().unwrap()));
    copy["sk"] = text(format!("MEMBER#{id}"));
    for field in ["na", "n", "k"] {
        copy[field] = account[field].clone();
    }
    portal.put("accounts", &row);
    portal.put("accounts", &copy);
}

/// Makes one account the partner of another, as the import does.
pub(crate) fn link(portal: &TestPortal, number: &str, partner: &str) {
    let values = json!({ ":pa": account_row(portal, partner)["i"], ":px": { "S": "automatic" } });
    portal.update(&account_row(portal, number), "SET pa = :pa, px = :px", values);
}

/// Somebody who has switched into an account as its guest, as the portal has them do it (R512).
pub(crate) async fn switched(portal: &TestPortal, email: &str, number: &str) -> Caller {
    let caller = portal.sign_in(email).await;
    let id = account_row(portal, number)["i"]["S"].clone();
    caller.put("/api/session/account", json!({ "account_id": id, "password": GOOD })).await.expect(200);
    caller
}

/// One of them, in front of a portal of their own.
pub(super) async fn outsider(who: &str) -> Standing {
    let portal = TestPortal::new().await;
    if let Some(state) = ["suspended", "closed"].into_iter().find(|state| who.starts_with(state)) {
        portal.set_status("C10423", state).await;
    }
    // Somebody who works elsewhere is needed, whatever becomes of Acme.
    portal.update(&account_row(&portal, "C10600"), "SET st = :v REMOVE w", json!({ ":v": { "S": "active" } }));
    let acme = account_row(&portal, "C10423");
    let set = |change: &str, value: Value| portal.update(&acme, change, json!({ ":v": value }));
    match who {
        "guests_only" => set("SET px = :v", json!({ "S": "guests_only" })),
        "factorless_partner" => set("SET sf = :v", json!({ "BOOL": true })),
        _ => {}
    }
    let (caller, email, account) = match who {
        "guest" | "guest_manager" | "guest_ended" => {
            let role = if who == "guest_manager" { "manager" } else { "member" };
            let_in(&portal, PETE, "C10423", (role, 600));
            let caller = switched(&portal, PETE, "C10423").await;
            if who == "guest_ended" {
                portal.clock.advance_secs(601);
            }
            (caller, PETE, "C10423")
        }
        "partners_guest" => {
            link(&portal, "C20010", "C10600");
            let_in(&portal, SAM, "C20010", ("member", 600));
            // As plain a member as Pete is.
            let place = ids(&portal, &[SAM]).remove(0);
            let orion = account_row(&portal, "C20010");
            let place = json!({ "pk": orion["pk"], "sk": { "S": format!("MEMBER#{place}") } });
            portal.update(&place, "REMOVE p", json!({}));
            (switched(&portal, SAM, "C20010").await, SAM, "C20010")
        }
        _ => {
            let number = if who == "not_theirs" { "C10500" } else { "C10423" };
            let id = account_row(&portal, number)["i"]["S"].as_str().unwrap().to_owned();
            (portal.sign_in(PETE).await.on_customer(&id), PETE, number)
        }
    };
    Standing::of(portal, caller, email, account).await
}

//! Counts memberships anew, and compares them with what is counted along.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use tests::portal::TestPortal;

/// In every account: one owner, who is the one the account names, and at work; as many members as have a copy of their
/// own; who is linked has a copy that says the same, and who is not has none; and its seats agree.
pub(crate) fn agree(portal: &TestPortal) {
    let stored = portal.wire.snapshot();
    let text = |value: &Value| value["S"].as_str().unwrap_or_default().to_owned();
    let mut places = BTreeMap::new();
    for row in stored.find("accounts", "ACCOUNT#acc_", "MEMBER#") {
        let (account, user) = (text(&row["pk"]).replace("ACCOUNT#", ""), text(&row["sk"]).replace("MEMBER#", ""));
        places.insert((account, user), row);
    }
    let mut copies = BTreeMap::new();
    for row in stored.find("accounts", "USER#usr_", "MEMBER#") {
        let (user, account) = (text(&row["pk"]).replace("USER#", ""), text(&row["sk"]).replace("MEMBER#", ""));
        copies.insert((account, user), row);
    }
    let linked: BTreeSet<_> =
        places.iter().filter(|(_, row)| text(&row["st"]) != "unlinked").map(|(key, _)| key.clone()).collect();
    assert_eq!(linked, copies.keys().cloned().collect(), "a copy for each who is linked");
    for (key, copy) in &copies {
        for what in ["r", "p", "st", "g"] {
            let said = |row: &Value| if row[what] == json!({ "L": [] }) { Value::Null } else { row[what].clone() };
            assert_eq!(said(copy), said(&places[key]), "{key:?}: {what} of the copy");
        }
    }
    for account in stored.find("accounts", "ACCOUNT#acc_", "ACCOUNT") {
        let id = text(&account["i"]);
        let counted: usize = account["m"]["N"].as_str().unwrap().parse().unwrap();
        let belongs = |key: &&(String, String)| key.0 == id && places[*key]["gh"].is_null();
        assert_eq!(linked.iter().filter(belongs).count(), counted, "{id}: as many as are counted; guests are not");
        let owners: Vec<_> = places.iter().filter(|((of, _), row)| *of == id && text(&row["r"]) == "owner").collect();
        assert_eq!(owners.len(), 1, "{id}: one owner");
        let ((_, owner), row) = owners[0];
        assert_eq!((owner, text(&row["st"]).as_str()), (&text(&account["o"]), "active"), "{id}: the one it names");
    }
    crate::seats::agree(portal);
}

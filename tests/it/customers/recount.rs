//! Puts together anew what every partner's lists should show, from the accounts, their members and licenses alone, and
//! compares it with what they show.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use tests::portal::TestPortal;
use tests::wire::Snapshot;

/// What a row says: name, state, access, people, products, their number, and the next renewal.
type Said = (String, String, String, String, Vec<String>, String, String);

fn text(value: &Value) -> String {
    value["S"].as_str().unwrap_or_default().to_owned()
}

/// The lists say what the accounts say, each row stands where lists look for it, and no job is left.
#[track_caller]
pub(crate) fn lists_agree(portal: &TestPortal) {
    let stored = portal.wire.snapshot();
    assert!(stored.find("accounts", "JOBS", "").is_empty(), "nothing is left to do");
    let (wanted, listed) = (wanted(&stored), listed(&stored));
    let wrong: Vec<_> = wanted.iter().filter(|(key, said)| listed.get(key) != Some(said)).collect();
    assert!(wrong.is_empty(), "{wrong:#?} are not as wanted in {listed:#?}");
    let strange: Vec<_> = listed.keys().filter(|key| !wanted.contains_key(key)).collect();
    assert!(strange.is_empty(), "nobody's rows: {strange:?}");
}

fn listed(stored: &Snapshot) -> BTreeMap<(String, String), Said> {
    let rows = stored.find("accounts", "CUSTOMERS#", "");
    let said = |row: &Value| {
        let products = row["ps"]["L"].as_array().cloned().unwrap_or_default();
        (
            text(&row["na"]),
            text(&row["st"]),
            text(&row["x"]),
            row["m"]["N"].as_str().unwrap().to_owned(),
            products.iter().map(text).collect(),
            row["pn"]["N"].as_str().unwrap().to_owned(),
            text(&row["re"]),
        )
    };
    for row in &rows {
        let name = domain::fold::fold(&text(&row["na"]));
        let number = text(&row["sk"]);
        let end = Some(text(&row["re"])).filter(|end| !end.is_empty()).unwrap_or_else(|| "~".to_owned());
        let (by_name, by_end, state) = (format!("{name}\t{number}"), format!("{end}\t{number}"), text(&row["st"]));
        let places = ["s", "e", "em", "seen"].map(|place| text(&row[place]));
        assert_eq!(
            places,
            [by_name.clone(), by_end.clone(), format!("{state}#{by_name}"), format!("{state}#{by_end}")]
        );
    }
    rows.iter().map(|row| ((text(&row["pk"]), text(&row["sk"])), said(row))).collect()
}

fn wanted(stored: &Snapshot) -> BTreeMap<(String, String), Said> {
    let passed = stored.find("accounts", "HOUSEKEEPING", "RENEWED").pop().map(|row| text(&row["d"]));
    let mut wanted = BTreeMap::new();
    for account in stored.find("accounts", "ACCOUNT#", "ACCOUNT") {
        let (partner, id) = (text(&account["pa"]), text(&account["i"]));
        if partner.is_empty() {
            continue;
        }
        let (number, name, state) = (text(&account["n"]), text(&account["na"]), text(&account["st"]));
        let all = (format!("CUSTOMERS#{partner}"), number.clone());
        let guests_only = text(&account["px"]) == "guests_only"
            || account["fe"]["M"]["guests_only"]["BOOL"].as_bool().unwrap_or_default();
        if guests_only {
            let nothing = ("0".to_owned(), Vec::new(), "0".to_owned(), String::new());
            wanted.insert(all, (name, state, "guests_only".to_owned(), nothing.0, nothing.1, nothing.2, nothing.3));
            continue;
        }
        let products = products(stored, &id);
        let people = people(stored, &id).to_string();
        let codes: Vec<_> = products.keys().take(5).cloned().collect();
        let row = |ends: BTreeSet<String>| {
            let to_come = ends.iter().find(|end| passed.as_ref().is_none_or(|passed| *end > passed));
            let next = to_come.or(ends.last()).cloned().unwrap_or_default();
            let (name, state, people) = (name.clone(), state.clone(), people.clone());
            (name, state, "automatic".to_owned(), people, codes.clone(), products.len().to_string(), next)
        };
        wanted.insert(all, row(products.values().flatten().cloned().collect()));
        for (product, ends) in &products {
            wanted.insert((format!("CUSTOMERS#{partner}#{product}"), number.clone()), row(ends.clone()));
        }
    }
    wanted
}

/// The days on which its licenses end, by product, without those for demonstration.
fn products(stored: &Snapshot, account: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut products: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for license in stored.find("accounts", &format!("LICENSES#{account}"), "LICENSE#") {
        if license["x"]["S"].is_string() || license["ty"]["S"] == "demo" {
            continue;
        }
        let ends = products.entry(text(&license["p"])).or_default();
        ends.extend(text(&license["e"]).split('#').next().filter(|end| !end.is_empty()).map(str::to_owned));
    }
    products
}

/// Its members: neither guests nor whoever was taken out.
fn people(stored: &Snapshot, account: &str) -> usize {
    let members = stored.find("accounts", &format!("ACCOUNT#{account}"), "MEMBER#");
    members.iter().filter(|row| row["st"]["S"] != "unlinked" && row["gh"].is_null()).count()
}

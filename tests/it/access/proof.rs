//! Proof that a license is one.

use serde_json::Value;

use super::Standing;
use crate::proof::{SERIAL, license};

/// A license of each account that callers work in, and the one of Birch for those of others.
const OF: [(&str, &str); 3] = [("C10423", SERIAL), ("C10500", "NLD-8QJZ-N3KP-RT0V"), ("C20010", "NLD-D3M0-C7XQ-4WEE")];

/// Path and body of a row about proof.
pub(super) fn call(standing: &Standing, row: &str) -> (String, Value) {
    let mut words = row.split(' ').skip(1);
    let (path, own) = (words.next().unwrap_or_default(), standing.account);
    let foreign = if own == "C10500" { "C10423" } else { "C10500" };
    let of = |number: &str| {
        let serial = OF.iter().find(|(known, _)| *known == number).map_or(SERIAL, |(_, serial)| serial);
        path.replace("{id}", &license(&standing.portal, serial))
    };
    let path = match words.next() {
        Some("own") => of(own),
        Some("foreign") => of(foreign),
        Some(_) => path.replace("{id}", "lic_01jd0x5m2nfe4r8v0t6w9y2zab"),
        None if path.ends_with("/check") => format!("{path}?serial={SERIAL}"),
        None => path.to_owned(),
    };
    (path, Value::Null)
}

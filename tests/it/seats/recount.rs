//! Counts everything anew, and compares it with what is counted along.

use std::collections::BTreeMap;

use serde_json::Value;
use tests::portal::TestPortal;

/// Every license has as many seats in use as there are rows of seats, no more than bought; each seat has both of its
/// rows; every summary is the sum of its licenses (I3); and of each member as many seats are counted as they have.
pub(crate) fn agree(portal: &TestPortal) {
    let stored = portal.wire.snapshot();
    let number = |value: &Value| value["N"].as_str().unwrap().parse::<i64>().unwrap();
    let text = |value: &Value| value["S"].as_str().unwrap_or_default().to_owned();
    let mut sums: BTreeMap<(String, String), [i64; 3]> = BTreeMap::new();
    let (mut seats, mut all) = (0, 0);
    for row in stored.find("accounts", "LICENSES#", "LICENSE#") {
        let account = text(&row["pk"]).trim_start_matches("LICENSES#").to_owned();
        let id = text(&row["sk"]).trim_start_matches("LICENSE#").to_owned();
        let mine = stored.find("accounts", &format!("ASSIGNED#{account}#"), &id);
        let mut holders: Vec<_> =
            mine.iter().map(|row| text(&row["pk"]).rsplit('#').next().unwrap().to_owned()).collect();
        let among = stored.find("accounts", &format!("SEATS#{account}#{id}"), "");
        let mut listed: Vec<_> = among.iter().map(|row| text(&row["sk"])).collect();
        holders.sort_unstable();
        listed.sort_unstable();
        assert_eq!(holders, listed, "{id}: both rows of each seat");
        let (used, total) = (number(&row["u"]), number(&row["t"]));
        assert_eq!(i64::try_from(listed.len()).unwrap(), used, "{id}: as many seats as are counted");
        assert!((0..=total).contains(&used), "{id}: {used} of {total}");
        seats += listed.len();
        all += 1;
        if row["x"]["S"].is_null() {
            let end = text(&row["e"]).split('#').next().filter(|end| !end.is_empty()).unwrap_or("never").to_owned();
            let group = format!("{}#{}#{end}", text(&row["p"]), text(&row["ty"]));
            let sum = sums.entry((account, group)).or_default();
            *sum = [sum[0] + 1, sum[1] + total, sum[2] + used];
        }
    }
    assert!(all > 0);
    assert_eq!(stored.find("accounts", "SEATS#acc", "").len(), seats, "no seat without a license");
    assert_eq!(stored.find("accounts", "ASSIGNED#", "").len(), seats, "no seat without a license");
    for row in stored.find("accounts", "ACCOUNT#", "MEMBER#") {
        let (account, user) = (text(&row["pk"]).replace("ACCOUNT#", ""), text(&row["sk"]).replace("MEMBER#", ""));
        let held = stored.find("accounts", &format!("ASSIGNED#{account}#{user}"), "").len();
        assert_eq!(i64::try_from(held).unwrap(), number(&row["li"]), "{user}: as many seats as are counted");
    }
    let mut counted = BTreeMap::new();
    for row in stored.find("accounts", "SUMMARY#", "") {
        let key = (text(&row["pk"]).trim_start_matches("SUMMARY#").to_owned(), text(&row["sk"]));
        let sum = [number(&row["n"]), number(&row["t"]), number(&row["u"])];
        if sum == [0, 0, 0] {
            continue;
        }
        counted.insert(key, sum);
    }
    assert_eq!(counted, sums, "the summaries are the sums");
}

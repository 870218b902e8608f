//! Teams of every size: a page costs what a page costs.

use domain::{UserId, fold::fold};
use serde_json::json;
use tests::portal::{Caller, TestPortal};

use super::PEOPLE;
use crate::seats::ids;

/// Gives Acme so many people more, past the portal, as many in each group: rows as it writes them. Half of them stand
/// before everybody else by name and address, half behind.
pub(crate) fn crowd(portal: &TestPortal, count: u64) {
    let mia = ids(portal, &["mia@acme.test"]).remove(0);
    let model = portal.wire.snapshot().find("accounts", "ACCOUNT#", &format!("MEMBER#{mia}")).swap_remove(0);
    for n in 0..count {
        let (group, role, status, login) = match n % 5 {
            0 => ("managers", "manager", "active", "active"),
            1 => ("members", "member", "active", "active"),
            2 => ("invited", "member", "active", "invited"),
            3 => ("contacts", "", "", ""),
            _ => ("inactive", "member", "deactivated", "active"),
        };
        let mut random = [0; 10];
        random[2..].copy_from_slice(&n.to_be_bytes());
        let user = UserId::new(portal.clock.now(), random).to_string();
        let (half, number) = (if n / 5 % 2 == 0 { "Aa" } else { "Zz" }, format!("{n:06}"));
        let id = if role.is_empty() { user.replace("usr_", "con_") } else { user };
        let kind = if role.is_empty() { "CONTACT" } else { "MEMBER" };
        let email = format!("{}@crowd{number}.test", half.to_lowercase());
        let name = format!("{}\t{id}", fold(&format!("{half} Number {number}")));
        let mut row = model.clone();
        for (attribute, value) in [
            ("sk", format!("{kind}#{id}")),
            ("f", format!("Number {number}")),
            ("n", half.to_owned()),
            ("m", email.clone()),
            ("s", name.clone()),
            ("e", format!("{group}#{name}")),
            ("em", format!("{email}\t{id}")),
            ("seen", format!("{:015}", n * 1_000)),
            ("r", role.to_owned()),
            ("st", status.to_owned()),
            ("us", login.to_owned()),
        ] {
            row[attribute] = json!({ "S": value });
        }
        row["li"] = json!({ "N": "0" });
        let row_of = row.as_object_mut().unwrap();
        if group == "inactive" {
            row_of.remove("s");
        }
        if group == "contacts" {
            row_of.retain(|attribute, _| !["r", "st", "us", "g", "seen", "li", "sg"].contains(&attribute.as_str()));
        }
        portal.put("accounts", &row);
    }
}

/// The list so many pages on.
async fn deep(by: &Caller, list: &str, pages: usize) -> String {
    let mut path = list.to_owned();
    for _ in 0..pages {
        let next = by.get(&path).await.expect(200).text("/next").to_owned();
        path = format!("{list}&cursor={next}");
    }
    path
}

/// What a page costs: calls, how deep, read units.
type Cost = (usize, usize, f64);

/// What this page costs.
async fn page(portal: &TestPortal, by: &Caller, path: &str, is_full: bool) -> Cost {
    let (reply, calls) = portal.wire.record_depth(1, async |_| by.get(path).await).await;
    let shown = reply.expect(200).json["items"].as_array().unwrap().len();
    assert!(shown == 50 || !is_full, "{path}: {shown}");
    (calls.count(), calls.depth(), calls.read_units())
}

const QUERIES: [&str; 14] = [
    "sort=name",
    "sort=-name",
    "sort=last_sign_in",
    "sort=-last_sign_in",
    "search=aa",
    "search=zz&sort=-name",
    "search=aa%40crowd",
    "search=zz%40crowd&sort=-name",
    "group=managers",
    "group=members&sort=-name",
    "group=invited",
    "group=contacts",
    "group=inactive",
    "group=inactive&search=zz",
];

/// Of each query, what the first page costs, and one so many pages on.
async fn costs(portal: &TestPortal, pages: usize) -> Vec<(&'static str, Cost, Cost)> {
    let ada = portal.owner().await;
    let mut costs = Vec::new();
    for query in QUERIES {
        let list = format!("{PEOPLE}?{query}");
        let far = deep(&ada, &list, pages).await;
        let mut both = Vec::new();
        for path in [&list, &far] {
            both.push(page(portal, &ada, path, pages > 0).await);
        }
        costs.push((query, both[0], both[1]));
    }
    costs
}

async fn with_people(count: u64) -> TestPortal {
    let portal = TestPortal::new().await;
    crowd(&portal, count);
    portal
}

/// R302, R307
#[tokio::test]
async fn a_page_costs_the_same_in_a_team_of_a_thousand_and_of_ten_thousand_and_less_in_one_of_ten() {
    let ten = costs(&with_people(10).await, 0).await;
    let thousand = costs(&with_people(1_000).await, 1).await;
    let many = costs(&with_people(10_000).await, 8).await;
    assert_eq!(thousand, many);
    for ((query, few, _), (_, first, far)) in ten.iter().zip(&many) {
        assert_eq!((few.0, few.1), (first.0, first.1), "{query}");
        assert!(few.2 <= first.2, "{query}: {few:?} {first:?}");
        assert_eq!((first.1, far.1), (1, 1), "{query}: one round trip");
    }
}

//! Accounts of every size: none, one, fifty, a hundred thousand licenses. A page costs what a page costs.

use std::collections::BTreeMap;
use std::io::Write as _;

use domain::{Date, LicenseId, OrderId, SignedDuration};
use serde_json::{Value, json};
use tests::portal::{Caller, TestPortal};
use tests::wire::Calls;

use crate::seats::{Seats, TWELVE, license_row};

/// Numbers that look drawn, the same at each run (splitmix64, Steele et al. 2014).
fn drawn(n: u64) -> u64 {
    let z = n.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Gives Acme so many licenses more, past the portal: rows as it writes them, and their summary. An import of 100,000
/// would take minutes.
pub(crate) fn licenses(portal: &TestPortal, count: u64) {
    let model = license_row(portal, TWELVE);
    let account = model["pk"]["S"].as_str().unwrap().trim_start_matches("LICENSES#").to_owned();
    let first = Date::constant(2016, 1, 4);
    let mut groups: BTreeMap<(usize, Date), u64> = BTreeMap::new();
    for n in 0..count {
        let chance = drawn(n + 1);
        let day =
            first.checked_add(SignedDuration::from_hours(24 * i64::try_from(n * 3_000 / count).unwrap())).unwrap();
        let mut random = [0; 10];
        random[..8].copy_from_slice(&chance.to_be_bytes());
        let id = LicenseId::of(OrderId::of_day(day, random), 1 + u16::try_from(n % 9).unwrap());
        let product = usize::try_from(chance % 7).unwrap();
        let end =
            first.checked_add(SignedDuration::from_hours(24 * (3_700 + i64::try_from(chance % 400).unwrap()))).unwrap();
        *groups.entry((product, end)).or_default() += 1;
        let serial = format!("NLX-{:04X}-{n:08X}", chance & 0xffff);
        let mut row = model.clone();
        for (name, value) in [
            ("sk", format!("LICENSE#{id}")),
            ("sn", serial.clone()),
            ("s", serial.replace('-', "")),
            ("p", format!("NL{product}")),
            ("pn", format!("Northlight {product}")),
            ("ty", "subscription".to_owned()),
            ("b", day.to_string()),
            ("e", format!("{end}#{id}")),
            ("on", format!("SO-{}", 50_000 + n / 9)),
            ("od", day.to_string()),
        ] {
            row[name] = json!({ "S": value });
        }
        (row["u"], row["t"]) = (json!({ "N": "0" }), json!({ "N": (1 + chance % 40).to_string() }));
        portal.put("accounts", &row);
    }
    for ((product, end), licenses) in groups {
        let key = format!("NL{product}#subscription#{end}");
        portal.put(
            "accounts",
            &json!({
                "pk": { "S": format!("SUMMARY#{account}") }, "sk": { "S": key }, "e": { "S": format!("{end}#{key}") },
                "pn": { "S": format!("Northlight {product}") }, "v": { "N": "1" }, "u": { "N": "0" },
                "n": { "N": licenses.to_string() }, "t": { "N": (licenses * 20).to_string() },
            }),
        );
    }
}

/// A portal whose Acme has so many licenses beside the four that every test has.
async fn with_licenses(count: u64) -> TestPortal {
    let portal = TestPortal::new().await;
    licenses(&portal, count);
    portal
}

/// What a page costs: calls, how deep, read units and write units.
fn cost(calls: &Calls) -> (usize, f64, f64) {
    (calls.count(), calls.read_units(), calls.write_units())
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

async fn costs(portal: &TestPortal, pages: usize) -> Vec<(String, (usize, f64, f64))> {
    let ada = portal.owner().await;
    let mut costs = Vec::new();
    for sort in ["-order", "order", "end"] {
        let list = format!("/api/licenses?sort={sort}&limit=10");
        let far = deep(&ada, &list, pages).await;
        for (name, path) in [("first", &list), ("deep", &far)] {
            let (reply, calls) = portal.wire.record(ada.get(path)).await;
            assert_eq!(reply.expect(200).json["items"].as_array().unwrap().len(), 10, "{path}");
            costs.push((format!("{name} page by {sort}"), cost(&calls)));
        }
    }
    for path in [format!("/api/licenses?serial={TWELVE}"), "/api/licenses/summary".to_owned()] {
        let (reply, calls) = portal.wire.record(ada.get(&path)).await;
        assert!(!reply.expect(200).json["items"].as_array().unwrap().is_empty());
        costs.push((path, cost(&calls)));
    }
    let seats = Seats::of(portal, TWELVE);
    let (given, calls) = portal.wire.record(seats.assign(&ada, &["dora@acme.test"])).await;
    given.expect(204);
    costs.push(("a seat".to_owned(), cost(&calls)));
    costs
}

/// R401, R402, R403
#[tokio::test]
async fn a_page_a_serial_a_summary_and_a_seat_cost_the_same_with_few_and_with_a_hundred_thousand_licenses() {
    // Four more stand in each list; enough that a first and a deep page are full in both, and the summary's too.
    let few = costs(&with_licenses(96).await, 3).await;
    let many = costs(&with_licenses(100_000).await, 60).await;
    assert_eq!(few, many);
}

/// R401
#[tokio::test]
async fn a_page_of_fifty_weighs_at_most_12_kb() {
    let portal = with_licenses(200).await;
    let ada = portal.owner().await;
    for path in ["/api/licenses", "/api/licenses?sort=end", "/api/licenses/summary"] {
        let page = ada.get(path).await.expect(200);
        assert_eq!(page.json["items"].as_array().unwrap().len(), 50, "{path}");
        assert_eq!(page.header("content-encoding"), "", "this caller asked for none");
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(6));
        gzip.write_all(&page.bytes).unwrap();
        let weight = gzip.finish().unwrap().len();
        assert!(weight <= 12_000, "{path}: {weight} bytes");
    }
}

/// R401, R402
#[tokio::test]
async fn no_license_one_and_fifty_are_listed_whole() {
    for count in [0_u64, 1, 50] {
        let portal = TestPortal::new().await;
        let old = portal.wire.snapshot();
        licenses(&portal, count);
        for row in [old.find("accounts", "LICENSES#", ""), old.find("accounts", "SUMMARY#", "")].concat() {
            portal.delete("accounts", &row);
        }
        let ada = portal.owner().await;
        for sort in ["-order", "order", "end"] {
            let listed = ada.get(&format!("/api/licenses?sort={sort}")).await.expect(200);
            assert_eq!(listed.json["items"].as_array().unwrap().len(), usize::try_from(count).unwrap(), "{sort}");
        }
        let summary = ada.get("/api/licenses/summary").await.expect(200);
        let counted: u64 =
            summary.json["items"].as_array().unwrap().iter().map(|it| it["licenses"].as_u64().unwrap()).sum();
        assert_eq!(counted, count);
        if count == 0 {
            assert_eq!(ada.get("/api/licenses").await.json["items"], Value::Array(Vec::new()));
        }
    }
}

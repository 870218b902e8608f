//! Seats: who has one, giving them, taking them back, passing them on.

mod copies;
mod crowd;
mod freed;
mod lists;
mod recount;
mod refusals;

use serde_json::{Value, json};
use tests::portal::{Caller, Reply, TestPortal};

pub(crate) use recount::agree;

/// Twelve seats of a product without end, of which Mia and Vera have one each.
pub(crate) const TWELVE: &str = "NLD-7Q4M-X2KP-09TV";
/// Five seats, of which Vera has one.
pub(crate) const FIVE: &str = "NLR-3B8C-YY2T-K5RW";
/// Three seats whose contract has ended; nobody has one.
pub(crate) const ENDED: &str = "NLD-WW9D-4F6H-J8QN";
/// One seat.
pub(crate) const ONE: &str = "NLD-PP1A-6C7E-M3NS";
/// Another account's.
pub(crate) const FOREIGN: &str = "NLD-8QJZ-N3KP-RT0V";

/// The row of a license.
pub(crate) fn license_row(portal: &TestPortal, serial: &str) -> Value {
    let rows = portal.wire.snapshot().find("accounts", "LICENSES#", "LICENSE#");
    rows.into_iter().find(|row| row["sn"]["S"] == serial).unwrap_or_else(|| panic!("no license is {serial}"))
}

/// The id of a license.
pub(crate) fn license(portal: &TestPortal, serial: &str) -> String {
    license_row(portal, serial)["sk"]["S"].as_str().unwrap().trim_start_matches("LICENSE#").to_owned()
}

/// The ids of people.
pub(crate) fn ids(portal: &TestPortal, emails: &[&str]) -> Vec<String> {
    let people = portal.wire.snapshot().find("accounts", "USER#", "USER");
    let id = |email: &&str| {
        let person = people.iter().find(|row| row["m"]["S"] == *email).unwrap_or_else(|| panic!("nobody is {email}"));
        person["i"]["S"].as_str().unwrap().to_owned()
    };
    emails.iter().map(id).collect()
}

/// A license whose seats a test moves about.
pub(crate) struct Seats<'a> {
    portal: &'a TestPortal,
    path: String,
}

impl<'a> Seats<'a> {
    pub(crate) fn of(portal: &'a TestPortal, serial: &str) -> Self {
        Self { portal, path: format!("/api/licenses/{}/seats", license(portal, serial)) }
    }

    pub(crate) async fn assign(&self, by: &Caller, emails: &[&str]) -> Reply {
        by.put(&self.path, json!({ "users": ids(self.portal, emails) })).await
    }

    pub(crate) async fn release(&self, by: &Caller, emails: &[&str]) -> Reply {
        by.post(&format!("{}/releases", self.path), json!({ "users": ids(self.portal, emails) })).await
    }

    pub(crate) async fn pass_on(&self, by: &Caller, from: &str, to: &str) -> Reply {
        let [from, to] = [from, to].map(|email| ids(self.portal, &[email]).remove(0));
        by.post(&format!("{}/moves", self.path), json!({ "from": from, "to": to })).await
    }

    /// Who has a seat, as the list says it, by address.
    pub(crate) async fn holders(&self, by: &Caller) -> Vec<String> {
        let listed = by.get(&self.path).await.expect(200);
        let items = listed.json["items"].as_array().unwrap().iter();
        let mut emails: Vec<_> = items.map(|item| item["email"].as_str().unwrap().to_owned()).collect();
        emails.sort_unstable();
        emails
    }
}

/// Lets Mia manage licenses, as the vendor's records can say it.
pub(crate) async fn let_mia_manage(portal: &TestPortal) -> Caller {
    let people = "customer,email,first_name,last_name,job_title,phone,language,role,permissions\n\
                  C10423,mia@acme.test,Mia,Park,Draughtsperson,,fr,member,manage_licenses\n";
    portal.import(&[("people.csv", people.to_owned())]).await;
    portal.member().await
}

/// R403
#[tokio::test]
async fn whoever_manages_licenses_gives_seats_takes_them_back_and_passes_them_on() {
    let portal = TestPortal::new().await;
    let seats = Seats::of(&portal, TWELVE);
    let mia = let_mia_manage(&portal).await;
    for caller in [portal.owner().await, portal.manager().await, mia] {
        assert_eq!(seats.holders(&caller).await, ["mia@acme.test", "vera@acme.test"]);
        seats.assign(&caller, &["dora@acme.test", "tess@two.test"]).await.expect(204);
        assert_eq!(
            seats.holders(&caller).await,
            ["dora@acme.test", "mia@acme.test", "tess@two.test", "vera@acme.test"]
        );
        seats.pass_on(&caller, "tess@two.test", "max@acme.test").await.expect(204);
        assert_eq!(
            seats.holders(&caller).await,
            ["dora@acme.test", "max@acme.test", "mia@acme.test", "vera@acme.test"]
        );
        seats.release(&caller, &["dora@acme.test", "max@acme.test"]).await.expect(204);
        agree(&portal);
    }
}

/// R403
#[tokio::test]
async fn a_member_finds_a_license_in_their_list_as_long_as_they_have_a_seat() {
    let portal = TestPortal::new().await;
    let (ada, mia) = (portal.owner().await, portal.member().await);
    let seats = Seats::of(&portal, FIVE);
    let path = format!("/api/licenses/{}", license(&portal, FIVE));
    let listed = async || mia.get("/api/licenses").await.expect(200).json["items"].as_array().unwrap().len();
    assert_eq!((listed().await, mia.get(&path).await.says()), (1, "404 not_found".to_owned()));
    seats.assign(&ada, &["mia@acme.test"]).await.expect(204);
    assert_eq!((listed().await, mia.get(&path).await.says()), (2, "200".to_owned()));
    seats.release(&ada, &["mia@acme.test"]).await.expect(204);
    assert_eq!((listed().await, mia.get(&path).await.says()), (1, "404 not_found".to_owned()));
}

/// R403
#[tokio::test]
async fn one_can_give_a_seat_to_oneself() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    let seats = Seats::of(&portal, FIVE);
    seats.assign(&ada, &["max@acme.test", "ada@acme.test"]).await.expect(204);
    seats.release(&ada, &["ada@acme.test"]).await.expect(204);
    seats.pass_on(&ada, "max@acme.test", "ada@acme.test").await.expect(204);
    assert_eq!(seats.holders(&ada).await, ["ada@acme.test", "vera@acme.test"]);
    agree(&portal);
}

/// R403
#[tokio::test]
async fn whoever_gets_a_seat_is_told_by_mail() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    let seats = Seats::of(&portal, FIVE);
    seats.assign(&ada, &["mia@acme.test", "max@acme.test"]).await.expect(204);
    for (email, words) in [("mia@acme.test", "vous a attribué"), ("max@acme.test", "hat Ihnen")] {
        let letters = portal.letters_to(email).await;
        assert_eq!(letters.count(), 1, "{email}");
        let text = letters.last();
        assert!(text.contains(words) && text.contains("Acme Engineering"), "{text}");
        assert!(text.contains("Northlight Render"), "{text}");
    }
    seats.pass_on(&ada, "mia@acme.test", "dora@acme.test").await.expect(204);
    seats.release(&ada, &["max@acme.test"]).await.expect(204);
    for (email, letters) in [("dora@acme.test", 1), ("mia@acme.test", 1), ("max@acme.test", 1)] {
        assert_eq!(portal.letters_to(email).await.count(), letters, "{email}");
    }
}

/// R403
#[tokio::test]
async fn every_change_is_in_the_account_s_log() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    let seats = Seats::of(&portal, FIVE);
    let before = portal.wire.snapshot();
    seats.assign(&ada, &["mia@acme.test", "max@acme.test"]).await.expect(204);
    seats.pass_on(&ada, "mia@acme.test", "dora@acme.test").await.expect(204);
    seats.release(&ada, &["max@acme.test"]).await.expect(204);
    let row = license_row(&portal, FIVE);
    let account = row["pk"]["S"].as_str().unwrap().trim_start_matches("LICENSES#").to_owned();
    let (ada, mia, max, dora) = {
        let ids = ids(&portal, &["ada@acme.test", "mia@acme.test", "max@acme.test", "dora@acme.test"]);
        (ids[0].clone(), ids[1].clone(), ids[2].clone(), ids[3].clone())
    };
    let after = portal.wire.snapshot();
    let log = after.find("journal", &format!("LOG#{account}"), "evt_");
    let new = log.iter().filter(|row| !before.find("journal", "LOG#", "").contains(row));
    let told: Vec<_> = new
        .map(|row| {
            assert_eq!(row["u"]["S"], ada.as_str(), "who did it");
            (
                row["event"]["S"].as_str().unwrap(),
                row["users"]["L"].clone(),
                row["from"]["S"].clone(),
                row["to"]["S"].clone(),
            )
        })
        .collect();
    let all = json!([{ "S": mia }, { "S": max }]);
    assert_eq!(told.len(), 3);
    assert!(told.contains(&("seats_assigned", all, Value::Null, Value::Null)), "{told:?}");
    assert!(told.contains(&("seat_moved", Value::Null, json!(mia), json!(dora))), "{told:?}");
    assert!(told.contains(&("seats_released", json!([{ "S": max }]), Value::Null, Value::Null)), "{told:?}");
}

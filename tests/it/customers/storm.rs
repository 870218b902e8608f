//! Many clients at once at one customer: whatever meets whatever, the list is what a recount says.

use std::collections::BTreeMap;

use serde_json::json;
use tests::portal::{Caller, TestPortal};
use tests::wire::{Fault, Rule};

use super::given::account;
use super::recount::lists_agree;
use crate::races::at_once;

/// Clients, each with its own acts one after the other.
const WINDOWS: usize = 16;
/// Acts of each: more than six hundred in all.
const ACTS: usize = 40;
const KINDS: [&str; 4] = ["subscription", "demo", "trial", "perpetual"];

/// Chance that is the same at each run (xorshift, Marsaglia 2003).
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % bound as u64).unwrap()
    }
}

/// One client: what it is at, and by whom.
struct Client<'a> {
    portal: &'a TestPortal,
    number: usize,
    team: Caller,
    staff: Caller,
    acme: &'a str,
    people: &'a [String],
    orders: usize,
}

impl Client<'_> {
    /// One act by chance; what it was and what it was answered.
    async fn one(&mut self, chance: &mut Chance) -> (&'static str, String) {
        let order = format!("/api/staff/orders/SO-{}-{}", self.number, chance.below(self.orders.max(1)));
        let member = format!("/api/team/members/{}", self.people[chance.below(self.people.len())]);
        match chance.below(10) {
            0..3 => ("order", self.order(chance).await),
            3 => {
                ("cancel", self.staff.put(&format!("{order}/cancellation"), json!({ "reason": "Twice" })).await.says())
            }
            4 => ("amend", self.amend(&order, chance).await),
            5 => ("unlink", self.team.delete(&format!("{member}/link")).await.says()),
            6 => ("link", self.team.put(&format!("{member}/link"), json!({})).await.says()),
            7 => {
                let features = json!({ "team_area": true, "guests_only": chance.below(2) == 0, "partner": false });
                let path = format!("/api/staff/accounts/{}/features", self.acme);
                ("features", self.staff.put(&path, features).await.says())
            }
            8 => ("day", self.day().await),
            _ => {
                let account = domain::AccountId::parse(self.acme).unwrap();
                let repaired = self.portal.app.store().repair_customer(account).await;
                ("repair", if repaired.is_ok() { "204".to_owned() } else { format!("{repaired:?}") })
            }
        }
    }

    async fn order(&mut self, chance: &mut Chance) -> String {
        let number = format!("SO-{}-{}", self.number, self.orders);
        self.orders += 1;
        let (product, kind) = (["NLD", "NLR"][chance.below(2)], KINDS[chance.below(4)]);
        let end = format!("2026-12-{:02}", 1 + chance.below(28));
        let mut line = json!({ "product": product, "type": kind, "seats": 2, "starts_on": "2026-11-01" });
        if kind != "perpetual" {
            line["ends_on"] = json!(end);
        }
        let body = json!({ "number": number, "account": "C10423", "date": "2026-11-20", "lines": [line] });
        self.staff.post("/api/staff/orders", body).await.says()
    }

    async fn amend(&self, order: &str, chance: &mut Chance) -> String {
        let shown = self.staff.get(order).await;
        if shown.status != 200 {
            return shown.says();
        }
        let end = format!("2027-01-{:02}", 1 + chance.below(28));
        let body = json!({ "revision": shown.json["revision"], "lines": [{ "line": 1, "ends_on": end }] });
        self.staff.send_json("PATCH", order, &body).await.says()
    }

    async fn day(&self) -> String {
        match self.portal.housekeeping().await {
            Ok(_) => "204".to_owned(),
            Err(error) => format!("{error:?}"),
        }
    }
}

async fn storm(seed: u64, acts: usize, faults: &[Rule]) {
    let portal = TestPortal::new().await;
    let (team, staff) = ([portal.owner().await, portal.manager().await], portal.admin().await);
    let acme = account(&portal, "C10423");
    let people = crate::seats::ids(&portal, &["mia@acme.test", "vera@acme.test", "tess@two.test"]);
    faults.iter().for_each(|fault| portal.wire.inject(fault.clone()));
    let done = at_once((0..WINDOWS).map(|number| {
        let (team, staff) = (team[number % 2].again(), staff.again());
        let (portal, acme, people) = (&portal, acme.as_str(), people.as_slice());
        let mut client = Client { portal, number, team, staff, acme, people, orders: 0 };
        async move {
            let mut chance = Chance((seed << 8 | (number as u64 + 1)).wrapping_mul(0x9e37_79b9_7f4a_7c15));
            let mut said: BTreeMap<(&str, String), usize> = BTreeMap::new();
            for _ in 0..acts {
                *said.entry(client.one(&mut chance).await).or_default() += 1;
            }
            said
        }
    }))
    .await;
    assert!(faults.is_empty() || portal.wire.felt() > 10, "the faults were felt");
    portal.wire.heal();
    let mut said: BTreeMap<(&str, String), usize> = BTreeMap::new();
    for (what, times) in done.into_iter().flatten() {
        *said.entry(what).or_default() += times;
    }
    // What was interrupted is finished by the sweep.
    portal.housekeeping().await.unwrap();
    lists_agree(&portal);
    for act in ["order", "cancel", "amend", "unlink", "link", "features"] {
        let times: usize =
            said.iter().filter(|((what, says), _)| *what == act && says.starts_with('2')).map(|(_, n)| n).sum();
        assert!(times > 3, "seed {seed}: {act} was done {times} times: {said:?}");
    }
}

/// R503
#[tokio::test]
async fn six_hundred_changes_by_many_clients_leave_the_list_right() {
    storm(1, ACTS, &[]).await;
}

/// R503
#[tokio::test]
async fn so_they_do_where_the_database_stumbles() {
    let mixes = [[Fault::LostReply, Fault::InternalError], [Fault::Conflict, Fault::Dropped]];
    for (mix, seed) in mixes.into_iter().zip(2_u8..) {
        let some = |fault| (0..20_usize).map(move |n| Rule::new(fault).after(n * 23 + usize::from(seed)).times(1));
        let faults: Vec<_> = mix.into_iter().flat_map(some).map(|rule| rule.on("TransactWriteItems")).collect();
        storm(u64::from(seed), ACTS / 2, &faults).await;
    }
}

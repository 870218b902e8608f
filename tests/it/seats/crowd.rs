//! Many at once on few seats: never more than were bought, no release lost, whatever goes wrong with the database.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;
use tests::portal::{Caller, TestPortal};
use tests::wire::{Fault, Rule};

use super::{agree, ids, license};
use crate::races::at_once;

/// Seats of the license they all want.
const SEATS: usize = 10;
const PEOPLE: usize = 24;
const CLIENTS: usize = 32;
const ACTS: usize = 14;

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

/// A portal with ten seats and more people than that.
async fn ten_seats() -> (TestPortal, String, Vec<String>) {
    let portal = TestPortal::new().await;
    let emails: Vec<_> = (0..PEOPLE).map(|n| format!("crowd{n}@acme.test")).collect();
    let rows: String = emails.iter().map(|email| format!("C10423,{email},Crowd,Member,,,en,member,\n")).collect();
    let head = "customer,email,first_name,last_name,job_title,phone,language,role,permissions\n";
    portal
        .import(&[
            ("people.csv", format!("{head}{rows}")),
            ("orders.csv", "number,customer,date,purchase_order,activation_code\nSO-7000,C10423,2026-03-01,,\n".into()),
            (
                "licenses.csv",
                format!(
                    "order,line,product,serial_number,type,seats,starts_on,ends_on,maintenance_ends_on,assigned_to\n\
                     SO-7000,1,NLR,NLR-CRWD-0000-0000,subscription,{SEATS},2026-03-01,2027-03-01,,\n"
                ),
            ),
        ])
        .await;
    let path = format!("/api/licenses/{}/seats", license(&portal, "NLR-CRWD-0000-0000"));
    let users = ids(&portal, &emails.iter().map(String::as_str).collect::<Vec<_>>());
    (portal, path, users)
}

/// What one client did, as it was told.
#[derive(Default)]
struct Told {
    /// For each person, how often they got a seat less how often they lost one.
    gained: BTreeMap<String, i64>,
    /// Whom an act was about that may have been done or not: a busy machine answers late.
    unsure: BTreeSet<String>,
    said: BTreeMap<String, usize>,
}

async fn client(tab: &Caller, path: &str, users: &[String], seed: u64) -> Told {
    let (mut chance, mut told) = (Chance(seed), Told::default());
    for _ in 0..ACTS {
        let mut some: Vec<&String> = (0..=chance.below(3)).map(|_| &users[chance.below(users.len())]).collect();
        some.sort_unstable();
        some.dedup();
        let (reply, more, less) = match chance.below(3) {
            0 => (tab.put(path, json!({ "users": some })).await, some, vec![]),
            1 => (tab.post(&format!("{path}/releases"), json!({ "users": some })).await, vec![], some),
            _ if some.len() < 2 => continue,
            _ => {
                let (from, to) = (some[0], some[1]);
                (tab.post(&format!("{path}/moves"), json!({ "from": from, "to": to })).await, vec![to], vec![from])
            }
        };
        *told.said.entry(reply.says()).or_default() += 1;
        let acted = more.into_iter().map(|user| (user, 1)).chain(less.into_iter().map(|user| (user, -1)));
        for (user, change) in acted {
            match reply.status {
                204 => *told.gained.entry(user.clone()).or_default() += change,
                503 => drop(told.unsure.insert(user.clone())),
                _ => {}
            }
        }
    }
    told
}

async fn storm(seed: u64, faults: &[Rule]) {
    let (portal, path, users) = ten_seats().await;
    let managers = [portal.owner().await, portal.manager().await, portal.in_two_accounts().await];
    let acme = managers[2].get("/api/session/accounts").await.expect(200);
    let acme = acme.json["items"].as_array().unwrap().iter().find(|item| item["number"] == "C10423").unwrap();
    let chosen = json!({ "account_id": acme["id"], "password": tests::portal::GOOD });
    managers[2].put("/api/session/account", chosen).await.expect(200);
    let tabs: Vec<_> = (0..CLIENTS).map(|n| managers[n % managers.len()].again()).collect();
    for fault in faults {
        portal.wire.inject(fault.clone());
    }
    let done = at_once(tabs.iter().zip(1_u64..).map(|(tab, n)| {
        let (path, users) = (&path, &users);
        client(tab, path, users, (seed << 8 | n).wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }))
    .await;
    if !faults.is_empty() {
        assert!(portal.wire.felt() > 10, "the faults were felt");
    }
    portal.wire.heal();
    agree(&portal);
    let mut all = Told::default();
    for told in done {
        told.gained.into_iter().for_each(|(user, more)| *all.gained.entry(user).or_default() += more);
        told.said.into_iter().for_each(|(says, times)| *all.said.entry(says).or_default() += times);
        all.unsure.extend(told.unsure);
    }
    let (expected, said) =
        (["204", "409 already_assigned", "409 not_assigned", "409 seats_exhausted", "503 try_again"], all.said);
    assert!(said.keys().all(|says| expected.contains(&says.as_str())), "seed {seed}: {said:?}");
    assert!(said["204"] > 40 && said.contains_key("409 seats_exhausted"), "seed {seed}: {said:?}");
    assert!(all.unsure.len() < users.len() / 2, "seed {seed}: {said:?}");
    // Nobody was told of a seat they have not, and nobody has one that was taken back.
    let held = portal.wire.snapshot();
    for user in users.iter().filter(|user| !all.unsure.contains(*user)) {
        let has = held.find("accounts", "ASSIGNED#", "").iter().any(|row| {
            row["sn"]["S"] == "NLR-CRWD-0000-0000" && row["pk"]["S"].as_str().unwrap().ends_with(user.as_str())
        });
        assert_eq!(all.gained.get(user).copied().unwrap_or_default(), i64::from(has), "seed {seed}: {user}");
    }
}

/// R403
#[tokio::test]
async fn of_many_at_once_none_gets_more_than_was_bought_and_no_release_is_lost() {
    for seed in 1..=3 {
        storm(seed, &[]).await;
    }
}

/// R403
#[tokio::test]
async fn nor_where_the_database_stumbles_and_answers_are_lost() {
    // Not lost answers and conflicts together: asked again with the same token, DynamoDB never says that what is done
    // meets another transaction.
    let mixes = [
        [Fault::LostReply, Fault::Throttled],
        [Fault::Conflict, Fault::Dropped],
        [Fault::LostReply, Fault::InternalError],
    ];
    for (mix, seed) in mixes.into_iter().zip(4_u8..) {
        let some = |fault| (0..12_usize).map(move |n| Rule::new(fault).after(n * 17 + usize::from(seed)).times(1));
        let faults: Vec<_> = mix.into_iter().flat_map(some).map(|rule| rule.on("TransactWriteItems")).collect();
        storm(seed.into(), &faults).await;
    }
}

/// R403
#[tokio::test]
async fn of_64_who_want_the_last_seat_one_gets_it() {
    let (portal, path, users) = ten_seats().await;
    let ada = portal.owner().await;
    ada.put(&path, json!({ "users": users[..9] })).await.expect(204);
    let tabs: Vec<_> = (0..64).map(|_| ada.again()).collect();
    let replies = at_once(tabs.iter().enumerate().map(|(n, tab)| {
        let user = &users[9 + n % (PEOPLE - 9)];
        tab.put(&path, json!({ "users": [user] }))
    }))
    .await;
    let got = replies.iter().filter(|reply| reply.status == 204).count();
    let said: Vec<_> = replies.iter().map(tests::portal::Reply::says).collect();
    assert_eq!(got, 1, "{said:?}");
    agree(&portal);
}

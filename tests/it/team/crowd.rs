//! Two managers at once at the same people: whatever meets whatever, and whatever goes wrong with the database, what is
//! counted is what there is.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use tests::portal::{Caller, GOOD, TestPortal};
use tests::wire::{Fault, Rule};

use super::{MAX, act, path, recount::agree, wanted};
use crate::races::at_once;
use crate::seats::{ids, license};

const PEOPLE: usize = 12;
/// Windows of the two, each with its own acts one after the other.
const WINDOWS: u64 = 16;
/// Acts of a window: a thousand in all.
const ACTS: usize = 63;
/// The same where the database stumbles, which takes its time.
const FEWER: usize = 32;
const SERIAL: &str = "NLR-CRWD-0000-0000";

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

/// A team to work on, all of whom have come in, with fewer seats than people, and what a request to join looks like.
struct Ground {
    portal: TestPortal,
    emails: Vec<String>,
    users: Vec<String>,
    max: String,
    seats: String,
    claim: Value,
}

impl Ground {
    async fn lay() -> Self {
        let portal = TestPortal::new().await;
        let emails: Vec<_> = (0..PEOPLE).map(|n| format!("crowd{n}@acme.test")).collect();
        let rows: String = emails.iter().map(|email| format!("C10423,{email},Crowd,Member,,,en,member,\n")).collect();
        let head = "customer,email,first_name,last_name,job_title,phone,language,role,permissions\n";
        let order = "number,customer,date,purchase_order,activation_code\nSO-7000,C10423,2026-03-01,,\n";
        let licenses = format!(
            "order,line,product,serial_number,type,seats,starts_on,ends_on,maintenance_ends_on,assigned_to\n\
             SO-7000,1,NLR,{SERIAL},subscription,6,2026-03-01,2027-03-01,,\n"
        );
        let files =
            [("people.csv", format!("{head}{rows}")), ("orders.csv", order.to_owned()), ("licenses.csv", licenses)];
        portal.import(&files).await;
        let users = ids(&portal, &emails.iter().map(String::as_str).collect::<Vec<_>>());
        let hash = credentials::Password::typed(GOOD).unwrap().hash().unwrap();
        let known: Vec<_> = users.iter().map(|user| domain::UserId::parse(user).unwrap()).collect();
        portal.app.store().import().set_passwords(&known, hash.to_store()).await.unwrap();
        crate::account_claims::ask(&portal.unattached().await, "C10423").await.expect(202);
        let claim = portal.wire.snapshot().find("accounts", "CLAIMS#", "usr_").swap_remove(0);
        let seats = format!("/api/licenses/{}/seats", license(&portal, SERIAL));
        let max = path(&portal, MAX);
        Self { portal, emails, users, max, seats, claim }
    }

    /// Lets somebody ask to join, as if they had, and lets them in.
    async fn add(&self, by: &Caller, place: usize) -> String {
        let (user, mut row) = (&self.users[place], self.claim.clone());
        (row["sk"], row["m"]) = (json!({ "S": user }), json!({ "S": self.emails[place] }));
        row["i"] = json!({ "S": user.replace("usr_", "req_") });
        self.portal.put("accounts", &row);
        by.put(&format!("/api/sign-up/claimants/{user}"), json!({})).await.says()
    }

    /// Makes somebody a manager, or a member again.
    async fn make(&self, by: &Caller, at: &str, role: &str) -> String {
        let shown = by.get(at).await;
        if shown.status != 200 {
            return shown.says();
        }
        let mut form = wanted(&shown.json);
        form["role"] = role.into();
        by.put(at, form).await.says()
    }

    /// One act by chance; what it was and what it was answered.
    async fn one(&self, by: &Caller, chance: &mut Chance, may_touch_max: bool) -> (&'static str, String) {
        let place = chance.below(PEOPLE);
        let at = format!("/api/team/members/{}", self.users[place]);
        let some = json!({ "users": [self.users[place]] });
        let what = ["deactivate", "reactivate", "unlink", "link", "remove"];
        match chance.below(13) {
            n @ 0..5 => (what[n], act(by, &at, what[n]).await.says()),
            5..7 => ("add", self.add(by, place).await),
            7 => ("promote", self.make(by, &at, "manager").await),
            8 => ("demote", self.make(by, &at, "member").await),
            9 | 10 => ("assign", by.put(&self.seats, some).await.says()),
            11 => ("release", by.post(&format!("{}/releases", self.seats), some).await.says()),
            _ if may_touch_max => {
                let role = if chance.below(4) == 0 { "member" } else { "manager" };
                ("change the other", self.make(by, &self.max, role).await)
            }
            _ => ("reactivate", act(by, &at, "reactivate").await.says()),
        }
    }
}

async fn storm(seed: u64, acts: usize, faults: &[Rule]) {
    let ground = Ground::lay().await;
    let managers = [ground.portal.owner().await, ground.portal.manager().await];
    let tabs: Vec<_> = (0..WINDOWS).map(|n| managers[usize::from(n % 2 == 1)].again()).collect();
    for fault in faults {
        ground.portal.wire.inject(fault.clone());
    }
    let done = at_once(tabs.iter().zip(0_u64..).map(|(tab, n)| {
        let ground = &ground;
        async move {
            let mut chance = Chance((seed << 8 | (n + 1)).wrapping_mul(0x9e37_79b9_7f4a_7c15));
            let mut said: BTreeMap<(&str, String), usize> = BTreeMap::new();
            for _ in 0..acts {
                *said.entry(ground.one(tab, &mut chance, n % 2 == 0).await).or_default() += 1;
            }
            said
        }
    }))
    .await;
    if !faults.is_empty() {
        assert!(ground.portal.wire.felt() > 10, "the faults were felt");
    }
    ground.portal.wire.heal();
    let mut said: BTreeMap<(&str, String), usize> = BTreeMap::new();
    for (what, times) in done.into_iter().flatten() {
        *said.entry(what).or_default() += times;
    }
    agree(&ground.portal);
    // Freeing seats that was interrupted is finished by the sweep; then nobody has one who is no member.
    ground.portal.housekeeping().await.unwrap();
    agree(&ground.portal);
    nobody_else_has_a_seat(&ground.portal);
    let expected = BTreeSet::from([
        "200",
        "204",
        "403 licenses_not_theirs",
        "403 managers_only",
        "404 not_found",
        "409 already_assigned",
        "409 claimant_gone",
        "409 conflict",
        "409 member_unlinked",
        "409 not_a_member",
        "409 not_assigned",
        "409 seats_exhausted",
        "503 try_again",
    ]);
    let strange: Vec<_> = said.keys().filter(|(_, says)| !expected.contains(says.as_str())).collect();
    assert!(strange.is_empty(), "seed {seed}: {strange:?} of {said:?}");
    for what in
        ["deactivate", "reactivate", "unlink", "link", "remove", "add", "promote", "demote", "assign", "release"]
    {
        let times: usize =
            said.iter().filter(|((act, says), _)| *act == what && says.starts_with('2')).map(|(_, n)| n).sum();
        assert!(times > 1, "seed {seed}: {what} was done {times} times: {said:?}");
    }
}

fn nobody_else_has_a_seat(portal: &TestPortal) {
    let stored = portal.wire.snapshot();
    let text = |value: &Value| value["S"].as_str().unwrap().to_owned();
    let members: BTreeSet<_> = stored
        .find("accounts", "ACCOUNT#acc_", "MEMBER#")
        .iter()
        .map(|row| (text(&row["pk"]).replace("ACCOUNT#", ""), text(&row["sk"]).replace("MEMBER#", "")))
        .collect();
    for seat in stored.find("accounts", "ASSIGNED#", "") {
        let whose = text(&seat["pk"]).replace("ASSIGNED#", "");
        let (account, user) = whose.split_once('#').unwrap();
        assert!(members.contains(&(account.to_owned(), user.to_owned())), "{whose}");
    }
    assert!(stored.find("accounts", "JOBS", "").is_empty());
}

/// R305, R306, R308, R313, R403
#[tokio::test]
async fn a_thousand_acts_of_two_managers_leave_every_count_right() {
    storm(1, ACTS, &[]).await;
}

/// R305, R306, R308, R313, R403
#[tokio::test]
async fn so_they_do_where_the_database_stumbles_and_answers_are_lost() {
    // Not lost answers and conflicts together: asked again with the same token, DynamoDB never says that what is done
    // meets another transaction.
    let mixes = [[Fault::LostReply, Fault::InternalError], [Fault::Conflict, Fault::Dropped]];
    for (mix, seed) in mixes.into_iter().zip(2_u8..) {
        let some = |fault| (0..20_usize).map(move |n| Rule::new(fault).after(n * 23 + usize::from(seed)).times(1));
        let faults: Vec<_> = mix.into_iter().flat_map(some).map(|rule| rule.on("TransactWriteItems")).collect();
        storm(seed.into(), FEWER, &faults).await;
    }
}

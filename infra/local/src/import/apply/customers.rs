//! Accounts with their people.

use std::collections::{BTreeSet, HashMap, HashSet};

use anyhow::{Context, Result};
use credentials::random;
use domain::{AccountId, EmailAddress, UserId, number::CustomerNumber};
use futures_util::{StreamExt, stream};
use store::import::{AccountRecord, Import, KnownCustomer, Login, Member, Stage};

use super::super::compare::{Change, person_of};
use super::super::people::Person;
use super::super::progress::Progress;
use super::{AT_ONCE, Apply, stopped_at};

/// Who signs in with an address, by its compared form.
type Logins = HashMap<String, UserId>;

impl Apply<'_> {
    pub(super) async fn customers(&mut self) -> Result<()> {
        let written = self.write_customers().await?;
        self.known.customers.extend(written);
        Ok(())
    }

    async fn write_customers(&self) -> Result<Vec<(CustomerNumber, KnownCustomer)>> {
        let accounts: HashMap<&CustomerNumber, &AccountRecord> =
            self.files.customers.rows.iter().map(|account| (&account.number, account)).collect();
        let numbers: BTreeSet<&CustomerNumber> =
            accounts.keys().copied().chain(self.files.people.teams.keys()).collect();
        let mut logins = self.logins().await?;
        // Whose people belong to a second account, too, waits until the others are done, and for each other: the first
        // account makes the login that the next finds.
        let shared = self.shared();
        let is_alone = |number: &&CustomerNumber| {
            self.files
                .people
                .teams
                .get(*number)
                .is_none_or(|team| team.named.keys().all(|claim| !shared.contains(claim.as_str())))
        };
        let (alone, together): (Vec<_>, Vec<_>) = numbers.into_iter().partition(is_alone);
        let mut progress = Progress::begin(self.audience, "Writing customers", alone.len() + together.len());
        let mut written = Vec::new();
        for (numbers, at_once) in [(alone, AT_ONCE), (together, 1)] {
            let mut writes = stream::iter(numbers)
                .map(|number| {
                    let members = self.members(number, &mut logins);
                    let account = accounts.get(number).copied();
                    async move {
                        (number, self.customer(number, account, &members).await.with_context(|| stopped_at(number)))
                    }
                })
                .buffer_unordered(at_once);
            while let Some((number, known)) = writes.next().await {
                written.extend(known?.map(|known| (number.clone(), known)));
                progress.step(1);
            }
        }
        Ok(written)
    }

    /// The addresses that belong to people of several accounts.
    fn shared(&self) -> HashSet<&str> {
        let (mut once, mut again) = (HashSet::new(), HashSet::new());
        for claim in self.files.people.teams.values().flat_map(|team| team.named.keys()) {
            if !once.insert(claim.as_str()) {
                again.insert(claim.as_str());
            }
        }
        again
    }

    /// Everyone new to an account who can sign in already.
    async fn logins(&self) -> Result<Logins> {
        let mut wanted: Vec<&EmailAddress> = Vec::new();
        for (number, team) in &self.files.people.teams {
            let stored = self.known.customers.get(number);
            let is_new = |email: &EmailAddress| stored.is_none_or(|stored| !stored.people.contains_key(&email.claim()));
            wanted.extend(team.people.iter().map(|person| &person.record.email).filter(|email| is_new(email)));
        }
        let mut progress = Progress::begin(self.audience, "Looking for people", wanted.len());
        let mut logins = Logins::new();
        for emails in wanted.chunks(Import::AT_ONCE) {
            logins.extend(self.import.logins(emails).await?);
            progress.step(emails.len());
        }
        Ok(logins)
    }

    /// Writes one customer, if there is anything to write.
    async fn customer(
        &self,
        number: &CustomerNumber,
        account: Option<&AccountRecord>,
        members: &[Member<'_>],
    ) -> Result<Option<KnownCustomer>> {
        match (self.known.customers.get(number), account) {
            (Some(known), account) if known.stage == Stage::Whole => {
                let account = account.filter(|account| account.fingerprint != known.fingerprint);
                if account.is_none() && members.is_empty() {
                    return Ok(None);
                }
                Ok(Some(self.import.change_customer(number, known.clone(), account, members).await?))
            }
            (begun, Some(account)) => {
                let id = begun.map_or_else(|| AccountId::new(self.now, random()), |begun| begun.id);
                Ok(Some(self.import.add_customer(account, id, members).await?))
            }
            // The checks leave no people without an account.
            (_, None) => Ok(None),
        }
    }

    /// The people of an account who are new or changed, each with the login they have or get.
    fn members(&self, number: &CustomerNumber, logins: &mut Logins) -> Vec<Member<'_>> {
        let known = self.known.customers.get(number);
        let team = self.files.people.teams.get(number).map(|team| team.people.as_slice()).unwrap_or_default();
        let mut members = Vec::new();
        for Person { record, .. } in team {
            let claim = record.email.claim();
            if Change::of(person_of(known, &claim), &record.fingerprint) == Change::Unchanged {
                continue;
            }
            let noted = known.and_then(|known| known.people.get(&claim).map(|person| (known.stage, person.user)));
            let (user, login) = match (noted, logins.get(&claim)) {
                (Some((Stage::Whole, user)), _) | (None, Some(&user)) => (user, Login::Existing),
                (Some((Stage::Begun, user)), _) => (user, Login::New),
                (None, None) => (UserId::new(self.now, random()), Login::New),
            };
            // The next account of the same person finds the login made here.
            logins.insert(claim, user);
            members.push(Member { record, user, login });
        }
        members
    }
}

//! Accounts with their people.

use std::collections::{BTreeSet, HashMap};

use anyhow::{Context, Result};
use credentials::random;
use domain::{AccountId, EmailAddress, UserId, number::CustomerNumber};
use store::import::{AccountRecord, Import, KnownCustomer, Login, Member, Stage};

use super::super::compare::{Change, person_of};
use super::super::people::Team;
use super::super::progress::Progress;
use super::{Apply, stopped_at};

/// Who signs in with an address, by its compared form.
type Logins = HashMap<String, UserId>;

impl Apply<'_> {
    pub(super) async fn customers(&mut self) -> Result<()> {
        let accounts: HashMap<&CustomerNumber, &AccountRecord> =
            self.files.customers.rows.iter().map(|customer| (&customer.account.number, &customer.account)).collect();
        let numbers: BTreeSet<&CustomerNumber> =
            accounts.keys().copied().chain(self.files.people.teams.keys()).collect();
        let mut logins = self.logins().await?;
        let mut progress = Progress::begin(self.audience, "Writing customers", numbers.len());
        for number in numbers {
            let written = self.customer(number, accounts.get(number).copied(), &mut logins).await;
            if let Some(known) = written.with_context(|| stopped_at(number))? {
                self.known.customers.insert(number.clone(), known);
            }
            progress.step(1);
        }
        Ok(())
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
        logins: &mut Logins,
    ) -> Result<Option<KnownCustomer>> {
        let known = self.known.customers.get(number);
        let team = self.files.people.teams.get(number);
        let members = team.map(|team| self.members(team, known, logins)).unwrap_or_default();
        match (known, account) {
            (Some(known), account) if known.stage == Stage::Whole => {
                let account = account.filter(|account| account.fingerprint != known.fingerprint);
                if account.is_none() && members.is_empty() {
                    return Ok(None);
                }
                Ok(Some(self.import.change_customer(number, known.clone(), account, &members).await?))
            }
            (begun, Some(account)) => {
                let id = begun.map_or_else(|| AccountId::new(self.now, random()), |begun| begun.id);
                Ok(Some(self.import.add_customer(account, id, &members).await?))
            }
            // The checks leave no people without an account.
            (_, None) => Ok(None),
        }
    }

    /// The people of a team who are new or changed, each with the login they have or get.
    fn members<'t>(&self, team: &'t Team, known: Option<&KnownCustomer>, logins: &mut Logins) -> Vec<Member<'t>> {
        let mut members = Vec::new();
        for person in &team.people {
            let record = &person.record;
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

//! Accounts with their people.

use super::{
    AccountRecord, Import, ImportError, KnownCustomer, Login, MOST_ARMS, Member, Stage, Taken,
    groups::{count, in_transactions},
};
use crate::{
    Job, StoreError, TableName,
    directory::ListedAccount,
    keys,
    registrations::NameRow,
    rows::{self, AccountRow, MemberRow, UserRow},
    transaction::{Of, Transaction, When},
};
use domain::{
    AccountId, AccountStatus, MembershipStatus, Role, User, UserId, number::CustomerNumber, sign_in_name::SignInName,
};

/// The arms of a customer besides its people: account, its place in the directory, number, the owner's alias, and what
/// is known.
const ARMS: usize = 5;

impl Import<'_> {
    /// Writes a new account with its people, exactly one of whom is its owner. Begun before, it takes the ids noted
    /// then, and those of its people noted then as [`Login::New`].
    ///
    /// # Errors
    /// [`ImportError`]; the account is not there then.
    pub async fn add_customer(
        &self,
        account: &AccountRecord,
        id: AccountId,
        members: &[Member<'_>],
    ) -> Result<KnownCustomer, ImportError> {
        let Some(owner) = members.iter().find(|member| member.record.role == Role::Owner) else {
            return Err(StoreError::row("a customer without an owner").into());
        };
        let known = KnownCustomer {
            id,
            stage: Stage::Whole,
            kind: account.kind,
            fingerprint: account.fingerprint.clone(),
            owner: owner.record.email.claim(),
            people: members.iter().map(Member::known).collect(),
            partner: None,
        };
        let of = Of { id, number: &account.number, name: &account.name, kind: account.kind, partner: None };
        let people = self.existing(members.iter()).await?;
        let arms: usize = members.iter().map(Member::arms).sum();
        let fits = ARMS + arms <= MOST_ARMS;
        // People who can sign in already would see the account early; those who cannot are written before it.
        let (first, last): (Vec<&Member<'_>>, Vec<&Member<'_>>) =
            members.iter().partition(|member| !fits && member.login == Login::New);
        if !first.is_empty() {
            let begun = first.iter().map(|member| member.known()).collect();
            self.note(&account.number, &KnownCustomer { stage: Stage::Begun, people: begun, ..known.clone() }).await?;
            for some in in_transactions(&first, 0) {
                let arms = Transaction::new(self.store);
                let joined = some.iter().fold(arms, |arms, member| member.join(arms, &of, &people));
                joined.commit_with_what_follows().await?;
            }
        }
        let mut transactions = in_transactions(&last, ARMS).into_iter();
        let now = transactions.next().unwrap_or_default();
        let later: Vec<&Member<'_>> = transactions.flatten().collect();
        let mut written = known;
        for member in &later {
            written.people.remove(&member.record.email.claim());
        }
        let row = AccountRow::new(&account.with(id, owner.user), count(members.len() - later.len()));
        let listed = account.listed(id);
        let alias = keys::sign_in_name(&SignInName::CustomerNumber(account.number.clone()));
        let transaction = Transaction::new(self.store)
            .list_new(&listed, Taken::CustomerNumber)
            .create(TableName::Accounts, rows::to_item(&keys::account(id), &row), Taken::Account)
            .create(TableName::Credentials, rows::to_item(&alias, &NameRow::of(owner.user)), Taken::CustomerNumber)
            .write(TableName::Accounts, rows::to_item(&keys::imported_customer(&account.number), &written));
        now.iter().fold(transaction, |arms, member| member.join(arms, &of, &people)).commit_with_what_follows().await?;
        self.add_members(&account.number, written, &later).await
    }

    /// Brings an account up to its record, adds people and brings others up to theirs.
    ///
    /// # Errors
    /// [`ImportError`]; what was written before it stays, and the rest follows with the next run.
    pub async fn change_customer(
        &self,
        number: &CustomerNumber,
        known: KnownCustomer,
        account: Option<&AccountRecord>,
        members: &[Member<'_>],
    ) -> Result<KnownCustomer, ImportError> {
        let mut known = known;
        if let Some(account) = account {
            known = self.change_account(account, known).await?;
        }
        // Who joined by an activation code is a member already; who came by an import and is none any more was removed by
        // the team, and no file brings them back.
        let rows = members.iter().map(|member| keys::membership(known.id, member.user)).collect();
        let there = self.items(TableName::Accounts, rows).await?;
        let (old, new): (Vec<&Member<'_>>, Vec<&Member<'_>>) =
            members.iter().partition(|member| there.contains_key(&keys::membership(known.id, member.user)));
        let new: Vec<_> =
            new.into_iter().filter(|member| !known.people.contains_key(&member.record.email.claim())).collect();
        known = self.add_members(number, known, &new).await?;
        self.change_members(number, known, &old).await
    }

    async fn change_account(
        &self,
        account: &AccountRecord,
        known: KnownCustomer,
    ) -> Result<KnownCustomer, ImportError> {
        let known = KnownCustomer { fingerprint: account.fingerprint.clone(), ..known };
        let Some(item) = self.store.get(TableName::Accounts, keys::account(known.id)).await? else {
            return Err(Taken::Account.into());
        };
        let was: AccountRow = rows::from_item(item)?;
        // The copies first: if this is interrupted, the fingerprint is still the old one and it is done again.
        for some in self.all(keys::account_partition(known.id), keys::MEMBER_PREFIX).await?.chunks(MOST_ARMS) {
            let mut transaction = Transaction::new(self.store);
            for item in some {
                let user = UserId::parse(rows::sort_key(item, keys::MEMBER_PREFIX)?).map_err(StoreError::from)?;
                if rows::from_item::<MemberRow>(item.clone())?.membership.st == MembershipStatus::Unlinked {
                    continue;
                }
                let name = When::present().with(":na", rows::value(&account.name)?);
                let key = keys::membership_of_user(user, known.id);
                transaction = transaction.update(TableName::Accounts, &key, "SET na = :na", name, Taken::Account);
            }
            transaction.commit().await?;
        }
        // What a partner suspended is for it to end: the vendor's records, which do not know of that, do not (R506).
        let (state, reason, by) = match (&account.status, was.sb) {
            (AccountStatus::Active, Some(by)) => (was.st, was.w, Some(by)),
            _ => rows::state(&account.status),
        };
        let row = When::holds("na = :was AND st = :stood")
            .with(":was", rows::value(&was.na)?)
            .with(":stood", rows::value(&was.st)?)
            .with(":sb", rows::value(&by)?)
            .with(":na", rows::value(&account.name)?)
            .with(":st", rows::value(&state)?)
            .with(":w", rows::value(&reason)?)
            .with(":z", rows::value(&account.zone)?)
            .with(":l", rows::value(&account.language)?)
            .with(":c", rows::value(&account.country)?)
            .partner_as_read(was.pa);
        let change = "SET na = :na, st = :st, w = :w, sb = :sb, z = :z, l = :l, c = :c";
        Transaction::new(self.store)
            .update(TableName::Accounts, &keys::account(known.id), change, row, Taken::Account)
            .customer_changes(known.id, was.pa)
            .list_in_directory(&ListedAccount { state, ..account.listed(known.id) }, Some(&was.na))
            .write(TableName::Accounts, rows::to_item(&keys::imported_customer(&account.number), &known))
            .commit_with_what_follows()
            .await?;
        Ok(known)
    }

    async fn add_members(
        &self,
        number: &CustomerNumber,
        mut known: KnownCustomer,
        members: &[&Member<'_>],
    ) -> Result<KnownCustomer, ImportError> {
        if members.is_empty() {
            return Ok(known);
        }
        let Some(item) = self.store.get(TableName::Accounts, keys::account(known.id)).await? else {
            return Err(Taken::Account.into());
        };
        let row: AccountRow = rows::from_item(item)?;
        let people = self.existing(members.iter().copied()).await?;
        let of = Of { id: known.id, number, name: &row.na, kind: known.kind, partner: row.pa };
        for some in in_transactions(members, 3) {
            known.people.extend(some.iter().map(|member| member.known()));
            let more = When::present().number(":more", count(some.len())).partner_as_read(row.pa);
            let transaction = Transaction::new(self.store)
                .update(TableName::Accounts, &keys::account(known.id), "ADD m :more", more, Taken::Account)
                .customer_changes(known.id, row.pa)
                .write(TableName::Accounts, rows::to_item(&keys::imported_customer(number), &known));
            some.iter()
                .fold(transaction, |arms, member| member.join(arms, &of, &people))
                .commit_with_what_follows()
                .await?;
        }
        Ok(known)
    }

    async fn change_members(
        &self,
        number: &CustomerNumber,
        mut known: KnownCustomer,
        members: &[&Member<'_>],
    ) -> Result<KnownCustomer, ImportError> {
        // At most four arms each, and one for what is known.
        for some in members.chunks((MOST_ARMS - 1) / 4) {
            let mut jobs = Vec::new();
            let rows = some.iter().flat_map(|it| [keys::user(it.user), keys::membership(known.id, it.user)]).collect();
            let mut there = self.items(TableName::Accounts, rows).await?;
            known.people.extend(some.iter().map(|member| member.known()));
            let record = rows::to_item(&keys::imported_customer(number), &known);
            let mut transaction = Transaction::new(self.store).write(TableName::Accounts, record);
            for member in some {
                let person = there.remove(&keys::user(member.user));
                let row = there.remove(&keys::membership(known.id, member.user));
                let (Some(person), Some(row)) = (person, row) else { return Err(Taken::Account.into()) };
                let (person, row) = (rows::from_item::<UserRow>(person)?, rows::from_item::<MemberRow>(row)?);
                let person = User::from(person);
                let renamed = member.renames(&person);
                transaction = member.change(transaction, known.id, (row, &person))?;
                if renamed {
                    let job = Job::RefreshPerson { user: member.user };
                    transaction = transaction.file_job(job);
                    jobs.push(job);
                }
            }
            transaction.commit().await?;
            for job in jobs {
                self.store.run_job(job).await?;
            }
        }
        Ok(known)
    }

    /// Notes what is known of a customer, by itself.
    pub(super) async fn note(&self, number: &CustomerNumber, known: &KnownCustomer) -> Result<(), ImportError> {
        let row = rows::to_item(&keys::imported_customer(number), known);
        Ok(Transaction::<Taken>::new(self.store).write(TableName::Accounts, row).commit().await?)
    }
}

impl AccountRecord {
    fn with(&self, id: AccountId, owner: UserId) -> domain::Account {
        domain::Account {
            id,
            number: self.number.clone(),
            name: self.name.clone(),
            kind: self.kind,
            status: self.status.clone(),
            owner,
            zone: self.zone.clone(),
            language: self.language,
            country: self.country.clone(),
            second_factor_required: false,
            said_features: None,
            partnership: None,
            partner_since: None,
        }
    }

    fn listed(&self, id: AccountId) -> ListedAccount {
        let (number, name) = (self.number.clone(), self.name.clone());
        ListedAccount { id, number, name, kind: self.kind, state: self.status.state() }
    }
}

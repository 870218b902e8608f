//! The rows of one person in one account.

use std::collections::HashMap;

use domain::{AccountId, Membership, MembershipStatus, User, UserId, UserStatus, sign_in_name::SignInName};

use super::{Import, ImportError, KnownPerson, PersonRecord, Taken};
use crate::{
    StoreError, TableName, keys,
    registrations::NameRow,
    rows::{self, MemberRow, UserRow},
    transaction::{Of, Transaction, When},
};

/// Whether a person can sign in already, or could if they had a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Login {
    /// The address is nobody's; the login is made with the membership.
    New,
    /// The person has one, from another account or by signing up; their name stays as it is.
    Existing,
}

/// A person to write.
#[derive(Debug, Clone, Copy)]
pub struct Member<'a> {
    /// What the file says.
    pub record: &'a PersonRecord,
    /// Who it is.
    pub user: UserId,
    /// Whether the login is made, too.
    pub login: Login,
}

impl Import<'_> {
    /// Those of them who have a login already.
    pub(super) async fn existing<'m>(
        &self,
        members: impl Iterator<Item = &'m Member<'m>>,
    ) -> Result<HashMap<UserId, User>, ImportError> {
        let wanted = members.filter(|member| member.login == Login::Existing).map(|member| keys::user(member.user));
        let found = self.items(TableName::Accounts, wanted.collect()).await?.into_values();
        let person = |item| rows::from_item::<UserRow>(item).map(User::from).map(|person| (person.id, person));
        Ok(found.map(person).collect::<Result<_, _>>()?)
    }
}

impl Member<'_> {
    /// How many arms [`Member::join`] adds.
    pub(super) const fn arms(&self) -> usize {
        match self.login {
            Login::New => 4,
            Login::Existing => 2,
        }
    }

    pub(super) fn known(&self) -> (String, KnownPerson) {
        (self.record.email.claim(), KnownPerson { user: self.user, fingerprint: self.record.fingerprint.clone() })
    }

    /// Makes the person a member, and their login with it. Doing it again with the same id changes nothing. `people` are
    /// those who have a login.
    pub(super) fn join<'t>(
        &self,
        transaction: Transaction<'t, Taken>,
        of: &Of<'_>,
        people: &HashMap<UserId, User>,
    ) -> Transaction<'t, Taken> {
        let (record, user) = (self.record, self.user);
        let membership = Membership {
            role: record.role,
            permissions: record.permissions.clone(),
            status: MembershipStatus::Active,
            generation: 0,
            guest: None,
        };
        let new = || {
            let names = (record.first_name.clone(), record.last_name.clone());
            User::new(user, names, record.email.clone(), record.language, UserStatus::Invited)
        };
        let (person, transaction) = match people.get(&user) {
            Some(person) => (person.clone(), transaction),
            None => {
                let person = new();
                let transaction = self.make_login(transaction, &person);
                (person, transaction)
            }
        };
        let mut row = MemberRow::joining(&person, &membership);
        (row.j, row.ph) = (record.job_title.clone(), record.phone.clone());
        let copy = of.copy(&membership);
        transaction
            .write(TableName::Accounts, rows::to_item(&keys::membership(of.id, user), &row))
            .write(TableName::Accounts, rows::to_item(&keys::membership_of_user(user, of.id), &copy))
    }

    /// A login without a password: the person is invited later, by staff.
    fn make_login<'t>(&self, transaction: Transaction<'t, Taken>, person: &User) -> Transaction<'t, Taken> {
        let name = keys::sign_in_name(&SignInName::Email(person.email.clone()));
        transaction
            .claim(TableName::Credentials, rows::to_item(&name, &NameRow::of(person.id)), person.id, Taken::Login)
            .write(TableName::Accounts, rows::to_item(&keys::user(person.id), &rows::UserRow::from(person)))
    }

    /// Brings membership and copy up to the record. The name follows as long as the person has not made it their own
    /// by signing in.
    pub(super) fn change<'t>(
        &self,
        transaction: Transaction<'t, Taken>,
        account: AccountId,
        (was, person): (MemberRow, &User),
    ) -> Result<Transaction<'t, Taken>, StoreError> {
        let record = self.record;
        let mut is = was;
        let when = When::member_as_read(is.mv);
        (is.membership.r, is.membership.p) = (record.role, record.permissions.clone());
        (is.j, is.ph) = (record.job_title.clone(), record.phone.clone());
        let transaction = match person.status {
            UserStatus::Active | UserStatus::Closing => {
                is.place(self.user);
                transaction
            }
            UserStatus::Invited => {
                let called = User {
                    first_name: record.first_name.clone(),
                    last_name: record.last_name.clone(),
                    email: record.email.clone(),
                    language: record.language,
                    ..person.clone()
                };
                is.follow(&called);
                let person = When::holds("st = :st")
                    .with(":st", rows::value(&person.status)?)
                    .with(":f", rows::value(&record.first_name)?)
                    .with(":n", rows::value(&record.last_name)?)
                    .with(":m", rows::value(&record.email)?)
                    .with(":l", rows::value(&record.language)?);
                let change = "SET f = :f, n = :n, m = :m, l = :l";
                transaction.update(TableName::Accounts, &keys::user(self.user), change, person, Taken::Account)
            }
        };
        let membership = Membership::from(is.membership.clone());
        let amended = transaction.amend_member(account, self.user, &is, when, Taken::Account);
        Ok(match membership.status {
            MembershipStatus::Active | MembershipStatus::Deactivated => {
                amended.amend_copy(account, self.user, &membership, Taken::Account)
            }
            // Taken out of the account, they have no copy of it.
            MembershipStatus::Unlinked => amended,
        })
    }

    /// Whether [`Member::change`] calls the person otherwise, which the lists of their other accounts follow.
    pub(super) fn renames(&self, person: &User) -> bool {
        let record = self.record;
        let same = person.first_name == record.first_name
            && person.last_name == record.last_name
            && person.email == record.email;
        person.status == UserStatus::Invited && !same
    }
}

//! The rows of one person in one account.

use aws_sdk_dynamodb::types::AttributeValue;
use domain::{
    AccountId, AccountKind, Membership, MembershipStatus, User, UserId, UserStatus,
    name::{AccountName, JobTitle, Phone},
    number::CustomerNumber,
    sign_in_name::SignInName,
};
use serde::Serialize;

use super::{KnownPerson, PersonRecord, Taken};
use crate::{
    StoreError, TableName, keys,
    registrations::NameRow,
    rows,
    transaction::{Transaction, When},
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

/// What a member's copy of the membership shows of the account.
pub(super) struct Of<'a> {
    pub id: AccountId,
    pub number: &'a CustomerNumber,
    pub name: &'a AccountName,
    pub kind: AccountKind,
}

/// A membership with what only the vendor's records say of it so far.
#[derive(Serialize)]
struct ImportedMembershipRow<'a> {
    #[serde(flatten)]
    membership: rows::MembershipRow,
    /// job title
    #[serde(skip_serializing_if = "Option::is_none")]
    j: Option<&'a JobTitle>,
    /// telephone
    #[serde(skip_serializing_if = "Option::is_none")]
    ph: Option<&'a Phone>,
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

    /// Makes the person a member, and their login with it. Doing it again with the same id changes nothing.
    pub(super) fn join<'t>(&self, transaction: Transaction<'t, Taken>, of: &Of<'_>) -> Transaction<'t, Taken> {
        let (record, user) = (self.record, self.user);
        let membership = Membership {
            role: record.role,
            permissions: record.permissions.clone(),
            status: MembershipStatus::Active,
            generation: 0,
        };
        let copy = rows::MembershipOfUserRow {
            membership: rows::MembershipRow::from(&membership),
            na: of.name.clone(),
            n: of.number.clone(),
            k: of.kind,
        };
        let row = ImportedMembershipRow {
            membership: rows::MembershipRow::from(&membership),
            j: record.job_title.as_ref(),
            ph: record.phone.as_ref(),
        };
        let transaction = match self.login {
            Login::Existing => transaction,
            Login::New => self.make_login(transaction),
        };
        transaction
            .write(TableName::Accounts, rows::to_item(&keys::membership(of.id, user), &row))
            .write(TableName::Accounts, rows::to_item(&keys::membership_of_user(user, of.id), &copy))
    }

    /// A login without a password: the person is invited later, by staff.
    fn make_login<'t>(&self, transaction: Transaction<'t, Taken>) -> Transaction<'t, Taken> {
        let record = self.record;
        let names = (record.first_name.clone(), record.last_name.clone());
        let person = User::new(self.user, names, record.email.clone(), record.language, UserStatus::Invited);
        let name = keys::sign_in_name(&SignInName::Email(person.email.clone()));
        transaction
            .claim(TableName::Credentials, rows::to_item(&name, &NameRow::of(person.id)), person.id, Taken::Login)
            .write(TableName::Accounts, rows::to_item(&keys::user(person.id), &rows::UserRow::from(&person)))
    }

    /// Brings membership and copy up to the record. The name follows as long as the person has not made it their own
    /// by signing in.
    pub(super) fn change<'t>(
        &self,
        transaction: Transaction<'t, Taken>,
        account: AccountId,
        status: UserStatus,
    ) -> Result<Transaction<'t, Taken>, StoreError> {
        let record = self.record;
        let (role, permissions) = (value(&record.role)?, value(&record.permissions)?);
        let member = When::present()
            .with(":r", role.clone())
            .with(":p", permissions.clone())
            .with(":j", value(&record.job_title)?)
            .with(":ph", value(&record.phone)?);
        let copy = When::present().with(":r", role).with(":p", permissions);
        let key = keys::membership(account, self.user);
        let changed = transaction
            .update(TableName::Accounts, &key, "SET r = :r, p = :p, j = :j, ph = :ph", member, Taken::Account)
            .update(
                TableName::Accounts,
                &keys::membership_of_user(self.user, account),
                "SET r = :r, p = :p",
                copy,
                Taken::Account,
            );
        match status {
            UserStatus::Active | UserStatus::Closing => Ok(changed),
            UserStatus::Invited => {
                let person = When::holds("st = :st")
                    .with(":st", value(&status)?)
                    .with(":f", value(&record.first_name)?)
                    .with(":n", value(&record.last_name)?)
                    .with(":m", value(&record.email)?)
                    .with(":l", value(&record.language)?);
                let change = "SET f = :f, n = :n, m = :m, l = :l";
                Ok(changed.update(TableName::Accounts, &keys::user(self.user), change, person, Taken::Account))
            }
        }
    }
}

/// A value as rows hold it; what is not there is null.
pub(super) fn value(it: &impl Serialize) -> Result<AttributeValue, StoreError> {
    Ok(serde_dynamo::aws_sdk_dynamodb_1::to_attribute_value(it)?)
}

//! A partner makes an account on behalf of the vendor (R511): account, owner, partnership and a first trial, all at once.

use aws_sdk_dynamodb::types::AttributeValue;
use domain::{
    Account, AccountId, EmailAddress, EventId, Membership, Permissions, Role, Timestamp, User, UserId, UserStatus,
    actor::{AccountAuthority, CameFrom},
    letter::Letter,
    log::{Event, LogOf, PartnerChange},
    name::PersonName,
    number::{CustomerNumber, ProductCode},
    on_behalf::OnceId,
    product::Product,
    rights::{CreateCustomer, ListCustomers},
    sign_in_name::SignInName,
};
use serde::{Deserialize, Serialize};

use crate::{
    Conflict, Job, ListedAccount, NewTrial, OwnersInvitation, Store, StoreError, TableName, Throttle, emails, keys,
    letters, log,
    products::ProductRow,
    registrations::NameRow,
    resets::ResetRow,
    rows::{self, AccountRow, MemberRow, UserRow},
    transaction::{Of, Transaction, When},
};

/// How long a page may ask again for what it got, in seconds: a day.
const REMEMBERED: i64 = 24 * 3_600;

/// What making an account rests on.
#[derive(Debug, Clone)]
pub struct Creating {
    /// What became of it, if this page asked before.
    pub done: Option<(AccountId, CustomerNumber)>,
    /// Whose the owner's address is.
    pub owner: Option<User>,
    /// The product to try.
    pub product: Option<Product>,
}

/// An account to make.
pub struct NewCustomer<'a> {
    /// The page's id of what it asks for.
    pub once: &'a OnceId,
    /// The account, with its partner.
    pub account: &'a Account,
    /// Its owner, and whether they have a login already.
    pub owner: (&'a User, bool),
    /// What the partner calls them.
    pub named: (PersonName, PersonName),
    /// The way to the owner's first password.
    pub invitation: &'a OwnersInvitation,
    /// A first trial.
    pub trial: Option<&'a NewTrial<'a>>,
    /// To the owner and to the vendor.
    pub letters: &'a [Letter],
    /// Count accounts by partner, and mails to the owner's address.
    pub counts: &'a [Throttle; 2],
    /// Who acts, as the account's own log says it.
    pub from: CameFrom,
    /// The ids of log entries: in the account's log, in the partner's, and of the trial.
    pub events: [EventId; 3],
}

/// Why no account was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CreateRefused {
    /// The person, or their account, may not (any more).
    Actor,
    /// The page asked for it before: read what became of it.
    Done,
    /// The number that was drawn is somebody's: draw another.
    Number,
    /// Whoever has the owner's address changed meanwhile, or the product did.
    Changed,
    /// The address is kept for somebody who gave it up.
    Address,
    /// Too many, by the throttle of that place.
    Throttle(usize),
}

/// What became of what a page asked for.
#[derive(Serialize, Deserialize)]
struct OnceRow {
    /// the account
    a: AccountId,
    /// its number
    n: CustomerNumber,
    /// when the database may delete it, in seconds
    ttl: i64,
}

impl Store {
    /// What making an account rests on. Reads as much for an address that nobody has; `nobody` stands for who is not
    /// there.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn find_creating(
        &self,
        right: &ListCustomers,
        once: &OnceId,
        (email, nobody): (&EmailAddress, UserId),
        product: Option<&ProductCode>,
    ) -> Result<Creating, StoreError> {
        let owner = async {
            let whose = self.whose(&SignInName::Email(email.clone())).await?;
            self.find_person(whose.unwrap_or(nobody)).await
        };
        let product = async {
            let Some(code) = product else { return Ok(None) };
            let found = self.get(TableName::Accounts, keys::product(code)).await?;
            let row = found.map(rows::from_item::<ProductRow>).transpose()?;
            Ok(row.map(|row| row.into_product(code.clone())).filter(Product::may_be_tried))
        };
        let done = self.created_before(right.account(), once);
        let (done, owner, product) = tokio::try_join!(done, owner, product)?;
        Ok(Creating { done, owner, product })
    }

    /// What became of it, if that page asked before.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn created_before(
        &self,
        partner: AccountId,
        once: &OnceId,
    ) -> Result<Option<(AccountId, CustomerNumber)>, StoreError> {
        let found = self.get(TableName::Sessions, keys::asked_once(partner, once)).await?;
        Ok(found.map(rows::from_item::<OnceRow>).transpose()?.map(|row| (row.a, row.n)))
    }

    /// Makes the account. It costs the same whether or not its owner has a login.
    ///
    /// # Errors
    /// [`CreateRefused`] says which condition did not hold.
    pub async fn create_customer(
        &self,
        right: &CreateCustomer,
        new: &NewCustomer<'_>,
        now: Timestamp,
    ) -> Result<(), Conflict<CreateRefused>> {
        let (account, partner, owner) = (new.account, right.account(), new.owner.0);
        let able = When::holds("st = :active AND fe.partner = :yes AND fe.on_behalf = :yes")
            .text(":active", "active")
            .with(":yes", AttributeValue::Bool(true));
        let once = OnceRow { a: account.id, n: account.number.clone(), ttl: now.as_second() + REMEMBERED };
        let alias = keys::sign_in_name(&SignInName::CustomerNumber(account.number.clone()));
        let (kind, state) = (account.kind, account.status.state());
        let listed =
            ListedAccount { id: account.id, number: account.number.clone(), name: account.name.clone(), kind, state };
        let membership = Membership::joined(Role::Owner, Permissions::new(), now);
        let transaction = Transaction::new(self)
            .by_membership(right.authority(), CreateRefused::Actor)
            .check(TableName::Accounts, &keys::account(partner), able, CreateRefused::Actor)
            .create(
                TableName::Sessions,
                rows::to_item(&keys::asked_once(partner, new.once), &once),
                CreateRefused::Done,
            )
            .list_new(&listed, CreateRefused::Number)
            .create(TableName::Credentials, rows::to_item(&alias, &NameRow::of(owner.id)), CreateRefused::Number)
            .create(
                TableName::Accounts,
                rows::to_item(&keys::account(account.id), &AccountRow::new(account, 1)),
                CreateRefused::Number,
            )
            .owner_named(account, new, &membership)
            .owner_of_new(new, now);
        let counted = new.counts.iter().enumerate();
        let transaction = counted
            .fold(transaction, |arms, (place, throttle)| arms.count(throttle, now, CreateRefused::Throttle(place)));
        let transaction =
            new.letters.iter().fold(transaction, |arms, letter| arms.write(TableName::Journal, letters::row(letter)));
        let transaction = match new.trial {
            None => transaction.followed_by(Job::RefreshCustomer { account: account.id }),
            Some(trial) => transaction.try_product(account.id, trial, CreateRefused::Changed, CreateRefused::Changed),
        };
        transaction.created_logged(right, new, now).commit().await
    }
}

impl Transaction<'_, CreateRefused> {
    /// The owner's place, as the partner named them: whether they have a login, and what they are called there, is told to
    /// nobody before they come in.
    fn owner_named(self, account: &Account, new: &NewCustomer<'_>, membership: &Membership) -> Self {
        let (owner, of) = (new.owner.0, Of::from(account));
        let named = User::new(owner.id, new.named.clone(), owner.email.clone(), owner.language, UserStatus::Invited);
        let row = MemberRow { nt: true, ..MemberRow::joining(&named, membership) };
        let (place, copy) = (keys::membership(account.id, owner.id), keys::membership_of_user(owner.id, account.id));
        self.create(TableName::Accounts, rows::to_item(&place, &row), CreateRefused::Changed)
            .write(TableName::Accounts, rows::to_item(&copy, &of.copy(membership)))
    }

    /// The owner's login: made, or as it was read. Each arm has its like, so that neither is cheaper.
    fn owner_of_new(self, new: &NewCustomer<'_>, now: Timestamp) -> Self {
        let (owner, has_login) = new.owner;
        let (name, key) = (emails::name_of(&owner.email), keys::user(owner.id));
        let invitation = keys::invitation(owner.id);
        let row = ResetRow::of(&new.invitation.token_hash, new.invitation.link_expires_at);
        let login = if has_login {
            let theirs = When::holds("u = :u AND attribute_not_exists(x)").text(":u", owner.id.to_string());
            self.person_as_read(owner, CreateRefused::Changed).check(
                TableName::Credentials,
                &name,
                theirs,
                CreateRefused::Changed,
            )
        } else {
            self.create(TableName::Accounts, rows::to_item(&key, &UserRow::from(owner)), CreateRefused::Changed)
                .take_name(&name, owner.id, now, CreateRefused::Address)
        };
        match owner.status {
            UserStatus::Invited => login.write(TableName::Sessions, rows::to_item(&invitation, &row)),
            // Nobody needs the way to a first password who has one: their letter carries no link.
            UserStatus::Active | UserStatus::Closing => {
                let always = When::holds("attribute_exists(pk) OR attribute_not_exists(pk)");
                login.check(TableName::Sessions, &invitation, always, CreateRefused::Changed)
            }
        }
    }

    /// What happened, in the log of the account, where a partner's person made it, and in the partner's own.
    fn created_logged(self, right: &CreateCustomer, new: &NewCustomer<'_>, now: Timestamp) -> Self {
        let (account, partner) = (new.account.id, right.account());
        let there = AccountAuthority { account, from: Some(new.from.clone()), ..right.authority().clone() };
        let created = Event::Partner { partner, change: PartnerChange::Created };
        let ours = Event::CustomerCreated { customer: account };
        let [in_account, in_ours, of_trial] = new.events;
        let logged = self
            .write(TableName::Journal, log::entry(in_account, LogOf::Account(account), &there, &created, now))
            .write(TableName::Journal, log::entry(in_ours, LogOf::Account(partner), right.authority(), &ours, now));
        match new.trial {
            None => logged,
            Some(trial) => {
                let (product, license) = (trial.product.code.clone(), trial.license.id);
                let started = Event::TrialStarted { product, license };
                logged.write(TableName::Journal, log::entry(of_trial, LogOf::Account(account), &there, &started, now))
            }
        }
    }
}

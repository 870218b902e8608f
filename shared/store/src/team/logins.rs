//! Logins that an account's team makes for its people, with a user name of the account's and a password that somebody
//! hands over (R303).

use domain::{
    Account, AccountId, ContactId, EventId, Membership, SignedDuration, Timestamp, User, UserId,
    log::{Event, LogOf, MemberChange},
    member::Member,
    rights::{ListMembers, ManageMembers},
    sign_in_name::{SignInName, UserName},
};
use serde::Serialize;

use crate::{
    Conflict, Store, StoreError, TableName, keys, log,
    rows::{self, MemberRow, UserRow},
    transaction::{Of, Transaction, When},
};

/// How long an initial password is good (R303).
pub const INITIAL_PASSWORD: SignedDuration = SignedDuration::from_hours(72);

/// A password that somebody else knows; with its end, which one's own has not.
#[derive(Serialize)]
struct InitialPasswordRow<'a> {
    /// the hash
    h: &'a str,
    /// until when it is good, in milliseconds
    i: i64,
}

/// Somebody to be added to a team with a login of its making.
pub struct NewMember<'a> {
    /// The account, as read.
    pub account: &'a Account,
    /// The person: invited, at home in the account, with an address that is not proven.
    pub user: &'a User,
    /// What they sign in with.
    pub user_name: &'a UserName,
    /// What they are in the account.
    pub membership: &'a Membership,
    /// The hash of the initial password.
    pub password_hash: &'a str,
    /// Until when that is good.
    pub until: Timestamp,
}

/// Why nobody was added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddRefused {
    /// The person is not (any more) who acts, or the account was changed meanwhile.
    Changed,
    /// Somebody of the account has the user name, or one that looks like it.
    UserName,
    /// An invitation to the address waits for its answer.
    Invited,
}

/// Another initial password.
pub struct AnotherPassword<'a> {
    /// For whom.
    pub user: UserId,
    /// The member's version, as read.
    pub version: u32,
    /// Its hash.
    pub hash: &'a str,
    /// Until when it is good.
    pub until: Timestamp,
}

/// Why another initial password was not given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasswordNotGiven {
    /// Whoever acts may not any more, or the member is not as read.
    Changed,
    /// They have a password of their own by now, or the account has not made their login.
    Theirs,
}

impl Store {
    /// Adds somebody to a team with a login of its making. Their address is claimed by nobody and proves nothing: it makes
    /// no difference whose it is. Whom the account knew by it as a contact is a member from now on.
    ///
    /// # Errors
    /// [`AddRefused`] says which condition did not hold.
    pub async fn add_member(
        &self,
        right: &ManageMembers,
        new: &NewMember<'_>,
        event: EventId,
        now: Timestamp,
    ) -> Result<(), Conflict<AddRefused>> {
        let (account, user) = (new.account.id, new.user);
        let of = Of::from(new.account);
        let mut member = MemberRow::joining(user, new.membership);
        member.un = Some(new.user_name.clone());
        let name = keys::sign_in_name(&SignInName::UserName(new.user_name.clone()));
        let contact = keys::contact(account, ContactId::of(account, &user.email));
        let added = Event::Member { user: user.id, change: MemberChange::Added };
        let log_of = LogOf::Account(account);
        Transaction::new(self)
            .by_membership(right.authority(), AddRefused::Changed)
            .update(
                TableName::Accounts,
                &keys::account(account),
                "ADD m :one",
                When::joinable(&of).lets_in(right.authority()),
                AddRefused::Changed,
            )
            .customer_changes(account, of.partner)
            .take_name(&name, user.id, now, AddRefused::UserName)
            .delete(TableName::Accounts, &contact, When::not_invited(), AddRefused::Invited)
            .create(TableName::Accounts, rows::to_item(&keys::user(user.id), &UserRow::from(user)), AddRefused::Changed)
            .write(TableName::Accounts, rows::to_item(&keys::membership(account, user.id), &member))
            .write(
                TableName::Accounts,
                rows::to_item(&keys::membership_of_user(user.id, account), &of.copy(new.membership)),
            )
            .write(TableName::Credentials, password_row(user.id, new.password_hash, new.until))
            .write(TableName::Journal, log::entry(event, log_of, right.authority(), &added, now))
            .commit()
            .await
    }

    /// A member and the person they are, for somebody who may list them.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn find_member_and_person(
        &self,
        right: &ListMembers,
        user: UserId,
    ) -> Result<Option<(Member, User)>, StoreError> {
        let (member, person) = tokio::join!(self.find_member(right, user), self.find_person(user));
        Ok(member?.zip(person?))
    }

    /// Gives somebody whose login the team made, and who has not signed in yet, another initial password in place of the
    /// one before.
    ///
    /// # Errors
    /// [`PasswordNotGiven`] says which condition did not hold.
    pub async fn give_password(
        &self,
        right: &ManageMembers,
        new: &AnotherPassword<'_>,
        event: EventId,
        now: Timestamp,
    ) -> Result<(), Conflict<PasswordNotGiven>> {
        let account: AccountId = right.account();
        let ours =
            When::holds("st = :invited AND ha = :home").text(":invited", "invited").text(":home", account.to_string());
        let given = Event::Member { user: new.user, change: MemberChange::PasswordGiven };
        let entry = log::entry(event, LogOf::Account(account), right.authority(), &given, now);
        Transaction::new(self)
            .by_member(right.authority(), PasswordNotGiven::Changed)
            .check(
                TableName::Accounts,
                &keys::membership(account, new.user),
                // Whom somebody has made more of since, they have not been given for.
                When::member_as_read(new.version).and("st <> :unlinked").text(":unlinked", "unlinked"),
                PasswordNotGiven::Changed,
            )
            .check(TableName::Accounts, &keys::user(new.user), ours, PasswordNotGiven::Theirs)
            .write(TableName::Credentials, password_row(new.user, new.hash, new.until))
            .write(TableName::Journal, entry)
            .commit()
            .await
    }
}

fn password_row(user: UserId, hash: &str, until: Timestamp) -> Result<rows::Item, StoreError> {
    rows::to_item(&keys::password(user), &InitialPasswordRow { h: hash, i: until.as_millisecond() })
}

impl When {
    /// No invitation to a contact waits for its answer; holds also where there is no contact.
    pub(super) fn not_invited() -> Self {
        Self::holds("attribute_not_exists(iv)")
    }
}

//! Guests: letting them stay longer, and their leaving (R510). They come by an invitation, and are removed like members.

use domain::{
    Account, AccountId, EventId, Membership, Timestamp, UserId,
    guest::end_day,
    letter::Letter,
    log::{Event, LogOf, MemberChange},
    member::Group,
    membership::Guest,
    rights::{LeaveAsGuest, ManageGuests},
};

use super::FoundMember;
use crate::{
    Conflict, Store, StoreError, TableName, keys, letters, log,
    rows::{self, AccountRow, MemberRow},
    transaction::{Transaction, When},
};

/// Somebody's own account, and what they are in it.
pub type AtHome = (Option<Account>, Option<Membership>);

/// Why a guest's time was not changed, or their place not given up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GuestRefused {
    /// Whoever acts is not (any more) who may.
    Actor,
    /// The guest, or the account, changed meanwhile.
    Changed,
    /// They are none of the partner's people any more.
    NotOfPartner,
    /// Who is to be told does not look after the account's people.
    Untold,
}

/// How it is told: in the account's log, and by mail.
pub struct GuestTold<'a> {
    /// The letter.
    pub letter: &'a Letter,
    /// The log entry's id.
    pub event: EventId,
    /// Now.
    pub now: Timestamp,
}

impl Store {
    /// What somebody is in an account that they may come from as a guest.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn at_home(&self, home: AccountId, user: UserId) -> Result<AtHome, StoreError> {
        let (account, member) = (keys::account(home), keys::membership(home, user));
        let mut found = self.items(TableName::Accounts, vec![account.clone(), member.clone()]).await?;
        let row = found.remove(&account).map(rows::from_item::<AccountRow>).transpose()?;
        let there = found.remove(&member).map(rows::from_item::<rows::MembershipAndNameRow>).transpose()?;
        Ok((row.map(Account::try_from).transpose()?, there.map(|row| row.membership.into())))
    }

    /// Who let a guest in, if they still look after the account's people: else its owner is told of them.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn who_lets_in(&self, account: AccountId, guest: &Guest) -> Result<Option<UserId>, StoreError> {
        let Some(by) = guest.by else { return Ok(None) };
        let found = self.get(TableName::Accounts, keys::membership(account, by)).await?;
        let row = found.map(rows::from_item::<MemberRow>).transpose()?;
        let manages = row.is_some_and(|row| Group::of(&row.membership.into(), row.us) == Group::Managers);
        Ok(manages.then_some(by))
    }

    /// Lets a guest stay until another time, also one whose time is over; `is` is what they are from now on. Whoever renews
    /// is told of what becomes of them.
    ///
    /// # Errors
    /// [`GuestRefused`] says which condition did not hold.
    pub async fn renew_guest(
        &self,
        right: &ManageGuests,
        found: &FoundMember,
        (was, is): (&Guest, &Guest),
        told: &GuestTold<'_>,
    ) -> Result<(), Conflict<GuestRefused>> {
        let (account, user, authority) = (right.account(), found.member.user, right.authority());
        let theirs = When::partner_is(is.home).and("st = :active").text(":active", "active");
        let until = |when: When| {
            when.number(":ga", is.since.as_millisecond())
                .number(":gu", is.until.as_millisecond())
                .text(":gb", authority.person.user.to_string())
        };
        let as_read = When::holds("mv = :mv AND gh = :gh")
            .number(":mv", found.row.mv)
            .number(":one", 1)
            .text(":gh", was.home.to_string());
        let (place, copy) = (keys::membership(account, user), keys::membership_of_user(user, account));
        let change = Event::Member { user, change: MemberChange::GuestRenewed };
        let arms = Transaction::new(self)
            .by_membership(authority, GuestRefused::Actor)
            .check(TableName::Accounts, &keys::account(account), theirs, GuestRefused::NotOfPartner)
            .at_home(is.home, user, GuestRefused::NotOfPartner)
            .update(
                TableName::Accounts,
                &place,
                "SET ga = :ga, gu = :gu, gb = :gb, mv = mv + :one",
                until(as_read),
                GuestRefused::Changed,
            )
            .update(
                TableName::Accounts,
                &copy,
                "SET ga = :ga, gu = :gu, gb = :gb",
                until(When::present()),
                GuestRefused::Changed,
            );
        // The same row is written once: on its last day as on another.
        let arms =
            if end_day(was.until) == end_day(is.until) { arms } else { arms.forget_guest_end(account, user, was) };
        arms.note_guest_end(account, user, is)
            .write(TableName::Journal, letters::row(told.letter))
            .write(TableName::Journal, log::entry(told.event, LogOf::Account(account), authority, &change, told.now))
            .commit()
            .await
    }

    /// A guest gives up their place, also one whose time is over; the session ends with it. `to` is told of it, if they
    /// look after the account's people, or else the owner.
    ///
    /// # Errors
    /// [`GuestRefused`] says which condition did not hold.
    pub async fn leave_as_guest(
        &self,
        right: &LeaveAsGuest,
        name: &str,
        to: Option<UserId>,
        told: &GuestTold<'_>,
    ) -> Result<(), Conflict<GuestRefused>> {
        let (account, authority, guest) = (right.account(), right.authority(), right.guest());
        let user = authority.user;
        let as_read = When::holds("gh = :gh AND gu = :gu")
            .text(":gh", guest.home.to_string())
            .number(":gu", guest.until.as_millisecond());
        let still = When::still(authority).number(":one", 1);
        let left = Event::Member { user, change: MemberChange::GuestLeft };
        let by = log::By::Guest(user, guest, name);
        let arms = Transaction::new(self);
        let arms = match to {
            None => arms,
            Some(to) => {
                let key = keys::membership(account, to);
                arms.check(TableName::Accounts, &key, When::manages(), GuestRefused::Untold)
            }
        };
        arms
            // Whatever rests on which accounts they belong to rests on that number.
            .by_changing(authority, "SET ve = ve + :one", still, GuestRefused::Actor)
            .delete(TableName::Accounts, &keys::membership(account, user), as_read, GuestRefused::Changed)
            .remove(TableName::Accounts, &keys::membership_of_user(user, account))
            .forget_guest_end(account, user, guest)
            .forget_access_request(account, user)
            .remove(TableName::Sessions, &keys::session(user, right.session()))
            .write(TableName::Journal, letters::row(told.letter))
            .write(TableName::Journal, log::entry(told.event, LogOf::Account(account), by, &left, told.now))
            .commit()
            .await
    }
}

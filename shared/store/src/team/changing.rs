//! Changing a member's place in the team: one transaction each, which asks that whoever acts still may, and that the
//! member is as read and not the owner (R313).

use domain::{
    EventId, Membership, MembershipStatus, Timestamp, UserId,
    letter::Letter,
    log::{Event, LogOf, MemberChange},
    rights::ManageMembers,
};

use super::FoundMember;
use crate::{
    Conflict, Store, TableName, keys, letters, log,
    transaction::{Transaction, When},
};

/// Why a member was not changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MemberRefused {
    /// The person is not (any more) who acts.
    Actor,
    /// The member, or the account, changed meanwhile.
    Changed,
    /// Somebody of the account has the user name, or one that looks like it.
    UserName,
}

/// How a change is told.
pub struct MemberTold<'a> {
    /// To the member.
    pub letter: Option<&'a Letter>,
    /// What changed, each with the id of its log entry.
    pub changes: &'a [(EventId, MemberChange)],
    /// Now.
    pub now: Timestamp,
}

pub(super) type Arms<'a> = Transaction<'a, MemberRefused>;

impl MemberTold<'_> {
    /// Log and letter.
    pub(super) fn tell<'a>(&self, arms: Arms<'a>, right: &ManageMembers, user: UserId) -> Arms<'a> {
        let log = LogOf::Account(right.account());
        let arms = self.changes.iter().fold(arms, |arms, (id, change)| {
            let event = Event::Member { user, change: *change };
            arms.write(TableName::Journal, log::entry(*id, log, right.authority(), &event, self.now))
        });
        match self.letter {
            None => arms,
            Some(letter) => arms.write(TableName::Journal, letters::row(letter)),
        }
    }
}

impl Store {
    /// Switches a member off, which ends their sessions here, or on again (R306).
    ///
    /// # Errors
    /// [`MemberRefused`] says which condition did not hold.
    pub async fn switch_member(
        &self,
        right: &ManageMembers,
        found: &FoundMember,
        on: bool,
        told: &MemberTold<'_>,
    ) -> Result<(), Conflict<MemberRefused>> {
        let (account, user) = (right.account(), found.member.user);
        let mut row = found.row.clone();
        if on {
            row.membership.st = MembershipStatus::Active;
        } else {
            row.membership.st = MembershipStatus::Deactivated;
            row.membership.g += 1;
        }
        row.place(user);
        let when = When::team_member_as_read(found.row.mv);
        let arms = Transaction::new(self)
            .by_member(right.authority(), MemberRefused::Actor)
            .amend_member(account, user, &row, when, MemberRefused::Changed)
            .amend_copy(account, user, &Membership::from(row.membership), MemberRefused::Changed);
        told.tell(arms, right, user).commit().await
    }

    /// Takes a member out of the account, to be put back: it is none of theirs meanwhile (R308).
    ///
    /// # Errors
    /// [`MemberRefused`] says which condition did not hold.
    pub async fn unlink_member(
        &self,
        right: &ManageMembers,
        found: &FoundMember,
        told: &MemberTold<'_>,
    ) -> Result<(), Conflict<MemberRefused>> {
        let (account, user) = (right.account(), found.member.user);
        let mut row = found.row.clone();
        row.membership.st = MembershipStatus::Unlinked;
        row.membership.g += 1;
        row.place(user);
        let copy = keys::membership_of_user(user, account);
        let arms = Transaction::new(self)
            .by_membership(right.authority(), MemberRefused::Actor)
            .count_out(right.authority(), MemberRefused::Actor)
            .amend_member(account, user, &row, When::team_member_as_read(found.row.mv), MemberRefused::Changed)
            .delete(TableName::Accounts, &copy, When::present(), MemberRefused::Changed)
            .person_as_read(&found.person, MemberRefused::Changed);
        told.tell(arms, right, user).commit().await
    }

    /// Puts a member back who was taken out: they are what they were.
    ///
    /// # Errors
    /// [`MemberRefused`] says which condition did not hold.
    pub async fn link_member(
        &self,
        right: &ManageMembers,
        account: &domain::Account,
        found: &FoundMember,
        told: &MemberTold<'_>,
    ) -> Result<(), Conflict<MemberRefused>> {
        let refused = (MemberRefused::Changed, MemberRefused::Actor);
        let arms = Transaction::new(self).by_membership(right.authority(), MemberRefused::Actor).put_back(
            Some(right.authority()),
            account,
            &found.person,
            &found.row,
            &found.member.membership,
            refused,
        );
        told.tell(arms, right, found.member.user).commit().await
    }
}

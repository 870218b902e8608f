//! Sending a member whom the vendor recorded, and who has never signed in, the way to their first password (R307).

use domain::{
    EventId, SignedDuration, Timestamp, UserId,
    letter::Letter,
    log::{Event, LogOf, MemberChange},
    rights::ManageMembers,
};

use crate::{
    Conflict, Store, TableName, Throttle, keys, letters, log,
    resets::ResetRow,
    rows,
    transaction::{Transaction, When},
};

/// Whoever was invited is not written to again for five minutes: a second click, or a second manager, sends no second
/// mail.
const PAUSE: SignedDuration = SignedDuration::from_mins(5);

/// The way to a first password, for a member.
pub struct MemberInvitation<'a> {
    /// Whom.
    pub user: UserId,
    /// The letter with the link.
    pub letter: &'a Letter,
    /// The hash of the link's token.
    pub token_hash: &'a str,
    /// Until when the link is good.
    pub link_expires_at: Timestamp,
    /// Count mails by who invites, by account, and by recipient.
    pub counts: &'a [Throttle; 3],
    /// The log entry's id.
    pub event: EventId,
}

/// Why a member was not invited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MemberNotInvited {
    /// Whoever acts is not (any more) who may.
    Actor,
    /// They have come in meanwhile, or belong to the account no more.
    Changed,
    /// They were sent one a moment ago.
    JustInvited,
    /// Too many mails, by the throttle of that place.
    Throttle(usize),
}

impl Store {
    /// Sends a member the way to their first password, in place of one sent before. Their address is the vendor's word:
    /// one that a team wrote down is sent nothing that opens a login.
    ///
    /// # Errors
    /// [`MemberNotInvited`] says which condition did not hold.
    pub async fn invite_member(
        &self,
        right: &ManageMembers,
        sent: &MemberInvitation<'_>,
        now: Timestamp,
    ) -> Result<(), Conflict<MemberNotInvited>> {
        let (account, user) = (right.account(), sent.user);
        let row = ResetRow::of(sent.token_hash, sent.link_expires_at);
        let pause_over = sent.link_expires_at - PAUSE;
        let invited = When::holds("st = :invited AND attribute_not_exists(eu)").text(":invited", "invited");
        let member =
            When::holds("st <> :unlinked AND r <> :owner").text(":unlinked", "unlinked").text(":owner", "owner");
        let long_ago = When::holds("attribute_not_exists(x) OR x <= :x").number(":x", pause_over.as_millisecond());
        let item = rows::to_item(&keys::invitation(user), &row);
        let event = Event::Member { user, change: MemberChange::Invited };
        let log = LogOf::Account(account);
        let arms = Transaction::new(self)
            .by_member(right.authority(), MemberNotInvited::Actor)
            .check(TableName::Accounts, &keys::user(user), invited, MemberNotInvited::Changed)
            .check(TableName::Accounts, &keys::membership(account, user), member, MemberNotInvited::Changed)
            .put(TableName::Sessions, item, Some(long_ago), Some(MemberNotInvited::JustInvited))
            .write(TableName::Journal, letters::row(sent.letter))
            .write(TableName::Journal, log::entry(sent.event, log, right.authority(), &event, now));
        let counts = sent.counts.iter().enumerate();
        counts
            .fold(arms, |arms, (place, count)| arms.count(count, now, MemberNotInvited::Throttle(place)))
            .commit()
            .await
    }
}

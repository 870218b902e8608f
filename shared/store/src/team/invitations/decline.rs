//! Saying no to an invitation.

use domain::{
    EventId, Timestamp,
    invitation::InvitationToMe,
    letter::Letter,
    log::{Event, InvitationChange, LogOf},
    rights::AnswerInvitation,
};

use super::contact::{Known, OfContact, commit_with_contact};
use crate::{
    Conflict, Store, TableName, keys, letters, log,
    transaction::{Transaction, When},
};

/// Why an invitation was not declined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeclineRefused {
    /// The person is not (any more) who acts.
    Actor,
    /// It was answered or taken back meanwhile, or its time is over.
    Invitation,
    /// The account's contact was changed meanwhile.
    Contact,
}

impl Store {
    /// Declines an invitation: it lets nobody in any more, and whoever sent it is told.
    ///
    /// # Errors
    /// [`DeclineRefused`] says which condition did not hold.
    pub async fn decline_invitation(
        &self,
        right: &AnswerInvitation,
        invitation: &InvitationToMe,
        letter: &Letter,
        event: EventId,
        now: Timestamp,
    ) -> Result<(), Conflict<DeclineRefused>> {
        let InvitationToMe { account, id, invited, .. } = invitation;
        let of = OfContact { account: *account, invitation: *id, invited, until: None };
        let arms = |known: &Known| {
            let arms = Transaction::new(self)
                .by(right.authority(), DeclineRefused::Actor)
                .update(
                    TableName::Accounts,
                    &keys::team_invitation(*account, *id),
                    "SET st = :declined",
                    When::waiting(now),
                    DeclineRefused::Invitation,
                )
                .delete(
                    TableName::Accounts,
                    &keys::invited(&invited.email, *account),
                    When::of_invitation(*id),
                    DeclineRefused::Invitation,
                );
            let entry = Event::Invitation { invitation: *id, change: InvitationChange::Declined };
            let by = right.authority().user;
            of.arm(arms, known, DeclineRefused::Contact)
                .write(TableName::Journal, letters::row(letter))
                .write(TableName::Journal, log::entry(event, LogOf::Account(*account), by, &entry, now))
        };
        commit_with_contact(DeclineRefused::Contact, arms).await
    }
}

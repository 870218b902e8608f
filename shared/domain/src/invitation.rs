//! Invitations to an account's team (R303, R304, R309). An invitation occupies nothing until somebody accepts it: neither
//! a login nor an address.

mod link;
mod sender;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{
    AccountId, EmailAddress, InvitationId, Language, LetterId, Permissions, Role, UserId,
    guest::GuestDays,
    letter::{GuestLetter, LinkPurpose, TeamLetter},
    name::{AccountName, JobTitle, PersonName, Phone},
    number::CustomerNumber,
};

pub use link::{link_subject, parse_link_subject};
pub use sender::SentFrom;

/// Where an invitation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvitationState {
    /// Its mail waits to be sent.
    Queued,
    /// The mail service took it.
    Delivered,
    /// The mail reached nobody.
    Bounced,
    /// Its link was made for whoever invites to hand over; no mail carries it.
    HandedOver,
    /// Somebody opened the link.
    Opened,
    /// Whom it is for belongs to the account by it.
    Accepted,
    /// Whom it is for said no.
    Declined,
    /// Its time is over: never stored, told by the clock.
    Expired,
    /// The team took it back.
    Revoked,
}

impl InvitationState {
    /// Those in which it waits for an answer, as rows hold them; whether its time is over is another question.
    pub const WAITING: [Self; 5] = [Self::Queued, Self::Delivered, Self::Bounced, Self::HandedOver, Self::Opened];

    /// Its word, on the wire and in rows.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Delivered => "delivered",
            Self::Bounced => "bounced",
            Self::HandedOver => "handed_over",
            Self::Opened => "opened",
            Self::Accepted => "accepted",
            Self::Declined => "declined",
            Self::Expired => "expired",
            Self::Revoked => "revoked",
        }
    }
}

/// Why an invitation lets nobody in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotAccepted {
    /// Its time is over.
    Expired,
    /// The team took it back.
    Revoked,
    /// It was accepted.
    Used,
    /// Whom it is for said no.
    Declined,
    /// Whoever invited does not look after the account any more. What they could not do now, their invitations do not
    /// either: or somebody who is being removed would leave doors open.
    InviterGone,
    /// The account is not in use, or may not look after its people itself: nobody in it could take the invitation back.
    Unavailable,
    /// Its link was handed over, not mailed: who holds it has not shown that the address is theirs.
    HandedOver,
    /// The address has a login: that one accepts.
    HasLogin,
    /// They belong to the account.
    Member,
    /// It is a guest's, and the account has no partner.
    NoPartner,
    /// It is a guest's, and whoever answers is none of the partner's people, or nobody who works there now.
    NotOfPartner,
}

impl NotAccepted {
    /// The stable code; the catalogue's `problem.<code>` says why, and what to do.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Expired => "invitation_expired",
            Self::Revoked => "invitation_revoked",
            Self::Used => "invitation_used",
            Self::Declined => "invitation_declined",
            Self::InviterGone => "inviter_gone",
            Self::Unavailable => "invitation_unavailable",
            Self::HandedOver => "link_handed_over",
            Self::HasLogin => "invitation_has_login",
            Self::Member => "already_in_account",
            Self::NoPartner => "no_partner",
            Self::NotOfPartner => "not_of_partner",
        }
    }
}

/// Why an invitation is not sent again, changed or taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotInvited {
    /// It was answered, taken back, or another one took its place.
    Over,
    /// The member was sent one a moment ago.
    JustInvited,
}

impl NotInvited {
    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Over => "invitation_over",
            Self::JustInvited => "just_invited",
        }
    }
}

/// How long an invitation is good; sent again, for as long again.
pub const LIFETIME: SignedDuration = LinkPurpose::TeamInvitation.lifetime();

/// Whom an account invites, and as what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invited {
    /// Their address.
    pub email: EmailAddress,
    /// First name, as the team knows it.
    pub first_name: PersonName,
    /// Last name.
    pub last_name: PersonName,
    /// What they do there.
    pub job_title: Option<JobTitle>,
    /// Where they are called there.
    pub phone: Option<Phone>,
    /// What they become: a manager or a member.
    pub role: Role,
    /// What a member may do beyond that.
    pub permissions: Permissions,
    /// The language of the mail.
    pub language: Language,
    /// For how long, if they come from the account's partner, as a guest (R510).
    pub guest: Option<GuestDays>,
}

impl Invited {
    /// What the mail with the link says.
    #[must_use]
    pub const fn letter(&self, account_name: AccountName, person_name: String) -> TeamLetter {
        match self.guest {
            None => TeamLetter::Invited { account_name, person_name },
            Some(days) => TeamLetter::Guest(GuestLetter::Invited { account_name, person_name, days }),
        }
    }
}

/// An invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamInvitation {
    /// To which account.
    pub account: AccountId,
    /// Which.
    pub id: InvitationId,
    /// Whom, and as what.
    pub invited: Invited,
    /// The account's name when it was sent.
    pub account_name: AccountName,
    /// Who sent it last.
    pub by: UserId,
    /// Where they come from, if not from the account.
    pub from: Option<SentFrom>,
    /// First and last name of theirs.
    pub by_name: String,
    /// Where it stood when that was noted last; see [`TeamInvitation::state_at`].
    pub state: InvitationState,
    /// The letter that carries its link, or, of one that is handed over, whose token it would be.
    pub letter: LetterId,
    /// The hash of the link's token.
    pub token_hash: String,
    /// When it was sent last, or its link made.
    pub sent_at: Timestamp,
    /// Until when it is good.
    pub expires_at: Timestamp,
    /// When somebody opened the link.
    pub opened_at: Option<Timestamp>,
    /// Whether a mail to the address carries the link: only then whoever holds it has the address.
    pub mailed: bool,
}

impl TeamInvitation {
    /// Where it stands.
    #[must_use]
    pub fn state_at(&self, now: Timestamp) -> InvitationState {
        if InvitationState::WAITING.contains(&self.state) && now >= self.expires_at {
            InvitationState::Expired
        } else {
            self.state
        }
    }

    /// Whether it waits for an answer.
    ///
    /// # Errors
    /// [`NotAccepted`] says why not.
    pub fn waits(&self, now: Timestamp) -> Result<(), NotAccepted> {
        match self.state_at(now) {
            InvitationState::Queued
            | InvitationState::Delivered
            | InvitationState::Bounced
            | InvitationState::HandedOver
            | InvitationState::Opened => Ok(()),
            InvitationState::Accepted => Err(NotAccepted::Used),
            InvitationState::Declined => Err(NotAccepted::Declined),
            InvitationState::Expired => Err(NotAccepted::Expired),
            InvitationState::Revoked => Err(NotAccepted::Revoked),
        }
    }

    /// What stands before the token in its link: both rows are then found at once.
    #[must_use]
    pub fn link_subject(&self) -> String {
        link_subject(self.account, self.id)
    }
}

/// An invitation as whoever has the address finds it: with all that joining takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvitationToMe {
    /// To which account.
    pub account: AccountId,
    /// Which.
    pub id: InvitationId,
    /// Whom, and as what.
    pub invited: Invited,
    /// The account's name when it was sent.
    pub account_name: AccountName,
    /// The account's number.
    pub customer_number: CustomerNumber,
    /// Who sent it last.
    pub by: UserId,
    /// Where they come from, if not from the account.
    pub from: Option<SentFrom>,
    /// First and last name of theirs.
    pub by_name: String,
    /// When it was sent last, or its link made.
    pub sent_at: Timestamp,
    /// Until when it is good.
    pub expires_at: Timestamp,
}

impl From<(TeamInvitation, CustomerNumber)> for InvitationToMe {
    fn from((invitation, customer_number): (TeamInvitation, CustomerNumber)) -> Self {
        Self {
            account: invitation.account,
            id: invitation.id,
            invited: invitation.invited,
            account_name: invitation.account_name,
            customer_number,
            by: invitation.by,
            from: invitation.from,
            by_name: invitation.by_name,
            sent_at: invitation.sent_at,
            expires_at: invitation.expires_at,
        }
    }
}

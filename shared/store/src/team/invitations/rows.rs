//! The two rows of an invitation. None of their attributes is an index key.

use domain::{
    AccountId, EmailAddress, InvitationId, Language, LetterId, Permissions, Role, UserId,
    guest::GuestDays,
    invitation::{InvitationState, InvitationToMe, Invited, SentFrom, TeamInvitation},
    name::{AccountName, JobTitle, PersonName, Phone},
    number::CustomerNumber,
};
use serde::{Deserialize, Serialize};

use crate::{StoreError, rows::at};

/// What a link's renewal by whoever forgot how to come in changes (R108): the token and its letter, never the end; and
/// not the state, which would tell the team that the address has no login.
pub(crate) const LINK_OF_INVITATION: &str = "SET t = :t, le = :le";

/// What both rows hold.
#[derive(Serialize, Deserialize)]
struct InvitedPart {
    /// e-mail
    m: EmailAddress,
    /// first name
    f: PersonName,
    /// last name
    n: PersonName,
    /// job title
    #[serde(default, skip_serializing_if = "Option::is_none")]
    j: Option<JobTitle>,
    /// telephone
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ph: Option<Phone>,
    /// role
    r: Role,
    /// permissions
    #[serde(default, skip_serializing_if = "Permissions::is_empty")]
    p: Permissions,
    /// language of the mail
    l: Language,
    /// the account's name
    na: AccountName,
    /// who sent it last
    ib: UserId,
    /// where they come from, if not from the account
    #[serde(default, skip_serializing_if = "Option::is_none")]
    fr: Option<SentFrom>,
    /// what they are called
    bn: String,
    /// when, in milliseconds
    sa: i64,
    /// its end, in milliseconds
    x: i64,
    /// of a guest: for how many days
    #[serde(default, skip_serializing_if = "Option::is_none")]
    gd: Option<GuestDays>,
}

/// In the account's list.
#[derive(Serialize, Deserialize)]
pub(super) struct InvitationRow {
    #[serde(flatten)]
    part: InvitedPart,
    /// where it stands
    st: InvitationState,
    /// the letter
    le: LetterId,
    /// hash of the link's token
    t: String,
    /// whether the letter is mailed
    ml: bool,
    /// the link was opened, in milliseconds
    #[serde(default, skip_serializing_if = "Option::is_none")]
    oa: Option<i64>,
}

/// Under the address.
#[derive(Serialize, Deserialize)]
pub(super) struct InvitedRow {
    #[serde(flatten)]
    part: InvitedPart,
    /// the invitation
    i: InvitationId,
    /// the account's number
    cn: CustomerNumber,
}

impl From<&TeamInvitation> for InvitedPart {
    fn from(invitation: &TeamInvitation) -> Self {
        let invited = invitation.invited.clone();
        Self {
            m: invited.email,
            f: invited.first_name,
            n: invited.last_name,
            j: invited.job_title,
            ph: invited.phone,
            r: invited.role,
            p: invited.permissions,
            l: invited.language,
            na: invitation.account_name.clone(),
            ib: invitation.by,
            fr: invitation.from,
            bn: invitation.by_name.clone(),
            sa: invitation.sent_at.as_millisecond(),
            x: invitation.expires_at.as_millisecond(),
            gd: invited.guest,
        }
    }
}

impl From<InvitedPart> for Invited {
    fn from(part: InvitedPart) -> Self {
        Self {
            email: part.m,
            first_name: part.f,
            last_name: part.n,
            job_title: part.j,
            phone: part.ph,
            role: part.r,
            permissions: part.p,
            language: part.l,
            guest: part.gd,
        }
    }
}

impl From<&TeamInvitation> for InvitationRow {
    fn from(invitation: &TeamInvitation) -> Self {
        Self {
            part: invitation.into(),
            st: invitation.state,
            le: invitation.letter,
            t: invitation.token_hash.clone(),
            ml: invitation.mailed,
            oa: invitation.opened_at.map(domain::Timestamp::as_millisecond),
        }
    }
}

impl InvitationRow {
    pub(super) fn into_invitation(self, account: AccountId, id: InvitationId) -> Result<TeamInvitation, StoreError> {
        let part = self.part;
        Ok(TeamInvitation {
            account,
            id,
            account_name: part.na.clone(),
            by: part.ib,
            from: part.fr,
            by_name: part.bn.clone(),
            state: self.st,
            letter: self.le,
            token_hash: self.t,
            sent_at: at(part.sa)?,
            expires_at: at(part.x)?,
            opened_at: self.oa.map(at).transpose()?,
            mailed: self.ml,
            invited: part.into(),
        })
    }
}

impl InvitedRow {
    pub(super) fn of(invitation: &TeamInvitation, number: &CustomerNumber) -> Self {
        Self { part: invitation.into(), i: invitation.id, cn: number.clone() }
    }

    pub(super) fn into_invitation(self, account: AccountId) -> Result<InvitationToMe, StoreError> {
        let part = self.part;
        Ok(InvitationToMe {
            account,
            id: self.i,
            account_name: part.na.clone(),
            customer_number: self.cn,
            by: part.ib,
            from: part.fr,
            by_name: part.bn.clone(),
            sent_at: at(part.sa)?,
            expires_at: at(part.x)?,
            invited: part.into(),
        })
    }
}

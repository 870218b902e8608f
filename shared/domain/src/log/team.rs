//! What happens in an account's team.

use serde::{Deserialize, Serialize};

/// How somebody's place in the team changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MemberChange {
    /// Added, with a login that the team made.
    Added,
    /// What the account notes of them: name, job title, phone, user name.
    Edited,
    /// Role or permissions.
    RoleSet,
    /// Switched off.
    Deactivated,
    /// Switched on again.
    Reactivated,
    /// Taken out, to be put back.
    Unlinked,
    /// Put back.
    Linked,
    /// Removed.
    Removed,
    /// Said to belong here, in a review.
    Reviewed,
    /// Given what they asked for.
    AccessGranted,
    /// Refused what they asked for.
    AccessRefused,
    /// Sent the way to their first password again.
    Invited,
    /// Given another initial password.
    PasswordGiven,
    /// A guest stays until another day.
    GuestRenewed,
    /// A guest left.
    GuestLeft,
    /// The row of a guest whose time had long been over was taken away.
    GuestForgotten,
}

/// How what an account notes of somebody outside its team changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContactChange {
    /// Noted.
    Added,
    /// Changed.
    Edited,
    /// Forgotten.
    Removed,
}

/// What became of an invitation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvitationChange {
    /// Sent.
    Sent,
    /// Sent again; the link before stopped.
    Resent,
    /// Its link was made anew, to be handed over otherwise; the one before stopped.
    LinkMade,
    /// Taken back.
    Revoked,
    /// Accepted.
    Accepted,
    /// Declined by whom it was for.
    Declined,
}

//! One-time links: what they are for, and how long they are good.

use jiff::SignedDuration;

/// What stands behind the person's id in the link of an invitation, so that it is not looked for among the links that
/// people ask for themselves.
pub const INVITATION: &str = "-invited";

/// What a one-time link is for; a token of one purpose is none of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkPurpose {
    /// Proves the address of a sign-up.
    ConfirmAddress,
    /// Sets a new password, or the first, for somebody who forgot theirs or never had one.
    ResetPassword,
    /// Sets the first password of a license contact whom the vendor invited.
    Invitation,
    /// Lets somebody into an account whose team invited them.
    TeamInvitation,
    /// Proves the new address of somebody who has a login.
    ConfirmEmail,
    /// "This was not me": brings back what was before a change.
    TakeBack,
}

impl LinkPurpose {
    /// Every purpose.
    pub const ALL: [Self; 6] = [
        Self::ConfirmAddress,
        Self::ResetPassword,
        Self::Invitation,
        Self::TeamInvitation,
        Self::ConfirmEmail,
        Self::TakeBack,
    ];

    /// Its name, part of what the token is made from.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ConfirmAddress => "confirm-address",
            Self::ResetPassword => "reset-password",
            Self::Invitation => "invitation",
            Self::TeamInvitation => "team-invitation",
            Self::ConfirmEmail => "confirm-email",
            Self::TakeBack => "take-back",
        }
    }

    /// How long a link of this purpose is good: ten minutes where it alone opens a login (ASVS 5.0 V6.5.5); 72 hours
    /// for an invitation, which nobody waits for and which opens a login that was never used, or none that
    /// it does not take the password of; 24 hours to prove an
    /// address, which takes the password too, and seven days to take something back, which gives nobody anything (all
    /// our decision).
    #[must_use]
    pub const fn lifetime(self) -> SignedDuration {
        match self {
            Self::ConfirmAddress => SignedDuration::from_hours(24),
            Self::ResetPassword | Self::ConfirmEmail => SignedDuration::from_mins(10),
            Self::Invitation | Self::TeamInvitation => SignedDuration::from_hours(72),
            Self::TakeBack => SignedDuration::from_hours(7 * 24),
        }
    }
}

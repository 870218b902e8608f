//! What a letter says.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Change, LinkPurpose, PasswordChange};
use crate::{
    EmailAddress, UserStatus,
    device::{Browser, System},
    name::AccountName,
    number::CustomerNumber,
    request::{RequestKind, TakenBack},
};

/// What a letter says. Adding one: a variant here, its texts in the three catalogues, and the snapshot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Message {
    /// Prove your address to finish signing up (R101). Carries a link.
    ConfirmAddress,
    /// Somebody, perhaps you, tried to sign up with an address that has a login.
    AlreadyRegistered,
    /// Your claim was verified: you work in this account now (R102).
    ClaimVerified {
        /// The account's name.
        account_name: AccountName,
        /// The account's number.
        customer_number: CustomerNumber,
    },
    /// To the owner: somebody joined your account with an activation code (R102).
    MemberJoined {
        /// The account's name.
        account_name: AccountName,
        /// First and last name of who joined.
        person_name: String,
        /// The address of who joined.
        person_email: EmailAddress,
    },
    /// Set a new password (R108). Carries a link.
    ResetPassword,
    /// Set your first password (R104): what somebody invited reads in place of [`Message::ResetPassword`].
    FirstPassword,
    /// Your password is another (R108, R203).
    PasswordChanged {
        /// How that came.
        how: PasswordChange,
    },
    /// Your profile, or your nickname, changed (R202).
    ProfileChanged {
        /// What changed, each field once.
        changes: Vec<Change>,
    },
    /// To the address in use: another one was asked for and waits for its confirmation (R204).
    EmailChangeAsked {
        /// The address asked for.
        new: EmailAddress,
    },
    /// To the new address: prove it (R204). Carries a link.
    ConfirmEmail,
    /// To the new address, which has a login of its own: nothing happened.
    EmailInUse,
    /// To the address before: another one signs in now (R202).
    EmailChanged {
        /// The address now.
        new: EmailAddress,
    },
    /// To the new address: it signs in now.
    EmailConfirmed,
    /// A second factor is on, for the first time or another (R110).
    SecondFactorOn,
    /// The second factor is off.
    SecondFactorOff,
    /// New recovery codes were made; those before are void.
    RecoveryCodesMade,
    /// Somebody signed in from a device not seen before (R206).
    NewSignIn {
        /// The browser it says it is.
        browser: Browser,
        /// What that says it runs on.
        system: System,
    },
    /// The login closes (R207).
    LoginClosing {
        /// The day it is deleted; support can undo it until then.
        until: Date,
    },
    /// A change that the vendor's desk decides on was asked for (R201).
    ChangeRequested {
        /// Which.
        kind: RequestKind,
    },
    /// Something was taken back by the link of a notice (R202).
    ChangeTakenBack {
        /// What.
        what: TakenBack,
        /// Whether the password went too, as somebody else may know it.
        password_removed: bool,
    },
}

impl Message {
    /// The stable name: of its texts (`mail.<name>.…`), and in the mail log.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::ConfirmAddress => "confirm_address",
            Self::AlreadyRegistered => "already_registered",
            Self::ClaimVerified { .. } => "claim_verified",
            Self::MemberJoined { .. } => "member_joined",
            Self::ResetPassword => "reset_password",
            Self::FirstPassword => "first_password",
            Self::PasswordChanged { .. } => "password_changed",
            Self::ProfileChanged { .. } => "profile_changed",
            Self::EmailChangeAsked { .. } => "email_change_asked",
            Self::ConfirmEmail => "confirm_email",
            Self::EmailInUse => "email_in_use",
            Self::EmailChanged { .. } => "email_changed",
            Self::EmailConfirmed => "email_confirmed",
            Self::SecondFactorOn => "second_factor_on",
            Self::SecondFactorOff => "second_factor_off",
            Self::RecoveryCodesMade => "recovery_codes_made",
            Self::NewSignIn { .. } => "new_sign_in",
            Self::LoginClosing { .. } => "login_closing",
            Self::ChangeRequested { .. } => "change_requested",
            Self::ChangeTakenBack { .. } => "change_taken_back",
        }
    }

    /// What its link is for, if it has one.
    #[must_use]
    pub const fn purpose(&self) -> Option<LinkPurpose> {
        match self {
            Self::ConfirmAddress => Some(LinkPurpose::ConfirmAddress),
            Self::ResetPassword | Self::FirstPassword => Some(LinkPurpose::ResetPassword),
            Self::ConfirmEmail => Some(LinkPurpose::ConfirmEmail),
            Self::PasswordChanged { .. }
            | Self::ProfileChanged { .. }
            | Self::EmailChangeAsked { .. }
            | Self::EmailChanged { .. }
            | Self::SecondFactorOn
            | Self::SecondFactorOff
            | Self::RecoveryCodesMade
            | Self::NewSignIn { .. }
            | Self::LoginClosing { .. } => Some(LinkPurpose::TakeBack),
            Self::AlreadyRegistered
            | Self::ClaimVerified { .. }
            | Self::MemberJoined { .. }
            | Self::EmailInUse
            | Self::EmailConfirmed
            | Self::ChangeRequested { .. }
            | Self::ChangeTakenBack { .. } => None,
        }
    }

    /// The page its button opens, without language.
    #[must_use]
    pub const fn page(&self) -> &'static str {
        match self {
            Self::ConfirmAddress => "/confirm",
            Self::ResetPassword | Self::FirstPassword => "/reset",
            Self::ConfirmEmail => "/confirm-email",
            Self::PasswordChanged { .. }
            | Self::ProfileChanged { .. }
            | Self::EmailChangeAsked { .. }
            | Self::EmailChanged { .. }
            | Self::SecondFactorOn
            | Self::SecondFactorOff
            | Self::RecoveryCodesMade
            | Self::NewSignIn { .. }
            | Self::LoginClosing { .. } => "/take-back",
            Self::AlreadyRegistered | Self::EmailInUse | Self::EmailConfirmed => "/sign-in",
            Self::ClaimVerified { .. } | Self::MemberJoined { .. } => "/licenses",
            Self::ChangeRequested { .. } => "/profile",
            Self::ChangeTakenBack { .. } => "/forgot",
        }
    }

    /// The letter as somebody of that standing reads it; none if it is not for them. Who asks for a reset is not told
    /// whether there is a password yet, or a login that opens, so it is one letter when written and may be another, or
    /// none, when sent.
    #[must_use]
    pub fn read_by(self, status: UserStatus) -> Option<Self> {
        match (self, status) {
            (Self::ResetPassword, UserStatus::Invited) => Some(Self::FirstPassword),
            (Self::ResetPassword, UserStatus::Closing) => None,
            (message, UserStatus::Invited | UserStatus::Active | UserStatus::Closing) => Some(message),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_never_had_a_password_is_asked_to_set_the_first() {
        for (status, read) in [
            (UserStatus::Invited, Some(Message::FirstPassword)),
            (UserStatus::Active, Some(Message::ResetPassword)),
            (UserStatus::Closing, None),
        ] {
            assert_eq!(Message::ResetPassword.read_by(status), read);
        }
        assert_eq!(Message::EmailInUse.read_by(UserStatus::Invited), Some(Message::EmailInUse));
    }
}

//! Letters as they are read: what they are called, what they carry, and to whom they speak.

use super::{LinkPurpose, Message};
use crate::UserStatus;

impl Message {
    /// The stable name: of its texts (`mail.<name>.…`), and in the mail log.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Team(letter) => letter.name(),
            Self::Partner(letter) => letter.name(),
            Self::Customer(letter) => letter.name(),
            Self::ConfirmAddress => "confirm_address",
            Self::AlreadyRegistered => "already_registered",
            Self::ClaimVerified { .. } => "claim_verified",
            Self::MemberJoined { .. } => "member_joined",
            Self::ClaimReceived { .. } => "claim_received",
            Self::ClaimWaiting { .. } => "claim_waiting",
            Self::ClaimRefused { .. } => "claim_refused",
            Self::MemberVerified { .. } => "member_verified",
            Self::ResetPassword => "reset_password",
            Self::FirstPassword => "first_password",
            Self::Invited { .. } => "invited",
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
            Self::ChangeApproved { .. } => "change_approved",
            Self::ChangeRefused { .. } => "change_refused",
            Self::OwnerChanged { .. } => "owner_changed",
            Self::OwnerMade { .. } => "owner_made",
            Self::ChangeTakenBack { .. } => "change_taken_back",
            Self::LicenseAssigned { .. } => "license_assigned",
            Self::RenewalDue { .. } => "renewal_due",
            Self::RenewalAsked { .. } => "renewal_asked",
            Self::TrialStarted { .. } => "trial_started",
            Self::SerialReplaced { .. } => "serial_replaced",
            Self::OrderRecorded { .. } => "order_recorded",
            Self::FirstOrder { .. } => "first_order",
            Self::OrderCancelled { .. } => "order_cancelled",
        }
    }

    /// What its link is for, if it has one.
    #[must_use]
    pub const fn purpose(&self) -> Option<LinkPurpose> {
        match self {
            Self::Team(letter) => letter.purpose(),
            Self::Partner(letter) => letter.purpose(),
            Self::ConfirmAddress => Some(LinkPurpose::ConfirmAddress),
            Self::ResetPassword | Self::FirstPassword => Some(LinkPurpose::ResetPassword),
            Self::Invited { .. } => Some(LinkPurpose::Invitation),
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
            Self::Customer(_)
            | Self::AlreadyRegistered
            | Self::ClaimVerified { .. }
            | Self::MemberJoined { .. }
            | Self::ClaimReceived { .. }
            | Self::ClaimWaiting { .. }
            | Self::ClaimRefused { .. }
            | Self::MemberVerified { .. }
            | Self::EmailInUse
            | Self::EmailConfirmed
            | Self::ChangeRequested { .. }
            | Self::ChangeApproved { .. }
            | Self::ChangeRefused { .. }
            | Self::OwnerChanged { .. }
            | Self::OwnerMade { .. }
            | Self::ChangeTakenBack { .. }
            | Self::LicenseAssigned { .. }
            | Self::RenewalDue { .. }
            | Self::RenewalAsked { .. }
            | Self::TrialStarted { .. }
            | Self::SerialReplaced { .. }
            | Self::OrderRecorded { .. }
            | Self::FirstOrder { .. }
            | Self::OrderCancelled { .. } => None,
        }
    }

    /// The page its button opens, without language.
    #[must_use]
    pub const fn page(&self) -> &'static str {
        match self {
            Self::Team(letter) => letter.page(),
            Self::Partner(letter) => letter.page(),
            Self::Customer(letter) => letter.page(),
            Self::ConfirmAddress => "/confirm",
            Self::ResetPassword | Self::FirstPassword | Self::Invited { .. } => "/reset",
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
            Self::ClaimVerified { .. }
            | Self::MemberJoined { .. }
            | Self::MemberVerified { .. }
            | Self::LicenseAssigned { .. }
            | Self::TrialStarted { .. }
            | Self::SerialReplaced { .. }
            | Self::OrderRecorded { .. }
            | Self::OwnerChanged { .. }
            | Self::OwnerMade { .. }
            | Self::OrderCancelled { .. } => "/licenses",
            Self::FirstOrder { .. } => "/first-sign-in",
            Self::RenewalDue { .. } | Self::RenewalAsked { .. } => "/",
            Self::ClaimWaiting { .. } => "/claimants",
            Self::ClaimRefused { .. } => "/claim",
            Self::ChangeRequested { .. }
            | Self::ChangeApproved { .. }
            | Self::ChangeRefused { .. }
            | Self::ClaimReceived { .. } => "/profile",
            Self::ChangeTakenBack { .. } => "/forgot",
        }
    }

    /// Whether it carries an activation code, which is made from the letter when it is sent.
    #[must_use]
    pub const fn carries_code(&self) -> bool {
        matches!(self, Self::OrderRecorded { .. } | Self::FirstOrder { .. })
    }

    /// The letter as somebody of that standing reads it; none if it is not for them. Who asks for a reset is not told
    /// whether there is a password yet, or a login that opens, so it is one letter when written and may be another, or
    /// none, when sent.
    #[must_use]
    pub fn read_by(self, status: UserStatus) -> Option<Self> {
        match (self, status) {
            (Self::ResetPassword, UserStatus::Invited) => Some(Self::FirstPassword),
            (Self::OrderRecorded { account_name, order, products }, UserStatus::Invited) => {
                Some(Self::FirstOrder { account_name, order, products })
            }
            (Self::Partner(letter), status) => letter.read_by(status).map(Self::Partner),
            (Self::ResetPassword, UserStatus::Closing) => None,
            // They came in another way meanwhile, and the link would open nothing.
            (Self::Invited { .. }, UserStatus::Active | UserStatus::Closing) => None,
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

//! The one table from what happened to statuses and codes.

use std::collections::BTreeMap;

use domain::{access::Denied, actor::Refused, invitation::NotAccepted, member::Unfit};
use http::StatusCode;

use super::ApiError;

impl ApiError {
    /// Status and code: the table.
    #[must_use]
    pub const fn kind(&self) -> (StatusCode, &'static str) {
        match self {
            Self::MalformedJson => (StatusCode::BAD_REQUEST, "malformed_json"),
            Self::InvalidQuery(_) => (StatusCode::BAD_REQUEST, "invalid_query"),
            Self::InvalidCursor => (StatusCode::BAD_REQUEST, "invalid_cursor"),
            Self::SignInNeeded => (StatusCode::UNAUTHORIZED, "sign_in_needed"),
            Self::SignInFailed => (StatusCode::UNAUTHORIZED, "sign_in_failed"),
            Self::Refused(Refused::SessionEnded) => (StatusCode::UNAUTHORIZED, "session_ended"),
            Self::Refused(Refused::TimedOut) => (StatusCode::UNAUTHORIZED, "session_timed_out"),
            Self::SecondFactorNeeded => (StatusCode::UNAUTHORIZED, "second_factor_needed"),
            Self::NewPasswordNeeded => (StatusCode::UNAUTHORIZED, "new_password_needed"),
            Self::InitialPasswordExpired => (StatusCode::FORBIDDEN, "initial_password_expired"),
            Self::LoginClosing => (StatusCode::FORBIDDEN, "login_closing"),
            Self::UserNameDeactivated => (StatusCode::FORBIDDEN, "user_name_deactivated"),
            Self::Denied(Denied::Hidden) | Self::NotFound => (StatusCode::NOT_FOUND, "not_found"),
            Self::Denied(denied) => (StatusCode::FORBIDDEN, denied.code()),
            Self::NotCovered(_) => (StatusCode::FORBIDDEN, "not_covered"),
            Self::NotAccepted(why) => (not_accepted(*why), why.code()),
            Self::InvitationForAnother(_) => (StatusCode::FORBIDDEN, "invitation_for_another"),
            Self::NotInvited(why) => (StatusCode::CONFLICT, why.code()),
            Self::OriginRefused => (StatusCode::FORBIDDEN, "origin_refused"),
            Self::MethodNotAllowed => (StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed"),
            Self::AccountChanged => (StatusCode::CONFLICT, "account_changed"),
            Self::AddressTaken => (StatusCode::CONFLICT, "address_taken"),
            Self::TermsChanged => (StatusCode::CONFLICT, "terms_changed"),
            Self::AlreadyMember => (StatusCode::CONFLICT, "already_member"),
            Self::SeatsExhausted { .. } => (StatusCode::CONFLICT, "seats_exhausted"),
            Self::AlreadyAssigned => (StatusCode::CONFLICT, "already_assigned"),
            Self::NotAssigned => (StatusCode::CONFLICT, "not_assigned"),
            Self::NotAMember => (StatusCode::CONFLICT, "not_a_member"),
            Self::GuestNoSeat => (StatusCode::CONFLICT, "guest_no_seat"),
            Self::NoPartner => (StatusCode::CONFLICT, "no_partner"),
            Self::HasPartner { .. } => (StatusCode::CONFLICT, "has_partner"),
            Self::NotACustomer => (StatusCode::CONFLICT, "not_a_customer"),
            Self::AccessByVendor => (StatusCode::CONFLICT, "access_by_vendor"),
            Self::LicenseOver => (StatusCode::CONFLICT, "license_over"),
            Self::NotRenewable => (StatusCode::CONFLICT, "not_renewable"),
            Self::TrialUsed => (StatusCode::CONFLICT, "trial_used"),
            Self::RotationsExhausted { .. } => (StatusCode::CONFLICT, "rotations_exhausted"),
            Self::Unfit(Unfit::Owner) => (StatusCode::FORBIDDEN, "owner_protected"),
            Self::Unfit(Unfit::Yourself) => (StatusCode::CONFLICT, "not_yourself"),
            Self::Unfit(Unfit::Unlinked) => (StatusCode::CONFLICT, "member_unlinked"),
            Self::Unfit(Unfit::NotRegistered) => (StatusCode::CONFLICT, "not_registered"),
            Self::Unfit(Unfit::Registered) => (StatusCode::CONFLICT, "already_registered"),
            Self::Unfit(Unfit::Closing) => (StatusCode::CONFLICT, "member_closing"),
            Self::Unfit(Unfit::Guest) => (StatusCode::CONFLICT, "member_is_guest"),
            Self::TakenOut => (StatusCode::CONFLICT, "taken_out"),
            Self::ContactInvited => (StatusCode::CONFLICT, "contact_invited"),
            Self::PasswordTheirs => (StatusCode::CONFLICT, "password_theirs"),
            Self::ClaimantGone => (StatusCode::CONFLICT, "claimant_gone"),
            Self::SuspensionNotYours => (StatusCode::CONFLICT, "suspension_not_yours"),
            Self::AlreadyAsked => (StatusCode::CONFLICT, "already_asked"),
            Self::AddressHasLogin => (StatusCode::CONFLICT, "address_has_login"),
            Self::Decided => (StatusCode::CONFLICT, "decided"),
            Self::NoLongerPossible => (StatusCode::CONFLICT, "no_longer_possible"),
            Self::OwnRequest => (StatusCode::CONFLICT, "own_request"),
            Self::SamePerson => (StatusCode::CONFLICT, "same_person"),
            Self::Taken(_) => (StatusCode::CONFLICT, "taken"),
            Self::OrderExists => (StatusCode::CONFLICT, "order_exists"),
            Self::OrderCancelled => (StatusCode::CONFLICT, "order_cancelled"),
            Self::AccountNotInUse => (StatusCode::CONFLICT, "account_not_in_use"),
            Self::SeatsInUse { .. } => (StatusCode::CONFLICT, "seats_in_use"),
            Self::OwnerCannotClose => (StatusCode::CONFLICT, "owner_cannot_close"),
            Self::SecondFactorFirst => (StatusCode::CONFLICT, "second_factor_first"),
            Self::SecondFactorRequired => (StatusCode::CONFLICT, "second_factor_required"),
            // What is so already is answered as done.
            Self::Unfit(Unfit::Done) | Self::Conflict => (StatusCode::CONFLICT, "conflict"),
            Self::LinkExpired => (StatusCode::GONE, "link_expired"),
            Self::BodyTooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "body_too_large"),
            Self::UnsupportedMediaType => (StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type"),
            Self::Fields(_) => (StatusCode::UNPROCESSABLE_ENTITY, "invalid_fields"),
            Self::TooManyTries(_) => (StatusCode::TOO_MANY_REQUESTS, "too_many_tries"),
            Self::TryAgain(_) => (StatusCode::SERVICE_UNAVAILABLE, "try_again"),
            Self::Internal(_) => (StatusCode::INTERNAL_SERVER_ERROR, "internal"),
        }
    }

    pub(super) fn params(&self) -> BTreeMap<String, String> {
        match self {
            Self::TooManyTries(throttled) => BTreeMap::from([("seconds".to_owned(), throttled.seconds.to_string())]),
            Self::RotationsExhausted { until } => BTreeMap::from([("until".to_owned(), until.to_string())]),
            Self::SeatsInUse { line, used } => {
                BTreeMap::from([("line".to_owned(), line.to_string()), ("used".to_owned(), used.to_string())])
            }
            Self::SeatsExhausted { free } => BTreeMap::from([("free".to_owned(), free.to_string())]),
            Self::NotCovered(why) => BTreeMap::from([
                ("because".to_owned(), why.because.name().to_owned()),
                ("ended_on".to_owned(), why.ended_on.to_string()),
            ]),
            Self::Taken(name) => BTreeMap::from([("name".to_owned(), name.clone())]),
            Self::HasPartner { number, name } => {
                BTreeMap::from([("number".to_owned(), number.clone()), ("name".to_owned(), name.clone())])
            }
            Self::InvitationForAnother(email) => BTreeMap::from([("email".to_owned(), email.to_string())]),
            _ => BTreeMap::new(),
        }
    }
}

/// What is over is gone; what somebody can do something about is not.
const fn not_accepted(why: NotAccepted) -> StatusCode {
    match why {
        NotAccepted::Expired
        | NotAccepted::Revoked
        | NotAccepted::Used
        | NotAccepted::Declined
        | NotAccepted::InviterGone => StatusCode::GONE,
        NotAccepted::Unavailable
        | NotAccepted::HandedOver
        | NotAccepted::HasLogin
        | NotAccepted::Member
        | NotAccepted::NoPartner
        | NotAccepted::NotOfPartner => StatusCode::CONFLICT,
    }
}

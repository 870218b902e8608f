//! The one table from what happened to what is answered.

mod answer;

use std::{collections::BTreeMap, error::Error, fmt, sync::Arc};

use domain::{EmailAddress, access::Denied, actor::Refused, coverage::NotCovered, desk::Barred, invitation::{NotAccepted, NotInvited}, member::Unfit};
use files::FilesError;
use http::StatusCode;
use store::{Conflict, StoreError, Throttled};

pub(crate) use answer::{Cause, Code};

use crate::problem::FieldProblem;

/// Why a request is not answered with what it asked for.
#[derive(Debug)]
pub enum ApiError {
    /// Nobody is signed in.
    SignInNeeded,
    /// Somebody was.
    Refused(Refused),
    /// Name or password are wrong; which of them is not told.
    SignInFailed,
    /// The password was right; a code of the second factor is needed too.
    SecondFactorNeeded,
    /// The password was right, an initial one: one's own is needed in its place.
    NewPasswordNeeded,
    /// The password was right, an initial one past its time: a link by mail sets one's own.
    InitialPasswordExpired,
    /// The password was right; the login is being closed.
    LoginClosing,
    /// The password was right; the account whose user name it is has switched the person off.
    UserNameDeactivated,
    /// They may not.
    Denied(Denied),
    /// The invitation lets nobody in.
    NotAccepted(NotAccepted),
    /// The invitation is for that address, and somebody else is signed in.
    InvitationForAnother(EmailAddress),
    /// The invitation is not sent again, changed or taken back.
    NotInvited(NotInvited),
    /// The page was made for another account than the session works in now.
    AccountChanged,
    /// Fields that cannot be taken.
    Fields(Vec<FieldProblem>),
    /// Not JSON.
    MalformedJson,
    /// JSON expected.
    UnsupportedMediaType,
    /// More than 256 KB.
    BodyTooLarge,
    /// A query that cannot be taken.
    InvalidQuery(Vec<FieldProblem>),
    /// A cursor that was changed, or made for another list or caller.
    InvalidCursor,
    /// Sent by another site's page, or around the distribution.
    OriginRefused,
    /// Nothing there, or nothing the caller may know of.
    NotFound,
    /// Another method.
    MethodNotAllowed,
    /// Too often.
    TooManyTries(Throttled),
    /// The link was used, superseded or is too old.
    LinkExpired,
    /// The address has got a login meanwhile.
    AddressTaken,
    /// The terms have changed since the page was shown.
    TermsChanged,
    /// Already in that account.
    AlreadyMember,
    /// Fewer seats are free than asked for.
    SeatsExhausted {
        /// How many are.
        free: u32,
    },
    /// Somebody among those named has a seat already.
    AlreadyAssigned,
    /// Somebody among those named has no seat.
    NotAssigned,
    /// Somebody among those named is no active member of the account.
    NotAMember,
    /// The license has ended or was cancelled.
    LicenseOver,
    /// The license has no end, or was cancelled: there is nothing to renew.
    NotRenewable,
    /// The account has tried that product before.
    TrialUsed,
    /// The license's serial number was replaced as often as this year allows.
    RotationsExhausted {
        /// The first day on which it may be again.
        until: domain::Date,
    },
    /// The license does not cover the release.
    NotCovered(NotCovered),
    /// The act does not fit that member of the team.
    Unfit(Unfit),
    /// The account's managers have taken them out of it: a code does not lead back in.
    TakenOut,
    /// An invitation to the contact waits for its answer.
    ContactInvited,
    /// The member's password is their own: they have signed in, or another made their login.
    PasswordTheirs,
    /// Whoever asked to join has another address by now, or closes their login.
    ClaimantGone,
    /// At the desk: the address that was asked for has a login, or is kept for somebody who had it.
    AddressHasLogin,
    /// At the desk: somebody else has decided meanwhile.
    Decided,
    /// At the desk: what was asked for cannot be done any more.
    NoLongerPossible,
    /// At the desk: it is their own matter.
    OwnRequest,
    /// At the desk: they approved it first; the second is somebody else.
    SamePerson,
    /// At the desk: a colleague of that name looks after it.
    Taken(String),
    /// Something of that kind has been asked of the vendor already.
    AlreadyAsked,
    /// Another order has that number.
    OrderExists,
    /// The order was cancelled.
    OrderCancelled,
    /// The account of the order is suspended or closed.
    AccountNotInUse,
    /// More seats of a line are in use than it would have.
    SeatsInUse {
        /// The line's number.
        line: u16,
        /// How many are.
        used: u32,
    },
    /// Whoever owns an account cannot leave it without an owner.
    OwnerCannotClose,
    /// An owner needs a second factor before everyone else.
    SecondFactorFirst,
    /// An account of theirs requires the second factor.
    SecondFactorRequired,
    /// Something else changed meanwhile: read again, then try again.
    Conflict,
    /// The database is silent or busy: try again.
    TryAgain(Arc<dyn Error + Send + Sync>),
    /// Our fault.
    Internal(Arc<dyn Error + Send + Sync>),
}

impl ApiError {
    /// Something that cannot be.
    pub fn broken(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::Internal(Arc::from(cause.into()))
    }

    /// A single field's error.
    #[must_use]
    pub fn field(pointer: &str, code: &str) -> Self {
        Self::Fields(vec![FieldProblem { pointer: pointer.to_owned(), code: code.to_owned(), params: BTreeMap::new() }])
    }

    /// The same, said of a query instead of a body.
    #[must_use]
    pub fn in_query(self) -> Self {
        match self {
            Self::Fields(fields) => Self::InvalidQuery(fields),
            other => other,
        }
    }

    /// What a transaction's refusal means, by the name of the arm that was refused.
    pub fn refused<A>(conflict: Conflict<A>, meaning: impl FnOnce(A) -> Self) -> Self {
        match conflict {
            Conflict::Refused(arm) => meaning(arm),
            Conflict::Store(error) => error.into(),
        }
    }

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
            Self::TakenOut => (StatusCode::CONFLICT, "taken_out"),
            Self::ContactInvited => (StatusCode::CONFLICT, "contact_invited"),
            Self::PasswordTheirs => (StatusCode::CONFLICT, "password_theirs"),
            Self::ClaimantGone => (StatusCode::CONFLICT, "claimant_gone"),
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

    fn params(&self) -> BTreeMap<String, String> {
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
        NotAccepted::Unavailable | NotAccepted::HandedOver | NotAccepted::HasLogin | NotAccepted::Member => {
            StatusCode::CONFLICT
        }
    }
}

impl From<NotInvited> for ApiError {
    fn from(why: NotInvited) -> Self {
        Self::NotInvited(why)
    }
}

impl From<NotAccepted> for ApiError {
    fn from(why: NotAccepted) -> Self {
        Self::NotAccepted(why)
    }
}

impl From<FilesError> for ApiError {
    fn from(error: FilesError) -> Self {
        match error {
            FilesError::Silent(_) => Self::TryAgain(Arc::new(error)),
            FilesError::Authority(_) | FilesError::Unsigned(_) => Self::Internal(Arc::new(error)),
        }
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Unavailable(_) | StoreError::Conflict => Self::TryAgain(Arc::new(error)),
            StoreError::Refused(_) | StoreError::Row(_) | StoreError::Request(_) => Self::Internal(Arc::new(error)),
        }
    }
}

impl From<Denied> for ApiError {
    fn from(denied: Denied) -> Self {
        Self::Denied(denied)
    }
}

impl From<Barred> for ApiError {
    fn from(barred: Barred) -> Self {
        match barred {
            Barred::OwnRequest => Self::OwnRequest,
            Barred::SamePerson => Self::SamePerson,
            Barred::AdminOnly => Self::Denied(Denied::AdminOnly),
        }
    }
}

impl From<Refused> for ApiError {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind().1)
    }
}

impl Error for ApiError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::TryAgain(cause) | Self::Internal(cause) => Some(&**cause),
            _ => None,
        }
    }
}

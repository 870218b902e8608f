//! The one table from what happened to what is answered.

mod answer;
mod from;
mod table;

use std::{collections::BTreeMap, error::Error, fmt, sync::Arc};

use domain::{
    EmailAddress,
    access::Denied,
    actor::Refused,
    coverage::NotCovered,
    invitation::{NotAccepted, NotInvited},
    member::Unfit,
};
use store::{Conflict, Throttled};

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
    /// Somebody among those named is a guest, who uses no seat.
    GuestNoSeat,
    /// The account has no partner whose people it could let in.
    NoPartner,
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
    /// Somebody else has suspended the customer: another partner, or the vendor.
    SuspensionNotYours,
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
    /// Somebody looks after the customer already.
    HasPartner {
        /// Who: their number.
        number: String,
        /// Their name.
        name: String,
    },
    /// Only a customer's account has a partner.
    NotACustomer,
    /// The vendor has said that the account lets in guests alone.
    AccessByVendor,
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

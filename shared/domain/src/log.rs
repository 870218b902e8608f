//! The activity log: who did what, in which account, in which capacity (R513, R708).

use serde::{Deserialize, Serialize};

use crate::{
    AccountId, UserId,
    letter::{ChangedField, PasswordChange},
    nickname::Nickname,
    number::OrderNumber,
    request::{RequestKind, TakenBack},
};

/// What happened. One entry per mutation, written in its transaction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "event")]
pub enum Event {
    /// A person proved their address and has a login now.
    SignedUp {
        /// The version of terms and privacy notice accepted at sign-up.
        terms_version: String,
    },
    /// A session began.
    SignedIn,
    /// The person ended the session.
    SignedOut,
    /// A session began in another account, or in the first.
    ChoseAccount,
    /// A claim was verified by activation code; the person is a member now.
    ClaimedOrder {
        /// The order whose code it was.
        order: OrderNumber,
    },
    /// A person asked for a way to a new password.
    AskedForReset,
    /// A password was set: changed, reset or the first.
    PasswordSet {
        /// Which of these.
        how: PasswordChange,
    },
    /// A person changed what they say of themselves.
    ProfileChanged {
        /// Which fields; what stood there is in the letter alone.
        fields: Vec<ChangedField>,
    },
    /// The forum calls a person something else.
    NicknameChanged {
        /// What from now on; the forum is told from here.
        nickname: Nickname,
    },
    /// A person asked to sign in with another address.
    EmailChangeAsked,
    /// A person signs in with another address.
    EmailChanged,
    /// A second factor was set up or replaced.
    SecondFactorSet,
    /// A second factor was given up.
    SecondFactorRemoved,
    /// Recovery codes were made anew.
    RecoveryCodesMade,
    /// A recovery code was used to sign in.
    RecoveryCodeUsed,
    /// The owner requires a second factor of everyone, or no longer does.
    SecondFactorRule {
        /// Whether from now on.
        required: bool,
    },
    /// One of a person's sessions was ended from another.
    SessionEnded,
    /// All of a person's sessions but one were ended.
    OtherSessionsEnded,
    /// Something was asked of the vendor.
    ChangeRequested {
        /// What it is about.
        kind: RequestKind,
    },
    /// A person got everything held about them.
    DataExported,
    /// A person closed their login.
    LoginClosing,
    /// "This was not me."
    TakenBack {
        /// What was.
        what: TakenBack,
    },
}

/// Where an entry is kept: in an account's log, or, before and beside any account, in the person's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogOf {
    /// The account's.
    Account(AccountId),
    /// The person's.
    User(UserId),
}

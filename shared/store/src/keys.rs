//! Every key of every table. Strings like `ACCOUNT#` are here and nowhere else.

mod licensing;
mod partner;
mod team;

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use domain::{
    AccountId, EventId, LetterId, RegistrationId, RequestId, UserId,
    claim::Reference,
    fold::fold,
    log::LogOf,
    name::AccountName,
    nickname::Nickname,
    number::{CustomerNumber, OrderNumber},
    request::Wish,
    session::SessionHash,
    sign_in_name::SignInName,
};

pub(crate) use licensing::*;
pub(crate) use partner::*;
pub(crate) use team::*;

use crate::{StoreError, portal::text, rows::Item};

/// The address of a row.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Key {
    pub pk: String,
    pub sk: String,
}

/// As rows that name others say it, as one text.
impl serde::Serialize for Key {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&format!("{}\t{}", self.pk, self.sk))
    }
}

impl<'de> serde::Deserialize<'de> for Key {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(from)?;
        let (pk, sk) = text.split_once('\t').ok_or_else(|| serde::de::Error::custom("not a key"))?;
        Ok(Self::new(pk, sk))
    }
}

impl Key {
    fn new(pk: impl Into<String>, sk: impl Into<String>) -> Self {
        Self { pk: pk.into(), sk: sk.into() }
    }

    /// The address a row was found at.
    pub fn of(item: &Item) -> Result<Self, StoreError> {
        let part = |name| text(item, name).ok_or_else(|| StoreError::row("a row without its key"));
        Ok(Self { pk: part("pk")?, sk: part("sk")? })
    }

    /// For the SDK.
    pub fn to_map(&self) -> HashMap<String, AttributeValue> {
        HashMap::from([
            ("pk".to_owned(), AttributeValue::S(self.pk.clone())),
            ("sk".to_owned(), AttributeValue::S(self.sk.clone())),
        ])
    }
}

// accounts

pub(crate) const PORTAL: &str = "PORTAL";
pub(crate) const MEMBER_PREFIX: &str = "MEMBER#";
pub(crate) const CONTACT_PREFIX: &str = "CONTACT#";

/// Keys every function reads, and what pages and mails say of the vendor.
pub(crate) fn portal_keys() -> Key {
    Key::new(PORTAL, "KEYS")
}

pub(crate) fn vendor() -> Key {
    Key::new(PORTAL, "VENDOR")
}

/// What staff say of the portal as a whole. Not beside the keys: whoever writes it must not reach those.
pub(crate) fn settings() -> Key {
    Key::new("SETTINGS", "SETTINGS")
}

/// How far the reminders have come.
pub(crate) fn reminded() -> Key {
    Key::new("HOUSEKEEPING", "REMINDERS")
}

/// Up to which day ends of licenses that have passed are behind the lists of partners.
pub(crate) fn renewed() -> Key {
    Key::new("HOUSEKEEPING", "RENEWED")
}

/// Up to which day ends of guests were looked after.
pub(crate) fn guests_walk() -> Key {
    Key::new("HOUSEKEEPING", "GUESTS")
}

/// How far the owners of a quarter were asked to review who has access.
pub(crate) fn review_walk() -> Key {
    Key::new("HOUSEKEEPING", "REVIEWS")
}

pub(crate) fn account_partition(account: AccountId) -> String {
    format!("ACCOUNT#{account}")
}

pub(crate) fn account(account: AccountId) -> Key {
    Key::new(account_partition(account), "ACCOUNT")
}

/// The person in the account: the row that counts.
pub(crate) fn membership(account: AccountId, user: UserId) -> Key {
    Key::new(account_partition(account), format!("{MEMBER_PREFIX}{user}"))
}

/// All accounts, by name.
pub(crate) fn directory_partition() -> String {
    "ACCOUNTS".to_owned()
}

/// An account in the directory, by its folded name. The tab comes before whatever a name may go on with, so that a name
/// stands before the longer ones that begin with it.
pub(crate) fn directory(name: &AccountName, account: AccountId) -> Key {
    Key::new(directory_partition(), format!("{}\t{account}", fold(name.as_str())))
}

pub(crate) fn user_partition(user: UserId) -> String {
    format!("USER#{user}")
}

pub(crate) fn user(user: UserId) -> Key {
    Key::new(user_partition(user), "USER")
}

/// The account among the person's accounts: a copy of the membership for the person's own lists.
pub(crate) fn membership_of_user(user: UserId, account: AccountId) -> Key {
    Key::new(user_partition(user), format!("{MEMBER_PREFIX}{account}"))
}

/// Whose a customer number is.
pub(crate) fn customer_number(number: &CustomerNumber) -> Key {
    Key::new(format!("CUSTOMERNUMBER#{number}"), "CUSTOMERNUMBER")
}

/// What imports wrote of a customer; nothing that serves people reads it.
pub(crate) fn imported_customer(number: &CustomerNumber) -> Key {
    Key::new(format!("IMPORTED#{number}"), "CUSTOMER")
}

/// What imports wrote of an order.
pub(crate) fn imported_order(number: &OrderNumber) -> Key {
    Key::new(format!("IMPORTED#{number}"), "ORDER")
}

/// The row that says whose a customer number or a serial number is.
pub(crate) fn reference(reference: &Reference) -> Key {
    match reference {
        Reference::CustomerNumber(number) => customer_number(number),
        Reference::SerialNumber(serial) => serial_number(serial),
    }
}

/// The partition of what the vendor's desk has to decide.
pub(crate) const DESK: &str = "REQUESTS";

/// What the vendor's desk has to decide, the oldest first.
pub(crate) fn desk_request(request: RequestId) -> Key {
    Key::new(DESK, request.to_string())
}

pub(crate) fn requests_partition(user: UserId) -> String {
    format!("REQUESTS#{user}")
}

/// What a person asked for: one of each kind (of a renewal, of each license) at a time, so that a double click asks once.
pub(crate) fn request(user: UserId, wish: &Wish) -> Key {
    Key::new(requests_partition(user), wish.slot())
}

// credentials

pub(crate) fn password(user: UserId) -> Key {
    Key::new(user_partition(user), "PASSWORD")
}

/// The person's second factor.
pub(crate) fn second_factor(user: UserId) -> Key {
    Key::new(user_partition(user), "SECOND-FACTOR")
}

/// A second factor being set up.
pub(crate) fn enrolment(user: UserId) -> Key {
    Key::new(user_partition(user), "ENROLMENT")
}

/// Whose a nickname is, and all that look like it.
pub(crate) fn nickname(nickname: &Nickname) -> Key {
    Key::new(format!("NICKNAME#{}", nickname.claim()), "NICKNAME")
}

pub(crate) fn sign_in_name(name: &SignInName) -> Key {
    Key::new(format!("NAME#{}", name.claim()), "NAME")
}

pub(crate) fn secret_key(name: &str) -> Key {
    Key::new(format!("KEY#{name}"), "KEY")
}

// sessions

pub(crate) const SESSION_PREFIX: &str = "SESSION#";

pub(crate) fn session(user: UserId, hash: &SessionHash) -> Key {
    Key::new(user_partition(user), format!("{SESSION_PREFIX}{}", hash.0))
}

/// The way to a new password that a person asked for: the newest alone. Not beside their sessions, so that whoever writes
/// it needs no right to those.
pub(crate) fn reset(user: UserId) -> Key {
    Key::new(format!("RESET#{user}"), "RESET")
}

/// The way to a first password that staff sent somebody. Not [`reset`]: whoever types an invited person's name into
/// "forgot password" ends no invitation.
pub(crate) fn invitation(user: UserId) -> Key {
    Key::new(format!("RESET#{user}"), "INVITATION")
}

/// The address a person asked to sign in with: the newest alone.
pub(crate) fn email_change(user: UserId) -> Key {
    Key::new(format!("EMAIL#{user}"), "EMAIL")
}

/// What a letter's "this was not me" brings back.
pub(crate) fn undo(letter: LetterId) -> Key {
    Key::new(format!("UNDO#{letter}"), "UNDO")
}

pub(crate) fn registration(id: RegistrationId) -> Key {
    Key::new(format!("REGISTRATION#{id}"), "REGISTRATION")
}

/// That somebody was refused by an account and cannot ask it again for a while.
pub(crate) fn refused_claim(account: AccountId, user: UserId) -> Key {
    Key::new(format!("REFUSED#{account}"), user.to_string())
}

pub(crate) fn throttle(kind: &str, whom: &str, window: i64) -> Key {
    Key::new(format!("THROTTLE#{kind}#{whom}#{window}"), "THROTTLE")
}

// journal

pub(crate) const LETTER_PARTITION_PREFIX: &str = "LETTER#";
/// What a letter that waits carries in the attribute `q`: the partition of the index of due letters.
pub(crate) const DUE_QUEUE: &str = "due";

pub(crate) fn letter(id: LetterId) -> Key {
    Key::new(format!("{LETTER_PARTITION_PREFIX}{id}"), "LETTER")
}

/// The letter a key of the journal names, if it is one.
pub(crate) fn letter_of(pk: &str) -> Option<LetterId> {
    LetterId::parse(pk.strip_prefix(LETTER_PARTITION_PREFIX)?).ok()
}

pub(crate) fn log_entry(log: LogOf, id: EventId) -> Key {
    Key::new(log_partition(log), id.to_string())
}

pub(crate) fn log_partition(log: LogOf) -> String {
    match log {
        LogOf::Account(account) => format!("LOG#{account}"),
        LogOf::User(user) => format!("LOG#{user}"),
        LogOf::Vendor => "LOG#VENDOR".to_owned(),
    }
}

//! Rows as stored, and the domain they stand for. Attribute names are short: they are paid for in every row.
//! Each row carries `v`, the version of its form; a reader knows which versions it takes.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use domain::{
    Account, AccountId, AccountKind, AccountStatus, Date, EmailAddress, Language, LicenseId, Membership,
    MembershipStatus, Permissions, Role, Timestamp, User, UserId, UserStatus,
    license::{License, LicenseType, Seats},
    name::{AccountName, Country, PersonName, ProductName, Reason, ZoneName},
    number::{CustomerNumber, OrderNumber, ProductCode, SerialNumber},
    session::Session,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{StoreError, keys::Key};

pub(crate) type Item = HashMap<String, AttributeValue>;

/// The version this code writes.
const VERSION: u32 = 1;

/// A row with its key and version.
pub(crate) fn to_item(key: &Key, row: &impl Serialize) -> Result<Item, StoreError> {
    let mut item: Item = serde_dynamo::aws_sdk_dynamodb_1::to_item(row)?;
    item.extend(key.to_map());
    item.insert("v".to_owned(), AttributeValue::N(VERSION.to_string()));
    Ok(item)
}

/// What a row holds.
pub(crate) fn from_item<T: DeserializeOwned>(mut item: Item) -> Result<T, StoreError> {
    // Some of what is stored knows its fields exactly.
    for key in ["pk", "sk"] {
        item.remove(key);
    }
    let version = item.remove("v").as_ref().and_then(|v| v.as_n().ok()).and_then(|v| v.parse::<u32>().ok());
    match version {
        Some(VERSION) => Ok(serde_dynamo::aws_sdk_dynamodb_1::from_item(item)?),
        other => Err(StoreError::row(format!("a row of version {other:?}, this code knows {VERSION}"))),
    }
}

/// The sort key of a row, behind its prefix.
pub(crate) fn sort_key<'a>(item: &'a Item, prefix: &str) -> Result<&'a str, StoreError> {
    let sk = item.get("sk").and_then(|sk| sk.as_s().ok()).and_then(|sk| sk.strip_prefix(prefix));
    sk.ok_or_else(|| StoreError::row(format!("a row whose sort key does not begin with {prefix}")))
}

pub(crate) fn at(millis: i64) -> Result<Timestamp, StoreError> {
    Timestamp::from_millisecond(millis).map_err(StoreError::row)
}

/// The word of an account's status, flat, so that conditions can ask for it.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum AccountState {
    Active,
    Suspended,
    Closed,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct AccountRow {
    /// id
    pub i: AccountId,
    /// number
    pub n: CustomerNumber,
    /// name
    pub na: AccountName,
    /// kind
    pub k: AccountKind,
    /// status
    pub st: AccountState,
    /// why it is suspended
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub w: Option<Reason>,
    /// owner
    pub o: UserId,
    /// time zone
    pub z: ZoneName,
    /// language
    pub l: Language,
    /// country
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub c: Option<Country>,
    /// number of members
    pub m: u32,
}

impl AccountRow {
    pub fn new(account: &Account, members: u32) -> Self {
        let (st, w) = state(&account.status);
        Self {
            i: account.id,
            n: account.number.clone(),
            na: account.name.clone(),
            k: account.kind,
            st,
            w,
            o: account.owner,
            z: account.zone.clone(),
            l: account.language,
            c: account.country.clone(),
            m: members,
        }
    }
}

/// A status as a row holds it: the state, and why it is suspended.
pub(crate) fn state(status: &AccountStatus) -> (AccountState, Option<Reason>) {
    match status {
        AccountStatus::Active => (AccountState::Active, None),
        AccountStatus::Suspended { reason } => (AccountState::Suspended, Some(reason.clone())),
        AccountStatus::Closed => (AccountState::Closed, None),
    }
}

impl TryFrom<AccountRow> for Account {
    type Error = StoreError;
    fn try_from(row: AccountRow) -> Result<Self, StoreError> {
        let status = match (row.st, row.w) {
            (AccountState::Active, _) => AccountStatus::Active,
            (AccountState::Suspended, Some(reason)) => AccountStatus::Suspended { reason },
            (AccountState::Suspended, None) => return Err(StoreError::row("a suspended account without a reason")),
            (AccountState::Closed, _) => AccountStatus::Closed,
        };
        Ok(Self {
            id: row.i,
            number: row.n,
            name: row.na,
            kind: row.k,
            status,
            owner: row.o,
            zone: row.z,
            language: row.l,
            country: row.c,
        })
    }
}

#[derive(Serialize, Deserialize)]
pub(crate) struct UserRow {
    /// id
    pub i: UserId,
    /// first name
    pub f: PersonName,
    /// last name
    pub n: PersonName,
    /// e-mail
    pub m: EmailAddress,
    /// language
    pub l: Language,
    /// status
    pub st: UserStatus,
    /// generation
    pub g: u32,
}

impl From<&User> for UserRow {
    fn from(user: &User) -> Self {
        Self {
            i: user.id,
            f: user.first_name.clone(),
            n: user.last_name.clone(),
            m: user.email.clone(),
            l: user.language,
            st: user.status,
            g: user.generation,
        }
    }
}

impl From<UserRow> for User {
    fn from(row: UserRow) -> Self {
        Self {
            id: row.i,
            first_name: row.f,
            last_name: row.n,
            email: row.m,
            language: row.l,
            status: row.st,
            generation: row.g,
        }
    }
}

#[derive(Serialize, Deserialize)]
pub(crate) struct MembershipRow {
    /// role
    pub r: Role,
    /// permissions
    #[serde(default, skip_serializing_if = "Permissions::is_empty")]
    pub p: Permissions,
    /// status
    pub st: MembershipStatus,
    /// generation
    pub g: u32,
}

impl From<&Membership> for MembershipRow {
    fn from(membership: &Membership) -> Self {
        Self { r: membership.role, p: membership.permissions.clone(), st: membership.status, g: membership.generation }
    }
}

impl From<MembershipRow> for Membership {
    fn from(row: MembershipRow) -> Self {
        Self { role: row.r, permissions: row.p, status: row.st, generation: row.g }
    }
}

/// The person's copy of a membership: the same, and what a list of accounts shows of the account.
#[derive(Serialize, Deserialize)]
pub(crate) struct MembershipOfUserRow {
    #[serde(flatten)]
    pub membership: MembershipRow,
    /// the account's name
    pub na: AccountName,
    /// the account's number
    pub n: CustomerNumber,
    /// the account's kind
    pub k: AccountKind,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct SessionRow {
    /// started, in milliseconds
    pub b: i64,
    /// seen, in milliseconds
    pub s: i64,
    /// ends, in milliseconds
    pub x: i64,
    /// the person's generation
    pub g: u32,
    /// the account
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub a: Option<AccountId>,
    /// the membership's generation
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mg: Option<u32>,
    /// when the database may delete it, in seconds
    pub ttl: i64,
}

impl From<&Session> for SessionRow {
    fn from(session: &Session) -> Self {
        Self {
            b: session.started_at.as_millisecond(),
            s: session.seen_at.as_millisecond(),
            x: session.expires_at.as_millisecond(),
            g: session.user_generation,
            a: session.account.map(|(account, _)| account),
            mg: session.account.map(|(_, generation)| generation),
            ttl: session.expires_at.as_second(),
        }
    }
}

impl TryFrom<SessionRow> for Session {
    type Error = StoreError;
    fn try_from(row: SessionRow) -> Result<Self, StoreError> {
        Ok(Self {
            started_at: at(row.b)?,
            seen_at: at(row.s)?,
            expires_at: at(row.x)?,
            user_generation: row.g,
            account: row.a.zip(row.mg),
        })
    }
}

#[derive(Serialize, Deserialize)]
pub(crate) struct LicenseRow {
    /// serial number
    pub sn: SerialNumber,
    /// its claim: sorts the index by serial
    pub s: String,
    /// product code
    pub p: ProductCode,
    /// product name
    pub pn: ProductName,
    /// type
    pub ty: LicenseType,
    /// seats used
    pub u: u32,
    /// seats in all
    pub t: u32,
    /// starts
    pub b: Date,
    /// ends; with the sort key behind it, so that the index by end has an order of its own
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub e: Option<String>,
    /// maintenance ends
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub me: Option<Date>,
    /// order number
    pub on: OrderNumber,
    /// order date
    pub od: Date,
}

impl From<&License> for LicenseRow {
    fn from(license: &License) -> Self {
        Self {
            sn: license.serial_number.clone(),
            s: license.serial_number.claim(),
            p: license.product_code.clone(),
            pn: license.product_name.clone(),
            ty: license.license_type,
            u: license.seats.used(),
            t: license.seats.total(),
            b: license.starts_on,
            e: license.ends_on.map(|end| format!("{end}#{}", license.id)),
            me: license.maintenance_ends_on,
            on: license.order_number.clone(),
            od: license.ordered_on,
        }
    }
}

impl LicenseRow {
    pub fn into_license(self, id: LicenseId) -> Result<License, StoreError> {
        let end = self.e.as_deref().and_then(|end| end.split('#').next()).map(str::parse::<Date>);
        Ok(License {
            id,
            serial_number: self.sn,
            product_code: self.p,
            product_name: self.pn,
            license_type: self.ty,
            seats: Seats::new(self.u, self.t)?,
            starts_on: self.b,
            ends_on: end.transpose().map_err(StoreError::row)?,
            maintenance_ends_on: self.me,
            order_number: self.on,
            ordered_on: self.od,
        })
    }
}

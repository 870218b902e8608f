//! Rows as stored, and the domain they stand for. Attribute names are short: they are paid for in every row.
//! Each row carries `v`, the version of its form; a reader knows which versions it takes.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use domain::{
    Account, AccountId, AccountKind, AccountState, AccountStatus, Features, Language, Membership, MembershipStatus,
    Permissions, Role, Suspender, Timestamp, UserId,
    membership::Guest,
    name::{AccountName, Country, Reason, ZoneName},
    number::CustomerNumber,
    partnership::{CustomerAccess, Partnership},
    sign_in_name::UserName,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{StoreError, keys::Key};

mod contact;
mod license;
mod member;
mod release;
mod session;
mod user;

pub(crate) use contact::{ContactRow, contact};
pub(crate) use license::LicenseRow;
pub(crate) use member::{MemberRow, Places, member, seen};
pub(crate) use release::ReleaseRow;
pub(crate) use session::SessionRow;
pub(crate) use user::{DetailsRow, UserRow};

pub(crate) type Item = HashMap<String, AttributeValue>;

/// The version this code writes.
pub(crate) const VERSION: u32 = 1;

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

/// A value as rows hold it; what is not there is null.
pub(crate) fn value(it: &impl Serialize) -> Result<AttributeValue, StoreError> {
    Ok(serde_dynamo::aws_sdk_dynamodb_1::to_attribute_value(it)?)
}

pub(crate) fn at(millis: i64) -> Result<Timestamp, StoreError> {
    Timestamp::from_millisecond(millis).map_err(StoreError::row)
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
    /// the partner that suspended it
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sb: Option<Suspender>,
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
    /// whether everyone needs a second factor
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub sf: bool,
    /// what it may use, where staff said so
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fe: Option<Features>,
    /// its partner
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pa: Option<AccountId>,
    /// how its partner's people get in
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub px: Option<CustomerAccess>,
    /// since when it has had that partner, in milliseconds, where that was changed here
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ps: Option<i64>,
}

impl AccountRow {
    pub fn new(account: &Account, members: u32) -> Self {
        let (st, w, sb) = state(&account.status);
        Self {
            i: account.id,
            n: account.number.clone(),
            na: account.name.clone(),
            k: account.kind,
            st,
            w,
            sb,
            o: account.owner,
            z: account.zone.clone(),
            l: account.language,
            c: account.country.clone(),
            m: members,
            sf: account.second_factor_required,
            fe: account.said_features,
            pa: account.partnership.map(|partnership| partnership.partner),
            px: account.partnership.map(|partnership| partnership.access),
            ps: account.partner_since.map(Timestamp::as_millisecond),
        }
    }
}

/// A status as a row holds it, flat, so that conditions can ask for it: the state, why it is suspended, and by whom.
pub(crate) fn state(status: &AccountStatus) -> (AccountState, Option<Reason>, Option<Suspender>) {
    let (reason, by) = match status {
        AccountStatus::Suspended { reason, by } => (Some(reason.clone()), by.clone()),
        AccountStatus::Active | AccountStatus::Closed => (None, None),
    };
    (status.state(), reason, by)
}

impl TryFrom<AccountRow> for Account {
    type Error = StoreError;
    fn try_from(row: AccountRow) -> Result<Self, StoreError> {
        let status = match (row.st, row.w) {
            (AccountState::Active, _) => AccountStatus::Active,
            (AccountState::Suspended, Some(reason)) => AccountStatus::Suspended { reason, by: row.sb },
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
            second_factor_required: row.sf,
            said_features: row.fe,
            partnership: row.pa.zip(row.px).map(|(partner, access)| Partnership { partner, access }),
            partner_since: row.ps.map(at).transpose()?,
        })
    }
}

#[derive(Debug, Clone, Serialize, Deserialize)]
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
    /// of a guest: the account they come from
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gh: Option<AccountId>,
    /// of a guest: its name
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gn: Option<AccountName>,
    /// of a guest: when it ends, in milliseconds
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gu: Option<i64>,
    /// of a guest: who let them in
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gb: Option<UserId>,
    /// of a guest: since when, in milliseconds
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ga: Option<i64>,
}

impl From<&Membership> for MembershipRow {
    fn from(membership: &Membership) -> Self {
        let guest = membership.guest.as_ref();
        Self {
            r: membership.role,
            p: membership.permissions.clone(),
            st: membership.status,
            g: membership.generation,
            gh: guest.map(|guest| guest.home),
            gn: guest.map(|guest| guest.home_name.clone()),
            gu: guest.map(|guest| guest.until.as_millisecond()),
            ga: guest.map(|guest| guest.since.as_millisecond()),
            gb: guest.and_then(|guest| guest.by),
        }
    }
}

impl From<MembershipRow> for Membership {
    fn from(row: MembershipRow) -> Self {
        let guest = row.gh.zip(row.gn).zip(row.gu).map(|((home, home_name), until)| {
            // A time no calendar has is over.
            let until = Timestamp::from_millisecond(until).unwrap_or(Timestamp::MIN);
            let since = row.ga.and_then(|at| Timestamp::from_millisecond(at).ok()).unwrap_or(Timestamp::MIN);
            Guest { home, home_name, since, until, by: row.gb }
        });
        Self { role: row.r, permissions: row.p, status: row.st, generation: row.g, guest }
    }
}

/// The same with the user name, as the account's own row has them.
#[derive(Deserialize)]
pub(crate) struct MembershipAndNameRow {
    #[serde(flatten)]
    pub membership: MembershipRow,
    /// user name
    pub un: Option<UserName>,
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

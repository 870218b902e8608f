//! Accounts: the companies that buy from the vendor, and the partners that look after them.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    AccountId, Features, Language, Membership, MembershipStatus, UserId,
    features::TeamArea,
    name::{AccountName, Country, Reason, ZoneName},
    number::CustomerNumber,
    partnership::{CustomerAccess, Partnership},
};

/// What kind of company an account is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountKind {
    /// Buys for itself.
    Customer,
    /// Looks after customers of the vendor.
    Partner,
}

/// Whether an account may be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "status")]
pub enum AccountStatus {
    /// In use.
    Active,
    /// Its people can sign in, read why, and reach support; nothing else (R506).
    Suspended {
        /// In the words of whoever suspended it.
        reason: Reason,
        /// The partner that did; none: the vendor. Whoever did may end it.
        by: Option<Suspender>,
    },
    /// Over; its rows stay for the vendor.
    Closed,
}

/// A partner that suspended one of its customers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suspender {
    /// Its account.
    #[serde(rename = "i")]
    pub account: AccountId,
    /// What it was called then.
    #[serde(rename = "n")]
    pub name: AccountName,
}

/// An account's status without its reason: what lists show, and what conditions ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountState {
    /// In use.
    Active,
    /// Its people can sign in, read why, and reach support.
    Suspended,
    /// Over.
    Closed,
}

impl AccountStatus {
    /// The same without its reason.
    #[must_use]
    pub const fn state(&self) -> AccountState {
        match self {
            Self::Active => AccountState::Active,
            Self::Suspended { .. } => AccountState::Suspended,
            Self::Closed => AccountState::Closed,
        }
    }
}

/// A company that buys from the vendor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// The number customers know themselves by.
    pub number: CustomerNumber,
    /// Its name.
    pub name: AccountName,
    /// Customer or partner.
    pub kind: AccountKind,
    /// Whether it may be used.
    pub status: AccountStatus,
    /// Its license contact: exactly one, changed by the vendor only (R313).
    pub owner: UserId,
    /// Where its contract days end.
    pub zone: ZoneName,
    /// The language of mails to it as a whole.
    pub language: Language,
    /// Where it is, if known.
    pub country: Option<Country>,
    /// Whether everyone who works here needs a second factor; its owner decides (R110).
    pub second_factor_required: bool,
    /// What it may use, where staff said so.
    pub said_features: Option<Features>,
    /// Who looks after it: at most one partner at a time.
    pub partnership: Option<Partnership>,
    /// When that partner took over, if it was not the first: what others let in before is over (R514).
    pub partner_since: Option<Timestamp>,
}

impl Account {
    /// What it may use: as staff said of it or, where they said nothing, as the vendor's setting has it (R312).
    #[must_use]
    pub fn features(&self, setting: TeamArea) -> Features {
        self.said_features.unwrap_or_else(|| Features::of(self.kind, setting))
    }

    /// Whether that account is its partner.
    #[must_use]
    pub fn is_looked_after_by(&self, partner: AccountId) -> bool {
        self.partnership.is_some_and(|partnership| partnership.partner == partner)
    }

    /// Whether somebody of that account acts in this one as one of its partner's people: the partnership lets them in by
    /// itself, and they work there and belong there (R502).
    #[must_use]
    pub fn is_open_to(&self, home: &Self, there: &Membership) -> bool {
        let is_partner = home.said_features.map_or(home.kind == AccountKind::Partner, |features| features.partner);
        let at_work = there.status == MembershipStatus::Active && there.guest.is_none();
        let automatic = self.is_looked_after_by(home.id) && self.access() == Some(CustomerAccess::Automatic);
        automatic && is_partner && home.status == AccountStatus::Active && at_work
    }

    /// How its partner's people get in: as the customer decides, unless the vendor said that only guests do. None: it has
    /// no partner.
    #[must_use]
    pub fn access(&self) -> Option<CustomerAccess> {
        let guests_only = self.said_features.is_some_and(|features| features.guests_only);
        let access =
            |partnership: Partnership| if guests_only { CustomerAccess::GuestsOnly } else { partnership.access };
        self.partnership.map(access)
    }
}

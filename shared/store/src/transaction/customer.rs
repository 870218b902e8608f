//! Arms about an account's partner: what the partner's list shows of it, and those who act from there.

use aws_sdk_dynamodb::types::AttributeValue;
use domain::{
    AccountId, Timestamp, UserId,
    actor::{AccountAuthority, CameFrom, Capacity},
    invitation::SentFrom,
};

use super::{Transaction, When};
use crate::{Job, TableName, keys};

impl When {
    /// The account has the partner it was read with, or none: whatever changes what a partner's list shows leaves a job
    /// only where there is one, and must not miss one that came meanwhile.
    pub fn partner_as_read(self, partner: Option<AccountId>) -> Self {
        match partner {
            Some(partner) => self.and("pa = :pa").text(":pa", partner.to_string()),
            None => self.and("attribute_not_exists(pa)"),
        }
    }

    /// The account still lets in whoever acts: its own people always, guests from its partner as long as it is that, the
    /// partner's people as long as they come and go by the partnership (R509, R514).
    pub fn lets_in(self, authority: &AccountAuthority) -> Self {
        match &authority.from {
            Some(from) => self.lets_in_from(from.capacity, from.home),
            None => self,
        }
    }

    /// The same of whoever comes from there, as that.
    pub fn lets_in_from(self, capacity: Capacity, home: AccountId) -> Self {
        let theirs = self.and("pa = :home").text(":home", home.to_string());
        match capacity {
            Capacity::Partner => theirs
                .and("px = :automatic AND (attribute_not_exists(fe) OR fe.guests_only = :no)")
                .text(":automatic", "automatic")
                .with(":no", AttributeValue::Bool(false)),
            Capacity::Member | Capacity::Guest | Capacity::Staff => theirs,
        }
    }
}

impl When {
    /// Somebody works in an account and belongs to it.
    fn at_work() -> Self {
        Self::holds("st = :active AND attribute_not_exists(gh)").text(":active", "active")
    }

    /// An account is in use that people come from as that; as its partner's people only while it has the pages of one.
    fn home_of(capacity: Capacity) -> Self {
        let in_use = Self::holds("st = :active").text(":active", "active");
        match capacity {
            Capacity::Partner => {
                in_use.and("attribute_not_exists(fe) OR fe.partner = :yes").with(":yes", AttributeValue::Bool(true))
            }
            Capacity::Member | Capacity::Guest | Capacity::Staff => in_use,
        }
    }
}

impl<A: Clone> Transaction<'_, A> {
    /// Brings the partner's list up to what this changes of an account, if it has a partner.
    pub fn customer_changes(self, account: AccountId, partner: Option<AccountId>) -> Self {
        match partner {
            Some(_) => self.followed_by(Job::RefreshCustomer { account }),
            None => self,
        }
    }

    /// Asks that whoever comes from another account is still at work there.
    pub fn still_at_home(self, authority: &AccountAuthority, otherwise: A) -> Self {
        let Some(CameFrom { capacity, home, generation, .. }) = &authority.from else { return self };
        let at_work = match capacity {
            Capacity::Partner => When::at_work().and("g = :g").number(":g", *generation),
            // Their session is of the account they visit: that they still belong to their own is enough.
            Capacity::Member | Capacity::Guest | Capacity::Staff => When::at_work(),
        };
        self.check(TableName::Accounts, &keys::membership(*home, authority.person.user), at_work, otherwise.clone())
            .check(TableName::Accounts, &keys::account(*home), When::home_of(*capacity), otherwise)
    }

    /// Asks that whoever sent an invitation from another account could still send it.
    pub fn still_sends(self, account: AccountId, by: UserId, from: SentFrom, now: Timestamp, otherwise: A) -> Self {
        let SentFrom { capacity, home } = from;
        let arms = match capacity {
            Capacity::Partner => self,
            Capacity::Member | Capacity::Guest | Capacity::Staff => {
                let manages = When::holds("st = :active AND r <> :member AND gh = :home AND gu > :now")
                    .text(":active", "active")
                    .text(":member", "member")
                    .text(":home", home.to_string())
                    .number(":now", now.as_millisecond());
                self.check(TableName::Accounts, &keys::membership(account, by), manages, otherwise.clone())
            }
        };
        arms.check(TableName::Accounts, &keys::membership(home, by), When::at_work(), otherwise.clone()).check(
            TableName::Accounts,
            &keys::account(home),
            When::home_of(capacity),
            otherwise,
        )
    }
}

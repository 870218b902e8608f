//! Arms about an account's partner: what the partner's list shows of it, and those who act from there.

use domain::{
    AccountId,
    actor::{AccountAuthority, CameFrom, Capacity},
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
        let Some(CameFrom { capacity, home, .. }) = &authority.from else { return self };
        let theirs = self.and("pa = :home").text(":home", home.to_string());
        match capacity {
            Capacity::Partner => theirs
                .and("px = :automatic AND (attribute_not_exists(fe) OR fe.guests_only = :no)")
                .text(":automatic", "automatic")
                .with(":no", aws_sdk_dynamodb::types::AttributeValue::Bool(false)),
            Capacity::Member | Capacity::Guest | Capacity::Staff => theirs,
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
    pub fn from_home(self, authority: &AccountAuthority, otherwise: A) -> Self {
        let Some(CameFrom { capacity, home, generation, .. }) = &authority.from else { return self };
        let at_work = When::holds("st = :active AND attribute_not_exists(gh)").text(":active", "active");
        let at_work = match capacity {
            Capacity::Partner => at_work.and("g = :g").number(":g", *generation),
            // Their session is of the account they visit: that they still belong to their own is enough.
            Capacity::Member | Capacity::Guest | Capacity::Staff => at_work,
        };
        let in_use = When::holds("st = :active").text(":active", "active");
        self.check(TableName::Accounts, &keys::membership(*home, authority.person.user), at_work, otherwise.clone())
            .check(TableName::Accounts, &keys::account(*home), in_use, otherwise)
    }
}

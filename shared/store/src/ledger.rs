//! What every change of a license moves with it: the account's summary (R402) and the days to remind of (R405). Counted
//! in the transaction that changes the license, so that a page of the summary reads rows instead of counting licenses.

use std::collections::{BTreeMap, BTreeSet};

use aws_sdk_dynamodb::types::AttributeValue;
use domain::{AccountId, Date, license::License, name::ProductName};
use serde::{Deserialize, Serialize};

use crate::{Job, TableName, keys, keys::Key, rows, transaction::Transaction};

/// Licenses, seats and seats in use that one transaction adds to (or takes from) a row of the summary.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Delta {
    licenses: i64,
    seats: i64,
    used: i64,
}

/// One group of the summary: what the row is called and when it ends.
struct Group {
    product_name: ProductName,
    end: Option<String>,
    delta: Delta,
}

/// A row of the summary.
#[derive(Serialize, Deserialize)]
pub(crate) struct SummaryRow {
    /// the product's name, as last granted
    pub pn: ProductName,
    /// ends; with the sort key behind it, so that the index by end has an order of its own
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub e: Option<String>,
    /// licenses
    pub n: u64,
    /// seats bought
    pub t: u64,
    /// seats in use
    pub u: u64,
}

/// The changes of one transaction, each row once: DynamoDB takes no row twice.
#[derive(Default)]
pub(crate) struct Ledger {
    groups: BTreeMap<Key, Group>,
    ends: BTreeSet<Date>,
}

impl Ledger {
    /// A license is granted, as it is now. One that was cancelled counts for nothing.
    pub fn granted(mut self, account: AccountId, license: &License) -> Self {
        if license.cancelled_on.is_some() {
            return self;
        }
        self.count(account, license, 1, license.seats.used());
        self.ends.extend(license.ends_on);
        self
    }

    /// A license that was so is no longer, or is another: then [`granted`](Self::granted) follows.
    pub fn gone(mut self, account: AccountId, license: &License) -> Self {
        if license.cancelled_on.is_some() {
            return self;
        }
        self.count(account, license, -1, license.seats.used());
        self
    }

    /// Seats of a license were assigned (or released, below zero).
    pub fn assigned(mut self, account: AccountId, license: &License, seats: i64) -> Self {
        self.group(account, license).delta.used += seats;
        self
    }

    /// How many arms it takes.
    pub fn arms(&self) -> usize {
        self.groups.values().filter(|group| group.delta != Delta::default()).count() + self.ends.len()
    }

    /// Whether licenses come or go.
    pub fn moves(&self) -> bool {
        self.groups.values().any(|group| group.delta.licenses != 0)
    }

    fn count(&mut self, account: AccountId, license: &License, sign: i64, used: u32) {
        let delta = &mut self.group(account, license).delta;
        delta.licenses += sign;
        delta.seats += sign * i64::from(license.seats.total());
        delta.used += sign * i64::from(used);
    }

    fn group(&mut self, account: AccountId, license: &License) -> &mut Group {
        let key = keys::summary(account, &license.product_code, license.license_type, license.ends_on);
        let end = license.ends_on.map(|end| format!("{end}#{}", key.sk));
        let product_name = license.product_name.clone();
        self.groups.entry(key).or_insert_with(|| Group { product_name, end, delta: Delta::default() })
    }
}

impl<A: Clone> Transaction<'_, A> {
    /// Counts what the ledger says. Where licenses come or go, the list of the account's partner follows, if it has one:
    /// whoever changes licenses does not read that.
    pub fn enter(self, account: AccountId, ledger: Ledger) -> Self {
        let moves = ledger.moves();
        let counted = self.count_in(account, ledger);
        if moves { counted.followed_by(Job::RefreshCustomer { account }) } else { counted }
    }

    /// The same for an import, which knows who has a partner.
    pub fn count_in(self, account: AccountId, ledger: Ledger) -> Self {
        let Ledger { groups, ends } = ledger;
        let counted = groups.into_iter().filter(|(_, group)| group.delta != Delta::default());
        let counted = counted.fold(self, |arms, (key, group)| {
            let number = |value: i64| AttributeValue::N(value.to_string());
            let Delta { licenses, seats, used } = group.delta;
            let mut values = vec![
                (":n", number(licenses)),
                (":t", number(seats)),
                (":u", number(used)),
                (":pn", AttributeValue::S(group.product_name.to_string())),
                (":v", number(i64::from(rows::VERSION))),
            ];
            let change = match group.end {
                None => "ADD n :n, t :t, u :u SET pn = :pn, v = :v",
                Some(end) => {
                    values.push((":e", AttributeValue::S(end)));
                    "ADD n :n, t :t, u :u SET pn = :pn, v = :v, e = :e"
                }
            };
            arms.adjust(TableName::Accounts, &key, change, values)
        });
        ends.into_iter().fold(counted, |arms, end| {
            let key = keys::renewal(end, account);
            // Kept as it is if it is there: it also says what was reminded of already.
            let row = vec![
                (":a", AttributeValue::S(account.to_string())),
                (":v", AttributeValue::N(rows::VERSION.to_string())),
            ];
            arms.adjust(TableName::Accounts, &key, "SET a = :a, v = :v", row)
        })
    }
}

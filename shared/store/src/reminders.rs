//! Reminders that contracts end (R405): each stage of each account and day once, whoever runs them, and however often.

use aws_sdk_dynamodb::types::AttributeValue;
use domain::{
    Account, AccountId, AccountStatus, Date, EventId, Timestamp,
    letter::{DueProduct, Letter},
    license::LicenseType,
    log::{Event, LogOf},
    page::{Page, PageSize, Position},
    renewal::Stage,
};
use serde::{Deserialize, Serialize};

use crate::{
    Conflict, Store, StoreError, TableName, keys,
    ledger::SummaryRow,
    letters,
    listing::Listing,
    log,
    portal::text,
    rows,
    transaction::{Transaction, When},
    update,
};

/// That licenses of an account end on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EndingAccount {
    /// The account.
    pub account: AccountId,
    /// The reminders it has had of that day.
    reminded: [bool; 3],
}

impl EndingAccount {
    /// Whether it has had the reminder of that stage.
    #[must_use]
    pub fn has_had(&self, stage: Stage) -> bool {
        self.reminded[place(stage)]
    }
}

/// What a reminder says, and to whom.
pub struct Ending {
    /// The account.
    pub account: Account,
    /// Who looks after it, if they are in business with us.
    pub partner: Option<AccountId>,
    /// What ends that day, by product; what was cancelled or amended away is not there.
    pub products: Vec<DueProduct>,
}

/// A reminder to write.
pub struct NewReminder<'a> {
    /// Whose licenses end.
    pub account: AccountId,
    /// When.
    pub ends_on: Date,
    /// Which reminder it is.
    pub stage: Stage,
    /// To the owner, and to the partner's.
    pub letters: &'a [Letter],
    /// The log entry's id.
    pub event: EventId,
}

/// Which days the reminders have been written for.
#[derive(Serialize, Deserialize)]
struct RemindedRow {
    /// the last day, in UTC, of which a run came to its end
    d: Date,
}

/// The attribute of a renewal's row that says that the reminder of a stage was written.
const fn attribute(stage: Stage) -> &'static str {
    match stage {
        Stage::Sixty => "r60",
        Stage::Thirty => "r30",
        Stage::Seven => "r7",
    }
}

const fn place(stage: Stage) -> usize {
    match stage {
        Stage::Sixty => 0,
        Stage::Thirty => 1,
        Stage::Seven => 2,
    }
}

impl Store {
    /// The last day, in UTC, on which the reminders were run to their end; none before the first time.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn reminded_until(&self) -> Result<Option<Date>, StoreError> {
        let item = self.get(TableName::Accounts, keys::reminded()).await?;
        Ok(item.map(rows::from_item::<RemindedRow>).transpose()?.map(|row| row.d))
    }

    /// Notes that the reminders of a day were run to their end. A slow run does not set back what a faster one noted.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn note_reminded(&self, day: Date) -> Result<(), StoreError> {
        let note = self
            .client
            .update_item()
            .table_name(self.table(TableName::Accounts))
            .set_key(Some(keys::reminded().to_map()))
            .update_expression("SET d = :d, v = :v")
            .condition_expression("attribute_not_exists(d) OR d < :d")
            .expression_attribute_values(":d", AttributeValue::S(day.to_string()))
            .expression_attribute_values(":v", AttributeValue::N(rows::VERSION.to_string()));
        update::send(note).await.map(drop)
    }

    /// A page of the accounts of which licenses end on a day.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn ending_on(&self, day: Date, from: Option<&Position>) -> Result<Page<EndingAccount>, StoreError> {
        let (items, next) = self.page(Listing::of(keys::renewals_partition(day)), PageSize::LARGEST, from).await?;
        let ending = |item: rows::Item| {
            let account = AccountId::parse(rows::sort_key(&item, "")?)?;
            Ok(EndingAccount { account, reminded: Stage::ALL.map(|stage| item.contains_key(attribute(stage))) })
        };
        Ok(Page { items: items.into_iter().map(ending).collect::<Result<_, StoreError>>()?, next })
    }

    /// What a reminder of an account and a day says; none if the account is not in use.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn ending(&self, account: AccountId, day: Date) -> Result<Option<Ending>, StoreError> {
        let (found, products) = tokio::try_join!(self.find_account(account), self.products_ending(account, day))?;
        let Some(account) = found.filter(in_use) else { return Ok(None) };
        let partner = match account.partnership {
            None => None,
            Some(partnership) => self.find_account(partnership.partner).await?.filter(in_use).map(|partner| partner.id),
        };
        Ok(Some(Ending { account, partner, products }))
    }

    /// What of an account ends on a day, from its summary, which counts what is in force. A trial is no contract that
    /// could be renewed.
    async fn products_ending(&self, account: AccountId, day: Date) -> Result<Vec<DueProduct>, StoreError> {
        let listing = Listing::of(keys::summary_partition(account)).ending_on(day);
        let (mut products, mut from): (Vec<DueProduct>, Option<Position>) = (Vec::new(), None);
        loop {
            let (items, next) = self.page(listing.clone(), PageSize::LARGEST, from.as_ref()).await?;
            for item in items {
                let trial = text(&item, "sk").is_some_and(|key| keys::is_summary_of(&key, LicenseType::Trial));
                let SummaryRow { pn: name, n: licenses, .. } = rows::from_item(item)?;
                match products.iter_mut().find(|product| product.name == name) {
                    _ if trial || licenses == 0 => {}
                    Some(product) => product.licenses += licenses,
                    None => products.push(DueProduct { name, licenses }),
                }
            }
            from = next;
            if from.is_none() {
                return Ok(products);
            }
        }
    }

    /// Writes a reminder: whether it is this call's, not an earlier one's nor one's at the same time. The account must
    /// still be in use.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn remind(&self, new: &NewReminder<'_>, now: Timestamp) -> Result<bool, StoreError> {
        let key = keys::renewal(new.ends_on, new.account);
        let first = When::holds("attribute_exists(pk) AND attribute_not_exists(#stage)")
            .named("#stage", attribute(new.stage))
            .number(":now", now.as_millisecond());
        let told = Event::RenewalReminded { ends_on: new.ends_on, stage: new.stage };
        let reminder = Transaction::new(self)
            .update(TableName::Accounts, &key, "SET #stage = :now", first, ())
            .in_use(new.account, ())
            .write(TableName::Journal, log::by_the_portal(new.event, LogOf::Account(new.account), &told, now));
        let letters = new.letters.iter();
        match letters.fold(reminder, |arms, one| arms.write(TableName::Journal, letters::row(one))).commit().await {
            Ok(()) => Ok(true),
            Err(Conflict::Refused(())) => Ok(false),
            Err(Conflict::Store(error)) => Err(error),
        }
    }
}

fn in_use(account: &Account) -> bool {
    match account.status {
        AccountStatus::Active => true,
        AccountStatus::Suspended { .. } | AccountStatus::Closed => false,
    }
}

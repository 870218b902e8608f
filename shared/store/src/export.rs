//! Everything that is held about a person, for that person (R208). What stands in a company's own log is the company's.

use aws_sdk_dynamodb::types::AttributeValue;
use domain::{
    AccountId, EventId, Membership, Timestamp, UserId,
    actor::Standing,
    license::License,
    log::{Event, LogOf},
    rights::ExportMyData,
    session::Session,
};
use serde::Deserialize;

use crate::{
    AccountChoice, Conflict, Spent, Store, StoreError, TableName, keys, licenses, rows, transaction::Transaction,
};

/// The most entries of the person's own log that are handed out, newest first: years of use, and well within the 6 MB
/// that a function may answer (AWS Lambda quotas).
const ENTRIES: usize = 5_000;

/// Why nothing was handed out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportRefused {
    /// The person changed meanwhile.
    Actor,
    /// The code was used meanwhile.
    Code,
}

/// What is held about a person beside their own row.
#[derive(Default)]
pub struct Held {
    /// Their sessions.
    pub sessions: Vec<Session>,
    /// What they did, newest first.
    pub log: Vec<(Timestamp, Event)>,
    /// The licenses assigned to them, by account: where they may see them.
    pub licenses: Vec<(AccountId, License)>,
}

#[derive(Deserialize)]
struct LogRow {
    /// when, in milliseconds
    t: i64,
    /// what
    #[serde(flatten)]
    event: Event,
}

impl Store {
    /// Notes that a person gets everything held about them; the code is used up.
    ///
    /// # Errors
    /// [`ExportRefused`] says which condition did not hold.
    pub async fn note_export(
        &self,
        right: &ExportMyData,
        spent: &Spent,
        event: EventId,
        now: Timestamp,
    ) -> Result<(), Conflict<ExportRefused>> {
        let user = right.authority().user;
        Transaction::new(self)
            .by(right.authority(), ExportRefused::Actor)
            .spend(user, spent, ExportRefused::Code)
            .noted(event, user, &Event::DataExported, now)
            .commit()
            .await
    }

    /// What is held about a person, in all those accounts. The entry about handing it out is written meanwhile, and is no part
    /// of it.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn held(
        &self,
        right: &ExportMyData,
        accounts: &[AccountChoice],
        has_factor: bool,
        meanwhile: EventId,
    ) -> Result<Held, StoreError> {
        let user = right.authority().user;
        let mut assigned = tokio::task::JoinSet::new();
        for choice in accounts {
            let (store, account, membership) = (self.clone(), choice.id, choice.membership.clone());
            assigned.spawn(async move { (account, store.assigned_to(account, user, membership, has_factor).await) });
        }
        let (sessions, log) = tokio::join!(
            self.partition(TableName::Sessions, keys::user_partition(user), keys::SESSION_PREFIX),
            self.log_of(LogOf::User(user), meanwhile),
        );
        let sessions: Result<_, StoreError> =
            sessions?.into_iter().map(|item| Session::try_from(rows::from_item::<rows::SessionRow>(item)?)).collect();
        let mut held = Held { sessions: sessions?, log: log?, licenses: Vec::new() };
        while let Some(joined) = assigned.join_next().await {
            let (account, found) = joined.map_err(|error| StoreError::Unavailable(Box::new(error)))?;
            held.licenses.extend(found?.into_iter().map(|license| (account, license)));
        }
        held.licenses.sort_by_key(|(account, license)| (*account, license.id));
        Ok(held)
    }

    /// The licenses assigned to somebody, if they are at work there: a company's serial numbers are not handed to whom it
    /// has switched off.
    async fn assigned_to(
        &self,
        account: AccountId,
        user: UserId,
        membership: Membership,
        has_factor: bool,
    ) -> Result<Vec<License>, StoreError> {
        let (found, items) = tokio::join!(
            self.find_account(account),
            self.partition(TableName::Accounts, keys::assigned_partition(account, user), ""),
        );
        let Some(found) = found? else { return Ok(Vec::new()) };
        match Standing::of(&found, has_factor, membership) {
            Standing::Working(_) => licenses::licenses(Some(items?)),
            Standing::Unattached
            | Standing::SecondFactorMissing
            | Standing::Deactivated
            | Standing::Suspended
            | Standing::Closed
            | Standing::GuestEnded
            | Standing::LookingAfter(_)
            | Standing::Staff(_) => Ok(Vec::new()),
        }
    }

    async fn log_of(&self, log: LogOf, but: EventId) -> Result<Vec<(Timestamp, Event)>, StoreError> {
        let query = self
            .client
            .query()
            .table_name(self.table(TableName::Journal))
            .consistent_read(true)
            .scan_index_forward(false)
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", AttributeValue::S(keys::log_partition(log)));
        let (mut entries, mut from, but) = (Vec::new(), None, but.to_string());
        loop {
            let page = query.clone().set_exclusive_start_key(from).send().await.map_err(StoreError::from_sdk)?;
            for item in page.items.unwrap_or_default() {
                if rows::sort_key(&item, "")? == but {
                    continue;
                }
                let row: LogRow = rows::from_item(item)?;
                entries.push((rows::at(row.t)?, row.event));
            }
            from = page.last_evaluated_key;
            if from.is_none() || entries.len() >= ENTRIES {
                return Ok(entries);
            }
        }
    }
}

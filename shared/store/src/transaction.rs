//! One mutation, one conditional transaction: all of its rows or none.

use std::time::Duration;

use aws_sdk_dynamodb::{
    Client,
    error::SdkError,
    operation::transact_write_items::TransactWriteItemsError,
    types::{
        AttributeValue, ConditionCheck, Delete, Put, ReturnValuesOnConditionCheckFailure::AllOld, TransactWriteItem,
        Update,
    },
};
use domain::{Timestamp, UserId};

use crate::{Conflict, Job, Store, StoreError, TableName, Throttle, keys::Key, rows::Item, throttle};

mod customer;
mod guest;
mod joining;
mod license;
mod linking;
mod member;
mod person;
mod when;

pub(crate) use joining::Of;
pub(crate) use license::SerialRow;
pub(crate) use when::When;

/// How often a transaction that met another is tried again.
pub(crate) const TRIES: u32 = 5;

/// A transaction in the making. Each arm that can be refused carries a name `A`, which a refusal gives back.
pub(crate) struct Transaction<'a, A> {
    store: &'a Store,
    arms: Vec<(TransactWriteItem, Option<A>)>,
    /// What follows, where it was committed.
    follows: Vec<Job>,
    broken: Option<StoreError>,
}

impl<'a, A: Clone> Transaction<'a, A> {
    pub fn new(store: &'a Store) -> Self {
        Self { store, arms: Vec::new(), follows: Vec::new(), broken: None }
    }

    fn arm(mut self, arm: Result<TransactWriteItem, StoreError>, name: Option<A>) -> Self {
        match arm {
            Ok(arm) => self.arms.push((arm, name)),
            Err(error) => self.broken = self.broken.or(Some(error)),
        }
        self
    }

    /// Writes a row that must not be there.
    pub fn create(self, table: TableName, item: Result<Item, StoreError>, otherwise: A) -> Self {
        self.put(table, item, Some(When::absent()), Some(otherwise))
    }

    /// Writes a row that must not be there, unless it names that person already.
    pub fn claim(self, table: TableName, item: Result<Item, StoreError>, user: UserId, otherwise: A) -> Self {
        let when = When::holds("attribute_not_exists(pk) OR u = :u").text(":u", user.to_string());
        self.put(table, item, Some(when), Some(otherwise))
    }

    /// Writes a row whose key nobody else can have.
    pub fn write(self, table: TableName, item: Result<Item, StoreError>) -> Self {
        self.put(table, item, None, None)
    }

    pub fn put(self, table: TableName, item: Result<Item, StoreError>, when: Option<When>, name: Option<A>) -> Self {
        let table = self.store.table(table);
        let arm = item.and_then(|item| {
            let put = Put::builder().table_name(table).set_item(Some(item));
            let put = match when {
                None => put,
                Some(when) => {
                    put.condition_expression(when.expression.as_ref()).set_expression_attribute_values(when.values())
                }
            };
            Ok(TransactWriteItem::builder().put(put.build()?).build())
        });
        self.arm(arm, name)
    }

    /// Changes a row where the condition holds; `when` carries the values of both.
    pub fn update(self, table: TableName, key: &Key, change: &'static str, when: When, otherwise: A) -> Self {
        let update = Update::builder()
            .table_name(self.store.table(table))
            .set_key(Some(key.to_map()))
            .update_expression(change)
            .condition_expression(when.expression.as_ref())
            .set_expression_attribute_names(when.names())
            .set_expression_attribute_values(when.values());
        let arm = update.build().map(|update| TransactWriteItem::builder().update(update).build());
        self.arm(arm.map_err(StoreError::from), Some(otherwise))
    }

    /// Changes a row, there or not.
    pub fn adjust(
        self,
        table: TableName,
        key: &Key,
        change: &'static str,
        values: impl IntoIterator<Item = (&'static str, AttributeValue)>,
    ) -> Self {
        let values = values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        let update = Update::builder()
            .table_name(self.store.table(table))
            .set_key(Some(key.to_map()))
            .update_expression(change)
            .set_expression_attribute_values(Some(values));
        let arm = update.build().map(|update| TransactWriteItem::builder().update(update).build());
        self.arm(arm.map_err(StoreError::from), None)
    }

    /// Deletes a row where the condition holds.
    pub fn delete(self, table: TableName, key: &Key, when: When, otherwise: A) -> Self {
        let delete = Delete::builder()
            .table_name(self.store.table(table))
            .set_key(Some(key.to_map()))
            .condition_expression(when.expression.as_ref())
            .set_expression_attribute_values(when.values());
        let arm = delete.build().map(|delete| TransactWriteItem::builder().delete(delete).build());
        self.arm(arm.map_err(StoreError::from), Some(otherwise))
    }

    /// Deletes a row, there or not.
    pub fn remove(self, table: TableName, key: &Key) -> Self {
        let delete = Delete::builder().table_name(self.store.table(table)).set_key(Some(key.to_map()));
        let arm = delete.build().map(|delete| TransactWriteItem::builder().delete(delete).build());
        self.arm(arm.map_err(StoreError::from), None)
    }

    /// Asks for a condition on a row that stays as it is.
    pub fn check(self, table: TableName, key: &Key, when: When, otherwise: A) -> Self {
        let check = ConditionCheck::builder()
            .table_name(self.store.table(table))
            .set_key(Some(key.to_map()))
            .condition_expression(when.expression.as_ref())
            .set_expression_attribute_values(when.values());
        let arm = check.build().map(|check| TransactWriteItem::builder().condition_check(check).build());
        self.arm(arm.map_err(StoreError::from), Some(otherwise))
    }

    /// Costs what writing a small row costs, and changes nothing: where what is written must not tell what is there.
    pub fn idle(self, key: &Key, otherwise: A) -> Self {
        let always = When::holds("attribute_exists(pk) OR attribute_not_exists(pk)");
        self.check(TableName::Accounts, key, always, otherwise)
    }

    /// Counts a try, and refuses the rest where there were too many.
    pub fn count(self, throttle: &Throttle, now: Timestamp, otherwise: A) -> Self {
        let (key, over) = throttle.row(now);
        let update = Update::builder()
            .table_name(self.store.table(TableName::Sessions))
            .set_key(Some(key.to_map()))
            .update_expression(throttle::COUNT)
            .condition_expression(throttle::ALLOWED)
            .set_expression_attribute_names(Some(throttle::names()))
            .set_expression_attribute_values(Some(throttle.values(over)));
        let arm = update.build().map(|update| TransactWriteItem::builder().update(update).build());
        self.arm(arm.map_err(StoreError::from), Some(otherwise))
    }

    /// Leaves a job to be done once this was committed and answered.
    pub fn followed_by(mut self, job: Job) -> Self {
        self.follows.push(job);
        self.file_job(job)
    }

    /// How many arms it has so far.
    pub fn arms(&self) -> usize {
        self.arms.len()
    }

    /// Writes it all, or nothing. One that met another transaction wrote nothing and is tried again. A reply lost on the
    /// way does not write twice: the SDK sends the same token again. What follows is [left](Store::do_what_follows).
    pub async fn commit(self) -> Result<(), Conflict<A>> {
        let store = self.store;
        store.following.leave(self.write_all().await.map_err(|(conflict, _)| conflict)?);
        Ok(())
    }

    /// The same; what is refused comes with the row for which the condition did not hold, as it is, if it is there.
    pub async fn commit_or_see(mut self) -> Result<(), (Conflict<A>, Option<Item>)> {
        let store = self.store;
        self.arms.iter_mut().for_each(|(arm, _)| tell(arm));
        store.following.leave(self.write_all().await?);
        Ok(())
    }

    /// The same where nobody waits for an answer: what follows is done at once.
    pub async fn commit_with_what_follows(self) -> Result<(), Conflict<A>> {
        let store = self.store;
        for job in self.write_all().await.map_err(|(conflict, _)| conflict)? {
            // Behind a pointer: what follows a transaction makes transactions itself.
            Box::pin(store.run_job_or_leave_it(job)).await;
        }
        Ok(())
    }

    async fn write_all(self) -> Result<Vec<Job>, (Conflict<A>, Option<Item>)> {
        let broken = |error| Err((Conflict::Store(error), None));
        if let Some(error) = self.broken {
            return broken(error);
        }
        let (items, names): (Vec<_>, Vec<_>) = self.arms.into_iter().unzip();
        for tried in 1..=TRIES {
            match send(&self.store.client, &items).await {
                Ok(()) => return Ok(self.follows),
                Err(Failure::Condition(arm, row)) => match names.get(arm).cloned().flatten() {
                    Some(name) => return Err((Conflict::Refused(name), row)),
                    None => return broken(StoreError::row("an arm without a condition was refused")),
                },
                Err(Failure::Met) if tried < TRIES => pause(tried).await,
                Err(Failure::Met) => return broken(StoreError::Conflict),
                Err(Failure::Other(error)) => return broken(error),
            }
        }
        broken(StoreError::Conflict)
    }
}

/// Has an arm's row come with its refusal, which costs nothing and saves reading it.
fn tell(arm: &mut TransactWriteItem) {
    if let Some(check) = &mut arm.condition_check {
        check.return_values_on_condition_check_failure = Some(AllOld);
    }
    if let Some(put) = &mut arm.put {
        put.return_values_on_condition_check_failure = Some(AllOld);
    }
    if let Some(delete) = &mut arm.delete {
        delete.return_values_on_condition_check_failure = Some(AllOld);
    }
    if let Some(update) = &mut arm.update {
        update.return_values_on_condition_check_failure = Some(AllOld);
    }
}

enum Failure {
    /// The condition of that arm did not hold for the row, if there is one.
    Condition(usize, Option<Item>),
    /// Another transaction was at the same rows, or they were throttled.
    Met,
    Other(StoreError),
}

async fn send(client: &Client, items: &[TransactWriteItem]) -> Result<(), Failure> {
    let error = match client.transact_write_items().set_transact_items(Some(items.to_vec())).send().await {
        Ok(_) => return Ok(()),
        Err(error) => error,
    };
    let reasons = match &error {
        SdkError::ServiceError(service) => match service.err() {
            TransactWriteItemsError::TransactionCanceledException(canceled) => canceled.cancellation_reasons(),
            // Among them TransactionInProgress: the SDK has asked again with the same token, and anew with another token
            // could judge the conditions on what the first has written.
            _ => return Err(Failure::Other(StoreError::from_sdk(error))),
        },
        _ => return Err(Failure::Other(StoreError::from_sdk(error))),
    };
    let codes: Vec<&str> = reasons.iter().map(|reason| reason.code().unwrap_or_default()).collect();
    // A condition is final: it was judged on the rows as they are.
    if let Some(arm) = codes.iter().position(|code| *code == "ConditionalCheckFailed") {
        return Err(Failure::Condition(arm, reasons[arm].item().cloned()));
    }
    if codes
        .iter()
        .any(|code| matches!(*code, "TransactionConflict" | "ThrottlingError" | "ProvisionedThroughputExceeded"))
    {
        return Err(Failure::Met);
    }
    Err(Failure::Other(StoreError::from_sdk(error)))
}

/// 25 ms, doubled each time, with up to the same again by chance, so that those who met do not meet again.
pub(crate) async fn pause(tried: u32) {
    let base = 25_u64 << tried.min(6);
    let chance = std::collections::hash_map::RandomState::new();
    let jitter = std::hash::BuildHasher::hash_one(&chance, tried) % base;
    tokio::time::sleep(Duration::from_millis(base / 2 + jitter)).await;
}

//! A change of one row that waits for no other.

use aws_sdk_dynamodb::operation::update_item::builders::UpdateItemFluentBuilder;

use crate::{StoreError, transaction};

/// Sends a conditional update: whether its condition held. A row that is just then part of a transaction is tried again,
/// like a transaction that meets another.
pub(crate) async fn send(update: UpdateItemFluentBuilder) -> Result<bool, StoreError> {
    for tried in 1..=transaction::TRIES {
        let Err(error) = update.clone().send().await else { return Ok(true) };
        match error.as_service_error() {
            Some(refusal) if refusal.is_conditional_check_failed_exception() => return Ok(false),
            Some(met) if met.is_transaction_conflict_exception() => transaction::pause(tried).await,
            Some(_) | None => return Err(StoreError::from_sdk(error)),
        }
    }
    Err(StoreError::Conflict)
}

//! What becomes of an invitation's mail and link, noted on the invitation. Each is a condition on the letter, so that
//! what is told of an older mail changes nothing.

use aws_sdk_dynamodb::types::AttributeValue;
use domain::{AccountId, InvitationId, LetterId, Timestamp, invitation::InvitationState};

use crate::{Store, StoreError, TableName, keys, update};

/// What became of a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LetterFate {
    /// The mail service took it.
    Taken,
    /// It reached nobody: given up, or returned.
    Returned,
}

impl Store {
    /// Whether a letter is the one that carries an invitation's link, and the invitation waits for an answer.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn invitation_stands(
        &self,
        (account, id): (AccountId, InvitationId),
        letter: LetterId,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let found = self.find_invitation(account, id).await?;
        Ok(found.is_some_and(|invitation| invitation.letter == letter && invitation.waits(now).is_ok()))
    }

    /// Notes what became of an invitation's mail, unless there is a newer one or somebody has opened the link.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn note_invitation_mail(
        &self,
        (account, id): (AccountId, InvitationId),
        letter: LetterId,
        fate: LetterFate,
    ) -> Result<(), StoreError> {
        let (when, state) = match fate {
            LetterFate::Taken => ("le = :le AND st = :queued", InvitationState::Delivered),
            LetterFate::Returned => ("le = :le AND (st = :queued OR st = :delivered)", InvitationState::Bounced),
        };
        let update = self
            .client
            .update_item()
            .table_name(self.table(TableName::Accounts))
            .set_key(Some(keys::team_invitation(account, id).to_map()))
            .update_expression("SET st = :st")
            .condition_expression(when)
            .expression_attribute_values(":le", AttributeValue::S(letter.to_string()))
            .expression_attribute_values(":queued", word(InvitationState::Queued))
            .expression_attribute_values(":st", word(state));
        let update = match fate {
            LetterFate::Taken => update,
            LetterFate::Returned => update.expression_attribute_values(":delivered", word(InvitationState::Delivered)),
        };
        update::send(update).await.map(drop)
    }

    /// Notes that somebody opened an invitation's link: by that they have the mail, whatever was said of it.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn note_invitation_opened(
        &self,
        (account, id): (AccountId, InvitationId),
        token_hash: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let update = self
            .client
            .update_item()
            .table_name(self.table(TableName::Accounts))
            .set_key(Some(keys::team_invitation(account, id).to_map()))
            .update_expression("SET st = :opened, oa = :now")
            .condition_expression("t = :t AND (st = :queued OR st = :delivered OR st = :bounced OR st = :handed_over)")
            .expression_attribute_values(":t", AttributeValue::S(token_hash.to_owned()))
            .expression_attribute_values(":now", AttributeValue::N(now.as_millisecond().to_string()))
            .expression_attribute_values(":opened", word(InvitationState::Opened))
            .expression_attribute_values(":queued", word(InvitationState::Queued))
            .expression_attribute_values(":delivered", word(InvitationState::Delivered))
            .expression_attribute_values(":bounced", word(InvitationState::Bounced))
            .expression_attribute_values(":handed_over", word(InvitationState::HandedOver));
        update::send(update).await.map(drop)
    }
}

fn word(state: InvitationState) -> AttributeValue {
    AttributeValue::S(state.name().to_owned())
}

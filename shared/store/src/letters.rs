//! The outbox: letters as rows of the journal, each with a state, each sent once.

use aws_sdk_dynamodb::types::AttributeValue;
use domain::{
    Account, EmailAddress, Language, LetterId, Timestamp, User, UserId, UserStatus,
    letter::{Letter, LetterState, Message, Recipient},
};
use serde::{Deserialize, Serialize};

use crate::{Store, StoreError, TableName, keys, rows, schema, update};

/// How long whoever took a letter has to send it before it is due again, in milliseconds: longer than a sender lives
/// after its last call to the mail service.
const LEASE: i64 = 60_000;

#[derive(Serialize, Deserialize)]
struct LetterRow {
    /// what it says
    m: Message,
    /// to whom
    r: Recipient,
    /// written, in milliseconds
    w: i64,
    /// what its link needs
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ls: Option<String>,
    /// where it waits; gone when it waits no more
    #[serde(default, skip_serializing_if = "Option::is_none")]
    q: Option<String>,
    /// when it is due, in milliseconds
    due: i64,
    /// how often it was tried
    n: u32,
    /// where it stands
    st: LetterState,
}

/// A letter that waits, as found.
#[derive(Debug, Clone)]
pub struct DueLetter {
    /// The letter.
    pub letter: Letter,
    /// How often it was tried, this time included.
    pub tries: u32,
}

/// A recipient as they are reached now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reached {
    /// Where mail goes.
    pub email: EmailAddress,
    /// How they are greeted.
    pub name: String,
    /// The language they read.
    pub language: Language,
    /// Where they stand with the portal, if they have a login.
    pub status: Option<UserStatus>,
    /// Whether the address is known to be theirs: one that a team wrote down may be a stranger's, who is told nothing of a
    /// login, and sent nothing that opens it.
    pub proven: bool,
}

/// What became of a try.
#[derive(Debug, Clone)]
pub enum Outcome {
    /// The mail service took it, under that id.
    Sent(String),
    /// To be tried again then.
    Later(Timestamp, String),
    /// Given up, for that reason.
    Dead(String),
    /// It went to nobody, as it was meant to.
    Unsent,
}

/// The row of a letter as written.
pub(crate) fn row(letter: &Letter) -> Result<rows::Item, StoreError> {
    let row = LetterRow {
        m: letter.message.clone(),
        r: letter.recipient.clone(),
        w: letter.written_at.as_millisecond(),
        ls: letter.link_subject.clone(),
        q: Some(keys::DUE_QUEUE.to_owned()),
        due: letter.written_at.as_millisecond(),
        n: 0,
        st: LetterState::Queued,
    };
    rows::to_item(&keys::letter(letter.id), &row)
}

impl Store {
    /// The letters that are due, the longest waiting first.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn due_letters(&self, now: Timestamp, most: i32) -> Result<Vec<LetterId>, StoreError> {
        let query = self
            .client
            .query()
            .table_name(self.table(TableName::Journal))
            .index_name(schema::DUE)
            .limit(most)
            .key_condition_expression("q = :q AND due <= :now")
            .expression_attribute_values(":q", AttributeValue::S(keys::DUE_QUEUE.to_owned()))
            .expression_attribute_values(":now", AttributeValue::N(now.as_millisecond().to_string()));
        let items = query.send().await.map_err(StoreError::from_sdk)?.items.unwrap_or_default();
        Ok(items.iter().filter_map(|item| item.get("pk")?.as_s().ok()).filter_map(|pk| keys::letter_of(pk)).collect())
    }

    /// The letter that a key of the journal's stream names, if it names one.
    #[must_use]
    pub fn letter_of_key(pk: &str) -> Option<LetterId> {
        keys::letter_of(pk)
    }

    /// Takes a letter for sending: `None` if it is sent, given up, not due, or somebody else has it. Whoever takes it
    /// has a minute; then it is due again. It is taken before it is read, so that one this version cannot read moves to
    /// the end of the queue like any other.
    ///
    /// # Errors
    /// If the database does not answer, or the row cannot be read.
    pub async fn take_letter(&self, id: LetterId, now: Timestamp) -> Result<Option<DueLetter>, StoreError> {
        let update = self
            .client
            .update_item()
            .table_name(self.table(TableName::Journal))
            .set_key(Some(keys::letter(id).to_map()))
            .update_expression("SET due = :lease ADD n :one")
            .condition_expression("due <= :now AND attribute_exists(q)")
            .expression_attribute_values(":lease", number(now.as_millisecond() + LEASE))
            .expression_attribute_values(":now", number(now.as_millisecond()))
            .expression_attribute_values(":one", number(1));
        if !update::send(update).await? {
            return Ok(None);
        }
        let Some(item) = self.get(TableName::Journal, keys::letter(id)).await? else { return Ok(None) };
        let (letter, tries) = read(id, item)?;
        Ok(Some(DueLetter { letter, tries }))
    }

    /// Notes what became of a try.
    ///
    /// # Errors
    /// If the database does not answer; the letter is then due again after its lease.
    pub async fn settle_letter(&self, id: LetterId, outcome: &Outcome, now: Timestamp) -> Result<(), StoreError> {
        let (change, state, why, at) = match outcome {
            Outcome::Sent(mail) => {
                ("SET st = :st, sat = :at, sid = :why REMOVE q", LetterState::Sent, mail.as_str(), now)
            }
            Outcome::Dead(why) => {
                ("SET st = :st, sat = :at, why = :why REMOVE q", LetterState::Dead, why.as_str(), now)
            }
            Outcome::Unsent => ("SET st = :st, sat = :at, why = :why REMOVE q", LetterState::Unsent, "nobody", now),
            Outcome::Later(due, why) => {
                ("SET st = :st, due = :at, why = :why", LetterState::Queued, why.as_str(), *due)
            }
        };
        let update = self
            .client
            .update_item()
            .table_name(self.table(TableName::Journal))
            .set_key(Some(keys::letter(id).to_map()))
            .update_expression(change)
            .condition_expression("attribute_exists(q)")
            .expression_attribute_values(":st", serde_dynamo::aws_sdk_dynamodb_1::to_attribute_value(state)?)
            .expression_attribute_values(":why", AttributeValue::S(why.chars().take(500).collect()))
            .expression_attribute_values(":at", number(at.as_millisecond()));
        update::send(update).await.map(drop)
    }

    /// Notes that the mail service could not deliver a letter it took, and what the letter was. It may say so before it is
    /// noted that it took it. `None` for a letter that is none of ours.
    ///
    /// # Errors
    /// If the database does not answer, or the row cannot be read.
    pub async fn letter_bounced(&self, id: LetterId, why: &str, now: Timestamp) -> Result<Option<Letter>, StoreError> {
        let update = self
            .client
            .update_item()
            .table_name(self.table(TableName::Journal))
            .set_key(Some(keys::letter(id).to_map()))
            .update_expression("SET st = :st, sat = :at, why = :why REMOVE q")
            .condition_expression("attribute_exists(pk)")
            .expression_attribute_values(
                ":st",
                serde_dynamo::aws_sdk_dynamodb_1::to_attribute_value(LetterState::Bounced)?,
            )
            .expression_attribute_values(":why", AttributeValue::S(why.chars().take(500).collect()))
            .expression_attribute_values(":at", number(now.as_millisecond()));
        if !update::send(update).await? {
            return Ok(None);
        }
        let found = self.get(TableName::Journal, keys::letter(id)).await?;
        found.map(|item| read(id, item).map(|(letter, _)| letter)).transpose()
    }

    /// Where a recipient is reached now. `None`: nowhere any more, or never was.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn address(&self, recipient: &Recipient) -> Result<Option<Reached>, StoreError> {
        match recipient {
            Recipient::Address { email, name, language } => Ok(Some(Reached {
                email: email.clone(),
                name: name.to_string(),
                language: *language,
                status: None,
                proven: true,
            })),
            Recipient::User(user) => self.address_of(*user).await,
            Recipient::OwnerOf(account) => {
                let Some(item) = self.get(TableName::Accounts, keys::account(*account)).await? else { return Ok(None) };
                let account = Account::try_from(rows::from_item::<rows::AccountRow>(item)?)?;
                self.address_of(account.owner).await
            }
            Recipient::Nobody => Ok(None),
        }
    }

    async fn address_of(&self, user: UserId) -> Result<Option<Reached>, StoreError> {
        let Some(item) = self.get(TableName::Accounts, keys::user(user)).await? else { return Ok(None) };
        let user = User::from(rows::from_item::<rows::UserRow>(item)?);
        let name = user.first_name.to_string();
        let (language, status, proven) = (user.language, Some(user.status), user.email_proven);
        Ok(Some(Reached { email: user.email, name, language, status, proven }))
    }
}

/// A letter as found, and how often it was tried.
fn read(id: LetterId, item: rows::Item) -> Result<(Letter, u32), StoreError> {
    let row: LetterRow = rows::from_item(item)?;
    let letter = Letter { id, recipient: row.r, message: row.m, written_at: rows::at(row.w)?, link_subject: row.ls };
    Ok((letter, row.n))
}

fn number(value: i64) -> AttributeValue {
    AttributeValue::N(value.to_string())
}

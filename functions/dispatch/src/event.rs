//! What Lambda calls us with: new rows of the journal, what the mail service tells of a mail it took, or the schedule's
//! sweep.

use std::collections::BTreeMap;

use domain::LetterId;
use serde::{Deserialize, Serialize};
use store::Store;
use web::ApiError;

use crate::{Delivered, Dispatch};

#[derive(Deserialize)]
struct Event {
    /// The stream's, or the topic's; the schedule's event has none.
    #[serde(default, rename = "Records")]
    records: Option<Vec<Record>>,
}

#[derive(Deserialize)]
struct Record {
    #[serde(rename = "eventName", default)]
    name: String,
    #[serde(default)]
    dynamodb: Option<Change>,
    #[serde(default, rename = "Sns")]
    told: Option<Told>,
}

/// A message of the topic to which the mail service tells.
#[derive(Deserialize)]
struct Told {
    #[serde(default, rename = "Message")]
    message: String,
}

/// What the mail service tells of a mail (SES developer guide, "event data that Amazon SES publishes to Amazon SNS").
#[derive(Deserialize)]
struct MailEvent {
    #[serde(default, rename = "eventType")]
    kind: String,
    #[serde(default)]
    mail: MailTold,
    #[serde(default)]
    bounce: Option<Bounce>,
}

#[derive(Default, Deserialize)]
struct MailTold {
    /// The tags it was sent with, each with its values.
    #[serde(default)]
    tags: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
struct Bounce {
    #[serde(default, rename = "bounceType")]
    kind: String,
    #[serde(default, rename = "bounceSubType")]
    detail: String,
}

#[derive(Deserialize)]
struct Change {
    #[serde(rename = "Keys", default)]
    keys: Option<Keys>,
}

#[derive(Deserialize)]
struct Keys {
    pk: Option<Text>,
}

#[derive(Deserialize)]
struct Text {
    #[serde(rename = "S", default)]
    text: Option<String>,
}

/// What was done with an event.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub struct Handled {
    /// Letters the mail service took.
    pub sent: usize,
    /// Letters to be tried again, or given up.
    pub not_sent: usize,
    /// Letters that were due besides.
    pub swept: usize,
    /// Letters of which the mail service says that they reached nobody.
    pub bounced: usize,
}

/// Delivers the letters among new rows; for anything that is no stream's event, whatever is due. Rows that are no
/// letters, and events of other forms, are passed over: the stream must never stop at one.
///
/// # Errors
/// If the database does not answer: Lambda then hands the same event in again.
pub async fn handle(dispatch: &Dispatch, event: serde_json::Value) -> Result<Handled, ApiError> {
    let mut handled = Handled::default();
    let records = serde_json::from_value::<Event>(event).ok().and_then(|event| event.records);
    let Some(records) = records else {
        handled.swept = dispatch.sweep().await?;
        return Ok(handled);
    };
    for (letter, why) in records.iter().filter_map(|record| bounced(record.told.as_ref()?)) {
        dispatch.bounced(letter, &why).await?;
        handled.bounced += 1;
    }
    for record in records.into_iter().filter(|record| record.name == "INSERT") {
        let pk = record.dynamodb.and_then(|change| change.keys).and_then(|keys| keys.pk).and_then(|pk| pk.text);
        let Some(letter) = pk.as_deref().and_then(Store::letter_of_key) else { continue };
        match dispatch.deliver_or_note(letter).await? {
            Delivered::Sent => handled.sent += 1,
            Delivered::Later | Delivered::Dead => handled.not_sent += 1,
            Delivered::Unsent | Delivered::NotOurs => {}
        }
    }
    Ok(handled)
}

/// The letter that reached nobody, and why. Only what is final counts: a full mailbox or a note of absence is no answer to
/// whether somebody is there.
fn bounced(told: &Told) -> Option<(LetterId, String)> {
    let event: MailEvent = serde_json::from_str(&told.message).ok()?;
    let bounce = event.bounce.filter(|bounce| event.kind == "Bounce" && bounce.kind == "Permanent")?;
    let letter = event.mail.tags.get(mail::LETTER_TAG)?.first()?;
    Some((LetterId::parse(letter).ok()?, format!("bounced: {}", bounce.detail)))
}

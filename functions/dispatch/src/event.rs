//! What Lambda calls us with: new rows of the journal, or the schedule's sweep.

use serde::{Deserialize, Serialize};
use store::Store;
use web::ApiError;

use crate::{Delivered, Dispatch};

#[derive(Deserialize)]
struct Event {
    /// The stream's; the schedule's event has none.
    #[serde(default, rename = "Records")]
    records: Option<Vec<Record>>,
}

#[derive(Deserialize)]
struct Record {
    #[serde(rename = "eventName", default)]
    name: String,
    #[serde(default)]
    dynamodb: Option<Change>,
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

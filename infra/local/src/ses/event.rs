//! What SES tells of a mail after it took it, in the form in which its topic hands it to a function.

use serde_json::{Value, json};

use super::mailroom::{Fate, Received};

/// The event about a mail that did not simply arrive (developer guide, "event data that Amazon SES publishes to Amazon
/// SNS", as Lambda gets it from SNS).
pub(super) fn about(mail: &Received) -> Option<Value> {
    let recipients: Vec<_> = mail.to.iter().map(|to| json!({ "emailAddress": to })).collect();
    let bounce = |sub_type: &str| json!({ "bounceType": "Permanent", "bounceSubType": sub_type, "bouncedRecipients": recipients });
    let (kind, name, details) = match mail.fate {
        Fate::Delivered => return None,
        Fate::Bounced => ("Bounce", "bounce", bounce("General")),
        Fate::Suppressed => ("Bounce", "bounce", bounce("OnAccountSuppressionList")),
        Fate::Complained => ("Complaint", "complaint", json!({ "complainedRecipients": recipients })),
    };
    let tags: serde_json::Map<_, _> = mail.tags.iter().map(|tag| (tag.name.clone(), json!([tag.value]))).collect();
    let event = json!({
        "eventType": kind,
        name: details,
        "mail": { "destination": mail.to, "tags": tags },
    });
    let notification = json!({ "Type": "Notification", "Message": event.to_string() });
    Some(json!({ "Records": [{ "EventSource": "aws:sns", "EventVersion": "1.0", "Sns": notification }] }))
}

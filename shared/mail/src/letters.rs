//! What each letter fills into its texts.

use domain::letter::Message;

use crate::plain;

/// How long a name in the running text may get.
const NAME: usize = 160;

/// The values that a letter's own texts name, already harmless.
pub(crate) fn values(message: &Message) -> Vec<(&'static str, String)> {
    let hours = message.purpose().map(|purpose| purpose.lifetime().as_hours().to_string());
    match message {
        Message::ConfirmAddress => vec![("hours", hours.unwrap_or_default())],
        Message::AlreadyRegistered => vec![],
        Message::ClaimVerified { account_name, customer_number } => vec![
            ("account", plain::name(account_name.as_str(), NAME)),
            ("number", plain::line(&customer_number.to_string(), NAME)),
        ],
        Message::MemberJoined { account_name, person_name, person_email } => vec![
            ("account", plain::name(account_name.as_str(), NAME)),
            ("person", plain::name(person_name, NAME)),
            ("email", person_email.to_string()),
        ],
    }
}

/// How a letter begins.
pub(crate) enum Opening {
    /// With the person's name, which they have proven to be theirs.
    Greeting,
    /// With the matter. Whoever typed an address chose the name that came with it: a greeting would let a stranger
    /// write the first line of a mail to anybody.
    NoName,
}

/// How this letter begins.
pub(crate) fn opening(message: &Message) -> Opening {
    match message {
        Message::ConfirmAddress | Message::AlreadyRegistered => Opening::NoName,
        Message::ClaimVerified { .. } | Message::MemberJoined { .. } => Opening::Greeting,
    }
}

//! What each letter fills into its texts, which of them it takes, and how it begins.

use domain::Language;
use domain::letter::{LinkPurpose, Message};

use crate::parts::{self, ListedChange};
use crate::plain;
use crate::texts::{NoText, need};

/// How long a name in the running text may get.
const NAME: usize = 160;

/// A name in a text, and what stands there.
type Value = (&'static str, String);

/// The values that a letter's own texts name, in its reader's language, already harmless.
pub(crate) fn values(message: &Message, language: Language) -> Result<Vec<Value>, NoText> {
    let mut values = message.purpose().map(life).unwrap_or_default();
    match message {
        Message::ConfirmAddress
        | Message::AlreadyRegistered
        | Message::ResetPassword
        | Message::FirstPassword
        | Message::PasswordChanged { .. }
        | Message::ProfileChanged { .. }
        | Message::ConfirmEmail
        | Message::EmailInUse
        | Message::EmailConfirmed
        | Message::SecondFactorOn
        | Message::SecondFactorOff
        | Message::RecoveryCodesMade
        | Message::ChangeTakenBack { .. } => {}
        Message::ClaimVerified { account_name, customer_number } => values.extend([
            ("account", plain::name(account_name.as_str(), NAME)),
            ("number", plain::line(&customer_number.to_string(), NAME)),
        ]),
        Message::MemberJoined { account_name, person_name, person_email } => values.extend([
            ("account", plain::name(account_name.as_str(), NAME)),
            ("person", plain::name(person_name, NAME)),
            ("email", person_email.to_string()),
        ]),
        // Perhaps a stranger's: nothing to click.
        Message::EmailChangeAsked { new } | Message::EmailChanged { new } => {
            values.push(("new", plain::name(new.as_str(), NAME)));
        }
        Message::NewSignIn { browser, system } => {
            values.push(("device", parts::device(language, *browser, *system)?));
        }
        Message::LoginClosing { until } => values.push(("until", parts::date(language, *until)?)),
        Message::ChangeRequested { kind } => {
            values.push(("request", need(language, &format!("request.{}", kind.name()), &[])?));
        }
    }
    Ok(values)
}

/// How long a link of that purpose is good; a text takes the unit in which that is a small whole number.
fn life(purpose: LinkPurpose) -> Vec<Value> {
    let life = purpose.lifetime();
    vec![
        ("minutes", life.as_mins().to_string()),
        ("hours", life.as_hours().to_string()),
        ("days", (life.as_hours() / 24).to_string()),
    ]
}

/// What a letter lists under its body, in its reader's language, already harmless.
pub(crate) fn changes(message: &Message, language: Language) -> Result<Vec<ListedChange>, NoText> {
    let Message::ProfileChanged { changes } = message else { return Ok(vec![]) };
    changes.iter().map(|change| parts::change(language, change, NAME)).collect()
}

/// Under which keys a part of that letter stands, the first that there is: what is special to this one, what all of its
/// name say, and what all notices say that can be taken back.
pub(crate) fn keys(message: &Message, part: &str) -> Vec<String> {
    let name = message.name();
    let mut keys: Vec<_> = variants(message).iter().map(|variant| format!("{name}.{part}.{variant}")).collect();
    keys.push(format!("{name}.{part}"));
    if message.purpose() == Some(LinkPurpose::TakeBack) {
        keys.push(format!("take_back.{part}"));
    }
    keys
}

/// What tells letters of one name apart.
fn variants(message: &Message) -> Vec<&'static str> {
    if let Message::PasswordChanged { how } = message {
        vec![how.name()]
    } else if let Message::ChangeTakenBack { what, password_removed } = message {
        vec![what.name(), if *password_removed { "password_removed" } else { "password_kept" }]
    } else {
        vec![]
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
        Message::ConfirmAddress | Message::AlreadyRegistered | Message::ConfirmEmail | Message::EmailInUse => {
            Opening::NoName
        }
        Message::ClaimVerified { .. }
        | Message::MemberJoined { .. }
        | Message::ResetPassword
        | Message::FirstPassword
        | Message::PasswordChanged { .. }
        | Message::ProfileChanged { .. }
        | Message::EmailChangeAsked { .. }
        | Message::EmailChanged { .. }
        | Message::EmailConfirmed
        | Message::SecondFactorOn
        | Message::SecondFactorOff
        | Message::RecoveryCodesMade
        | Message::NewSignIn { .. }
        | Message::LoginClosing { .. }
        | Message::ChangeRequested { .. }
        | Message::ChangeTakenBack { .. } => Opening::Greeting,
    }
}

//! What each letter fills into its texts, which of them it takes, and how it begins.

use domain::Language;
use domain::letter::{Envelope, LinkPurpose, Message, PartnerLetter, TeamLetter};

use crate::customer;
use crate::guest;
use crate::partner;
use crate::parts::{self, ListedChange};
use crate::plain;
use crate::team;
use crate::texts::{NoText, need};

/// How long a name in the running text may get.
pub(crate) const NAME: usize = 160;
/// How long a reason may get: as long as one can be.
pub(crate) const REASON: usize = 501;

/// A name in a text, and what stands there.
pub(crate) type Value = (&'static str, String);

/// The values that a letter's own texts name, in its reader's language, already harmless.
pub(crate) fn values(message: &Message, language: Language) -> Result<Vec<Value>, NoText> {
    let mut values = message.purpose().map(life).unwrap_or_default();
    match message {
        Message::Team(TeamLetter::Guest(letter)) => values.extend(guest::values(letter, language)?),
        Message::Team(letter) => values.extend(team::values(letter, language)?),
        Message::Customer(letter) => values.extend(customer::values(letter)),
        Message::Partner(letter) => values.extend(partner::values(letter)),
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
        Message::ClaimVerified { account_name, customer_number }
        | Message::Invited { account_name, customer_number }
        | Message::OwnerMade { account_name, customer_number } => values.extend([
            ("account", plain::name(account_name.as_str(), NAME)),
            ("number", plain::line(&customer_number.to_string(), NAME)),
        ]),
        Message::ClaimReceived { reference } | Message::ClaimRefused { reference } => {
            values.push(("reference", plain::line(&reference.to_string(), NAME)));
        }
        Message::LicenseAssigned { account_name, product } => values.extend([
            ("account", plain::name(account_name.as_str(), NAME)),
            ("product", plain::name(product.as_str(), NAME)),
        ]),
        Message::MemberJoined { account_name, person_name, person_email }
        | Message::MemberVerified { account_name, person_name, person_email }
        | Message::ClaimWaiting { account_name, person_name, person_email } => values.extend([
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
        Message::ChangeRequested { kind } | Message::ChangeApproved { kind } => {
            values.push(("request", need(language, &format!("request.{}", kind.name()), &[])?));
        }
        Message::ChangeRefused { kind, reason } => values.extend([
            ("request", need(language, &format!("request.{}", kind.name()), &[])?),
            ("reason", plain::name(reason.as_str(), REASON)),
        ]),
        Message::OwnerChanged { account_name, customer_number, person_name } => values.extend([
            ("account", plain::name(account_name.as_str(), NAME)),
            ("number", plain::line(&customer_number.to_string(), NAME)),
            ("person", plain::name(person_name, NAME)),
        ]),
        Message::RenewalDue { account_name, ends_on, days, .. } => values.extend([
            ("account", plain::name(account_name.as_str(), NAME)),
            ("end", parts::date(language, *ends_on)?),
            ("when", parts::days(language, *days)?),
        ]),
        Message::RenewalAsked { account_name, product, serial, ends_on } => values.extend([
            ("account", plain::name(account_name.as_str(), NAME)),
            ("product", plain::name(product.as_str(), NAME)),
            ("serial", plain::line(&serial.to_string(), NAME)),
            ("end", parts::date(language, *ends_on)?),
        ]),
        Message::TrialStarted { account_name, person_name, product, ends_on } => values.extend([
            ("account", plain::name(account_name.as_str(), NAME)),
            ("person", plain::name(person_name, NAME)),
            ("product", plain::name(product.as_str(), NAME)),
            ("end", parts::date(language, *ends_on)?),
        ]),
        Message::SerialReplaced { account_name, person_name, product, old } => values.extend([
            ("account", plain::name(account_name.as_str(), NAME)),
            ("person", plain::name(person_name, NAME)),
            ("product", plain::name(product.as_str(), NAME)),
            ("old", plain::line(&old.to_string(), NAME)),
        ]),
        Message::OrderRecorded { account_name, order, .. }
        | Message::FirstOrder { account_name, order, .. }
        | Message::OrderCancelled { account_name, order, .. } => values.extend([
            ("account", plain::name(account_name.as_str(), NAME)),
            ("order", plain::name(order.as_str(), NAME)),
        ]),
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
pub(crate) fn changes(envelope: &Envelope) -> Result<Vec<ListedChange>, NoText> {
    let (message, language) = (&envelope.letter.message, envelope.language);
    if let Message::ProfileChanged { changes } = message {
        changes.iter().map(|change| parts::change(language, change, NAME)).collect()
    } else if let Message::RenewalDue { products, more, .. } = message {
        parts::due(language, products, *more, NAME)
    } else if let Message::OrderRecorded { products, .. }
    | Message::FirstOrder { products, .. }
    | Message::OrderCancelled { products, .. } = message
    {
        parts::ordered(language, envelope.code.as_deref(), products, NAME)
    } else {
        Ok(vec![])
    }
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
    } else if let Message::ChangeApproved { kind } = message {
        vec![kind.name()]
    } else if let Message::Team(letter) = message {
        team::variants(letter)
    } else if let Message::Partner(letter) = message {
        partner::variants(letter)
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
        Message::Team(letter) if letter.purpose().is_some() => Opening::NoName,
        Message::Customer(letter) if letter.is_to_vendor() => Opening::NoName,
        // The vendor's support is nobody in person.
        Message::Partner(PartnerLetter::CustomerCreated { .. }) => Opening::NoName,
        Message::Customer(_) | Message::Partner(_) | Message::Team(_) => Opening::Greeting,
        Message::ClaimVerified { .. }
        | Message::MemberJoined { .. }
        | Message::ClaimReceived { .. }
        | Message::ClaimWaiting { .. }
        | Message::ClaimRefused { .. }
        | Message::MemberVerified { .. }
        | Message::LicenseAssigned { .. }
        | Message::ResetPassword
        | Message::FirstPassword
        | Message::Invited { .. }
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
        | Message::ChangeApproved { .. }
        | Message::ChangeRefused { .. }
        | Message::OwnerChanged { .. }
        | Message::OwnerMade { .. }
        | Message::ChangeTakenBack { .. }
        | Message::RenewalDue { .. }
        | Message::RenewalAsked { .. }
        | Message::TrialStarted { .. }
        | Message::SerialReplaced { .. }
        | Message::OrderRecorded { .. }
        | Message::FirstOrder { .. }
        | Message::OrderCancelled { .. } => Opening::Greeting,
    }
}

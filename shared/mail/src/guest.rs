//! What letters about guests fill into their texts.

use domain::letter::GuestLetter;
use domain::{Language, name::AccountName};

use crate::letters::{NAME, Value};
use crate::texts::NoText;
use crate::{parts, plain};

/// The values that such a letter's own texts name, in its reader's language, already harmless.
pub(crate) fn values(letter: &GuestLetter, language: Language) -> Result<Vec<Value>, NoText> {
    let account = |account: &AccountName| ("account", plain::name(account.as_str(), NAME));
    let person = |person: &str| ("person", plain::name(person, NAME));
    let home = |home: &AccountName| ("home", plain::name(home.as_str(), NAME));
    Ok(match letter {
        GuestLetter::Invited { account_name, person_name, days } => {
            vec![account(account_name), person(person_name), ("stay", parts::stay(language, days.get())?)]
        }
        GuestLetter::Accepted { account_name, person_name, person_email, home_name, ends_on } => vec![
            account(account_name),
            person(person_name),
            ("email", person_email.to_string()),
            home(home_name),
            ("end", parts::date(language, *ends_on)?),
        ],
        GuestLetter::Renewed { account_name, ends_on } => {
            vec![account(account_name), ("end", parts::date(language, *ends_on)?)]
        }
        GuestLetter::Ending { account_name, ends_on, days } => vec![
            account(account_name),
            ("end", parts::date(language, *ends_on)?),
            ("when", parts::days(language, *days)?),
        ],
        GuestLetter::Due { account_name, person_name, home_name, ends_on, days } => vec![
            account(account_name),
            person(person_name),
            home(home_name),
            ("end", parts::date(language, *ends_on)?),
            ("when", parts::days(language, *days)?),
        ],
        GuestLetter::Revoked { account_name } => vec![account(account_name)],
        GuestLetter::Left { account_name, person_name, home_name } => {
            vec![account(account_name), person(person_name), home(home_name)]
        }
    })
}

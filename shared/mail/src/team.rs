//! What letters about a team fill into their texts.

use domain::Language;
use domain::letter::{Outsider, TeamLetter};

use crate::letters::{NAME, REASON, Value};
use crate::plain;
use crate::texts::{NoText, need};

/// The values that such a letter's own texts name, already harmless.
pub(crate) fn values(letter: &TeamLetter, language: Language) -> Result<Vec<Value>, NoText> {
    let named = |account: &domain::name::AccountName| ("account", plain::name(account.as_str(), NAME));
    Ok(match letter {
        TeamLetter::Invited { account_name, person_name } => {
            vec![named(account_name), ("person", plain::name(person_name, NAME))]
        }
        TeamLetter::Accepted { account_name, person_name, person_email }
        | TeamLetter::AccessAsked { account_name, person_name, person_email, .. } => {
            vec![named(account_name), ("person", plain::name(person_name, NAME)), ("email", person_email.to_string())]
        }
        TeamLetter::Declined { account_name, person_email } => {
            vec![named(account_name), ("email", person_email.to_string())]
        }
        TeamLetter::RoleChanged { account_name, .. } | TeamLetter::AccessGranted { account_name, .. } => {
            vec![named(account_name)]
        }
        TeamLetter::Deactivated { account_name, by }
        | TeamLetter::Reactivated { account_name, by }
        | TeamLetter::Unlinked { account_name, by }
        | TeamLetter::Linked { account_name, by }
        | TeamLetter::Removed { account_name, by, .. } => {
            vec![named(account_name), ("who", who(language, named(account_name), by.as_ref())?)]
        }
        TeamLetter::AccessRefused { account_name, reason, .. } => {
            vec![named(account_name), ("reason", plain::name(reason.as_str(), REASON))]
        }
        TeamLetter::ReviewDue { account_name, members } => {
            vec![named(account_name), ("members", members.to_string())]
        }
        // They say a day, which each language words in its own way.
        TeamLetter::Guest(_) => vec![],
    })
}

/// Who acted: one of the account's managers, none of whom is named, or somebody who comes from its partner, who is.
fn who(language: Language, account: Value, by: Option<&Outsider>) -> Result<String, NoText> {
    let mut fills = vec![account];
    let key = match by {
        None => "who.manager",
        Some(Outsider { person_name, home_name }) => {
            fills.extend([
                ("person", plain::name(person_name, NAME)),
                ("partner", plain::name(home_name.as_str(), NAME)),
            ]);
            "who.partner"
        }
    };
    let fills: Vec<_> = fills.iter().map(|(name, value)| (*name, value.as_str())).collect();
    need(language, key, &fills)
}

/// What tells letters of one name apart.
pub(crate) fn variants(letter: &TeamLetter) -> Vec<&'static str> {
    match letter {
        TeamLetter::RoleChanged { role, .. } => vec![match role {
            domain::Role::Owner => "owner",
            domain::Role::Manager => "manager",
            domain::Role::Member => "member",
        }],
        TeamLetter::Removed { login_closed, .. } => vec![if *login_closed { "login_closed" } else { "login_kept" }],
        TeamLetter::AccessAsked { wants, .. }
        | TeamLetter::AccessGranted { wants, .. }
        | TeamLetter::AccessRefused { wants, .. } => vec![wants.name()],
        TeamLetter::Invited { .. }
        | TeamLetter::Accepted { .. }
        | TeamLetter::Declined { .. }
        | TeamLetter::Deactivated { .. }
        | TeamLetter::Reactivated { .. }
        | TeamLetter::Unlinked { .. }
        | TeamLetter::Linked { .. }
        | TeamLetter::ReviewDue { .. }
        | TeamLetter::Guest(_) => vec![],
    }
}

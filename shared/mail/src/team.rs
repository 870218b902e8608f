//! What letters about a team fill into their texts.

use domain::letter::TeamLetter;

use crate::letters::{NAME, REASON, Value};
use crate::plain;

/// The values that such a letter's own texts name, already harmless.
pub(crate) fn values(letter: &TeamLetter) -> Vec<Value> {
    let named = |account: &domain::name::AccountName| ("account", plain::name(account.as_str(), NAME));
    match letter {
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
        TeamLetter::RoleChanged { account_name, .. }
        | TeamLetter::Deactivated { account_name }
        | TeamLetter::Reactivated { account_name }
        | TeamLetter::Unlinked { account_name }
        | TeamLetter::Linked { account_name }
        | TeamLetter::Removed { account_name, .. }
        | TeamLetter::AccessGranted { account_name, .. } => vec![named(account_name)],
        TeamLetter::AccessRefused { account_name, reason, .. } => {
            vec![named(account_name), ("reason", plain::name(reason.as_str(), REASON))]
        }
        TeamLetter::ReviewDue { account_name, members } => {
            vec![named(account_name), ("members", members.to_string())]
        }
    }
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
        | TeamLetter::ReviewDue { .. } => vec![],
    }
}

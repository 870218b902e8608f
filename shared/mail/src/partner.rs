//! What letters about an account and its partner fill into their texts.

use domain::letter::PartnerLetter;
use domain::name::AccountName;
use domain::number::CustomerNumber;

use crate::letters::{NAME, Value};
use crate::plain;

/// The values that such a letter's own texts name, already harmless.
pub(crate) fn values(letter: &PartnerLetter) -> Vec<Value> {
    let account = |name: &AccountName| ("account", plain::name(name.as_str(), NAME));
    let partner = |name: &AccountName| ("partner", plain::name(name.as_str(), NAME));
    let numbered = |number: &CustomerNumber| ("number", plain::line(&number.to_string(), NAME));
    match letter {
        PartnerLetter::AccessChanged { account_name, partner_name, .. }
        | PartnerLetter::Ended { account_name, partner_name } => vec![account(account_name), partner(partner_name)],
        PartnerLetter::CustomerAccess { account_name, .. } => vec![account(account_name)],
        PartnerLetter::Linked { account_name, partner_name, former_name, .. } => {
            let former = former_name.iter().map(|former| ("former", plain::name(former.as_str(), NAME)));
            [account(account_name), partner(partner_name)].into_iter().chain(former).collect()
        }
        PartnerLetter::CustomerLinked { account_name, customer_number, .. }
        | PartnerLetter::CustomerLeft { account_name, customer_number } => {
            vec![account(account_name), numbered(customer_number)]
        }
        PartnerLetter::Invited { account_name, customer_number, partner_name }
        | PartnerLetter::Created { account_name, customer_number, partner_name } => {
            vec![account(account_name), numbered(customer_number), partner(partner_name)]
        }
        PartnerLetter::CustomerCreated { account_name, customer_number, partner_name, person_name, person_email } => {
            vec![
                account(account_name),
                numbered(customer_number),
                partner(partner_name),
                ("person", plain::name(person_name, NAME)),
                ("email", person_email.to_string()),
            ]
        }
    }
}

/// What tells letters of one name apart.
pub(crate) fn variants(letter: &PartnerLetter) -> Vec<&'static str> {
    match letter {
        PartnerLetter::AccessChanged { access, .. }
        | PartnerLetter::CustomerAccess { access, .. }
        | PartnerLetter::CustomerLinked { access, .. } => vec![access.name()],
        PartnerLetter::Linked { access, former_name, .. } => {
            vec![access.name(), if former_name.is_some() { "another" } else { "first" }]
        }
        PartnerLetter::Ended { .. }
        | PartnerLetter::CustomerLeft { .. }
        | PartnerLetter::Invited { .. }
        | PartnerLetter::Created { .. }
        | PartnerLetter::CustomerCreated { .. } => vec![],
    }
}

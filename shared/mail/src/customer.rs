//! What letters about a partner and its customer fill into their texts.

use domain::letter::CustomerLetter;

use crate::letters::{NAME, REASON, Value};
use crate::plain;

/// The values that such a letter's own texts name, already harmless.
pub(crate) fn values(letter: &CustomerLetter) -> Vec<Value> {
    let (CustomerLetter::Suspended { account_name, person_name, partner_name, .. }
    | CustomerLetter::Reactivated { account_name, person_name, partner_name }
    | CustomerLetter::SuspensionNoted { account_name, person_name, partner_name, .. }
    | CustomerLetter::ReactivationNoted { account_name, person_name, partner_name, .. }) = letter;
    let mut values = vec![
        ("account", plain::name(account_name.as_str(), NAME)),
        ("person", plain::name(person_name, NAME)),
        ("partner", plain::name(partner_name.as_str(), NAME)),
    ];
    if let CustomerLetter::SuspensionNoted { customer_number, .. }
    | CustomerLetter::ReactivationNoted { customer_number, .. } = letter
    {
        values.push(("number", plain::line(&customer_number.to_string(), NAME)));
    }
    if let CustomerLetter::Suspended { reason, .. } | CustomerLetter::SuspensionNoted { reason, .. } = letter {
        values.push(("reason", plain::name(reason.as_str(), REASON)));
    }
    values
}

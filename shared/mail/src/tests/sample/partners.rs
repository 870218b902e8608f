//! What is written about an account and its partner.

use domain::letter::PartnerLetter;
use domain::name::AccountName;
use domain::partnership::CustomerAccess;

use super::{account, address, number};

fn orion() -> AccountName {
    AccountName::parse("Orion Resellers").expect("a name")
}

pub(super) fn letters(person: &str) -> Vec<PartnerLetter> {
    let ways = [CustomerAccess::Automatic, CustomerAccess::GuestsOnly];
    let mut letters: Vec<_> = ways
        .map(|access| PartnerLetter::AccessChanged { account_name: account(), partner_name: orion(), access })
        .into();
    letters.extend(ways.map(|access| PartnerLetter::CustomerAccess { account_name: account(), access }));
    letters.extend([None, AccountName::parse("Vega Systems").ok()].into_iter().zip(ways).map(
        |(former_name, access)| PartnerLetter::Linked {
            account_name: account(),
            partner_name: orion(),
            access,
            former_name,
        },
    ));
    letters.extend(ways.map(|access| PartnerLetter::CustomerLinked {
        account_name: account(),
        customer_number: number(),
        access,
    }));
    letters.extend([
        PartnerLetter::Ended { account_name: account(), partner_name: orion() },
        PartnerLetter::CustomerLeft { account_name: account(), customer_number: number() },
        PartnerLetter::Invited { account_name: account(), customer_number: number(), partner_name: orion() },
        PartnerLetter::Created { account_name: account(), customer_number: number(), partner_name: orion() },
        PartnerLetter::CustomerCreated {
            account_name: account(),
            customer_number: number(),
            partner_name: orion(),
            person_name: person.into(),
            person_email: address("jonas@orion.test"),
        },
    ]);
    letters
}

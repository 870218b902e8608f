//! One letter of each kind about guests.

use domain::Date;
use domain::guest::GuestDays;
use domain::letter::GuestLetter;
use domain::name::AccountName;

use super::{account, address};

/// What is written about somebody of a partner who is let in for a while.
pub(super) fn letters(person: &str) -> [GuestLetter; 7] {
    let (account_name, person_name) = (account(), person.to_owned());
    let home_name = AccountName::parse("Orion Resellers").expect("a name");
    let ends_on = Date::constant(2027, 2, 20);
    [
        GuestLetter::Invited {
            account_name: account(),
            person_name: person_name.clone(),
            days: GuestDays::parse(90).expect("days"),
        },
        GuestLetter::Accepted {
            account_name: account(),
            person_name: person_name.clone(),
            person_email: address("jonas@weber.test"),
            home_name: home_name.clone(),
            ends_on,
        },
        GuestLetter::Renewed { account_name: account(), ends_on },
        GuestLetter::Ending { account_name: account(), ends_on, days: 31 },
        GuestLetter::Due {
            account_name: account(),
            person_name: person_name.clone(),
            home_name: home_name.clone(),
            ends_on,
            days: 1,
        },
        GuestLetter::Revoked { account_name: account() },
        GuestLetter::Left { account_name, person_name, home_name },
    ]
}

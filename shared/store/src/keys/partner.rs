//! Keys of a partner: its lists of customers, and what it does on behalf of the vendor.

use domain::{
    AccountId,
    number::{CustomerNumber, ProductCode},
    on_behalf::OnceId,
};

use super::{JOBS, Key};

/// The customers of a partner: all of them, or those with licenses of a product.
pub(crate) fn customers_partition(partner: AccountId, product: Option<&ProductCode>) -> String {
    match product {
        None => format!("CUSTOMERS#{partner}"),
        Some(product) => format!("CUSTOMERS#{partner}#{}", product.as_str()),
    }
}

/// A customer in its partner's lists: by its number, which finds it exactly.
pub(crate) fn customer(partner: AccountId, product: Option<&ProductCode>, number: &CustomerNumber) -> Key {
    Key::new(customers_partition(partner, product), number.to_string())
}

/// Which rows of its partner's lists an account has. Not beside the account's own, so that whoever writes it needs no
/// right to those.
pub(crate) fn listed(account: AccountId) -> Key {
    Key::new(format!("LISTED#{account}"), "LISTED")
}

/// That a partner's lists are to be brought up to an account.
pub(crate) fn job_of_customer(account: AccountId) -> Key {
    Key::new(JOBS, format!("customer#{account}"))
}

/// What became of something that a page of a partner asked for under an id of its own.
pub(crate) fn asked_once(partner: AccountId, id: &OnceId) -> Key {
    Key::new(format!("ONCE#{partner}"), id.as_str())
}

//! A customer as lists answer it.

use domain::{
    AccountState, Date,
    partnership::{Customer, CustomerAccess},
};
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
pub(crate) struct CustomerItem {
    #[schema(example = "acc_01jd0x5m2nfe4r8v0t6w9y2zab")]
    id: String,
    #[schema(example = "C10423")]
    number: String,
    name: String,
    /// `active`, `suspended` or `closed`.
    #[schema(value_type = String, example = "active")]
    status: AccountState,
    /// `automatic`, or `guests_only`: then nothing more is said of it.
    #[schema(value_type = String, example = "automatic")]
    access: CustomerAccess,
    /// How many people belong to it; null where it lets in guests alone, as all that follows.
    users: Option<u32>,
    /// Codes of products it has licenses of, the first five.
    products: Option<Vec<String>>,
    /// Of how many products it has licenses.
    product_count: Option<u32>,
    /// When the next of its licenses ends (of those of the product that is asked for), or, where all have passed, the
    /// last. Null: none ends.
    #[schema(value_type = Option<String>, format = Date)]
    renews_on: Option<Date>,
}

impl From<Customer> for CustomerItem {
    fn from(customer: Customer) -> Self {
        let is_open = match customer.access {
            CustomerAccess::Automatic => true,
            CustomerAccess::GuestsOnly => false,
        };
        Self {
            id: customer.id.to_string(),
            number: customer.number.to_string(),
            name: customer.name.to_string(),
            status: customer.state,
            access: customer.access,
            users: is_open.then_some(customer.users),
            products: is_open.then(|| customer.products.iter().map(ToString::to_string).collect()),
            product_count: is_open.then_some(customer.product_count),
            renews_on: customer.renews_on,
        }
    }
}

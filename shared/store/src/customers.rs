//! A partner's customers (R503), as it lists them.
//!
//! A partner's list is rows of its own: each customer once among all, and once for each product it has licenses of. Every
//! order and filter that a page offers is a key or an index over these rows, so a page is one query that reads the page,
//! for ten customers or a million. The rows are copies: [`copies`] brings them up to a customer's account.

mod copies;
mod details;
mod passing;
mod repair;
mod shown;
mod suspension;

use domain::{
    AccountId, AccountState, Date,
    fold::fold,
    name::AccountName,
    number::{CustomerNumber, ProductCode},
    page::{Page, PageSize, Position},
    partnership::{Customer, CustomerAccess, CustomerQuery, CustomerSort},
    rights::ListCustomers,
};
use serde::{Deserialize, Serialize};

pub use copies::Listed;
pub use details::{CustomerDetails, Figures, OwnAccount, OwnFigures};
pub use passing::EndsPassed;
pub use repair::Repaired;
pub use suspension::{SuspensionRefused, SuspensionTold};

use crate::{
    Store, StoreError, TableName, keys,
    listing::Listing,
    rows::{self, Item},
};

/// A customer in its partner's lists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CustomerRow {
    /// its account
    pub i: AccountId,
    /// name
    pub na: AccountName,
    /// state
    pub st: AccountState,
    /// how its partner's people get in
    pub x: CustomerAccess,
    /// number of people
    pub m: u32,
    /// products, the first of them
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ps: Vec<ProductCode>,
    /// number of products
    pub pn: u32,
    /// next renewal
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub re: Option<Date>,
    /// by name
    pub s: String,
    /// by renewal
    pub e: String,
    /// by state and name
    pub em: String,
    /// by state and renewal
    pub seen: String,
}

/// The bytes of a folded name that sort: a sort key has at most 1,024 (AWS), and states and numbers stand in it too.
const MOST_OF_A_NAME: usize = 900;
/// Where those sort that have no renewal: behind every day.
const NO_RENEWAL: &str = "~";

impl CustomerRow {
    /// Puts it where lists look for what it says. The tab comes before whatever a name may go on with.
    pub fn place(&mut self, number: &CustomerNumber) {
        let mut name = fold(self.na.as_str());
        name.truncate(name.floor_char_boundary(MOST_OF_A_NAME));
        let end = self.re.map_or_else(|| NO_RENEWAL.to_owned(), |end| end.to_string());
        let state = word(self.st);
        self.s = format!("{name}\t{number}");
        self.e = format!("{end}\t{number}");
        self.em = format!("{state}#{}", self.s);
        self.seen = format!("{state}#{}", self.e);
    }

    fn into_customer(self, number: CustomerNumber) -> Customer {
        Customer {
            id: self.i,
            number,
            name: self.na,
            state: self.st,
            access: self.x,
            users: self.m,
            products: self.ps,
            product_count: self.pn,
            renews_on: self.re,
        }
    }
}

const fn word(state: AccountState) -> &'static str {
    match state {
        AccountState::Active => "active",
        AccountState::Suspended => "suspended",
        AccountState::Closed => "closed",
    }
}

impl Store {
    /// A page of a partner's customers.
    ///
    /// # Errors
    /// If the database does not answer, or the position is not one of this list.
    pub async fn list_customers(
        &self,
        right: &ListCustomers,
        query: &CustomerQuery,
        size: PageSize,
        from: Option<&Position>,
    ) -> Result<Page<Customer>, StoreError> {
        let customers = Listing::of(keys::customers_partition(right.account(), query.product.as_ref()));
        let listing = match (query.sort, query.state) {
            // An index key never is empty text, so that AWS refuses to look for what begins so.
            (CustomerSort::Name, None) if query.prefix.is_empty() => customers.by_name(),
            (CustomerSort::Name, None) => customers.by_name().beginning(query.prefix.as_str()),
            (CustomerSort::Name, Some(state)) => {
                customers.by_email().beginning(format!("{}#{}", word(state), query.prefix))
            }
            (CustomerSort::Renewal, None) => customers.by_end(),
            (CustomerSort::Renewal, Some(state)) => customers.by_seen().beginning(format!("{}#", word(state))),
        };
        let listing = if query.descending { listing.backwards() } else { listing };
        let (items, next) = self.page(listing, size, from).await?;
        Ok(Page { items: items.into_iter().map(customer).collect::<Result<_, _>>()?, next })
    }

    /// The customer of a partner that has this number.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn customer_of_number(
        &self,
        right: &ListCustomers,
        number: &CustomerNumber,
    ) -> Result<Option<Customer>, StoreError> {
        let found = self.get(TableName::Accounts, keys::customer(right.account(), None, number)).await?;
        found.map(customer).transpose()
    }
}

fn customer(item: Item) -> Result<Customer, StoreError> {
    let number = CustomerNumber::parse(rows::sort_key(&item, "")?)?;
    Ok(rows::from_item::<CustomerRow>(item)?.into_customer(number))
}

//! A customer as its partner sees it (R504, R505), and the partner's own account (R501).

use domain::{
    Account, Date,
    license::{License, LicenseType},
    member::Member,
    page::{Page, PageSize, Position},
    rights::{ListCustomers, ShowCustomer, ShowSummary},
    summary::{ProductSummary, SummarySort},
};

use crate::{
    Store, StoreError, TableName, keys, licenses,
    listing::Listing,
    rows::{self, AccountRow},
};

/// A customer as its partner sees it.
pub struct CustomerDetails {
    /// Its account.
    pub account: Account,
    /// How many people belong to it; guests do not.
    pub users: u32,
    /// Its owner, as its list of people shows them.
    pub owner: Option<Member>,
}

/// What an account has of some licenses.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Figures {
    /// Of how many products.
    pub products: u32,
    /// How many licenses.
    pub licenses: u64,
    /// Seats in use.
    pub used: u64,
    /// Seats.
    pub total: u64,
    /// When the next of them ends; where all ends have passed, the last. None: none ends.
    pub next_end: Option<Date>,
}

/// What an account has, what it shows to others apart.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct OwnFigures {
    /// What it uses itself.
    pub own: Figures,
    /// What it has for training and demonstration.
    pub demo: Figures,
}

impl Store {
    /// A customer of the partner. Its owner is named by its row, so this is two calls, one after the other.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn show_customer(&self, right: &ShowCustomer) -> Result<Option<CustomerDetails>, StoreError> {
        let row = self.get(TableName::Accounts, keys::account(right.account())).await?;
        let Some(row) = row.map(rows::from_item::<AccountRow>).transpose()? else { return Ok(None) };
        let owner = self.get(TableName::Accounts, keys::membership(right.account(), row.o)).await?;
        let owner = owner.map(rows::member).transpose()?;
        Ok(Some(CustomerDetails { users: row.m, account: row.try_into()?, owner }))
    }

    /// A page of everyone who belongs to a customer, whoever came first before.
    ///
    /// # Errors
    /// If the database does not answer, or the position is not one of this list.
    pub async fn people_of_customer(
        &self,
        right: &ShowCustomer,
        size: PageSize,
        from: Option<&Position>,
    ) -> Result<Page<Member>, StoreError> {
        let people = Listing::of(keys::account_partition(right.account())).beginning(keys::MEMBER_PREFIX);
        let (items, next) = self.page(people, size, from).await?;
        Ok(Page { items: items.into_iter().map(rows::member).collect::<Result<_, _>>()?, next })
    }

    /// A page of a customer's licenses, the newest order first.
    ///
    /// # Errors
    /// If the database does not answer, or the position is not one of this list.
    pub async fn licenses_of_customer(
        &self,
        right: &ShowCustomer,
        size: PageSize,
        from: Option<&Position>,
    ) -> Result<Page<License>, StoreError> {
        let listing = Listing::of(keys::licenses_partition(right.account())).backwards();
        let (items, next) = self.page(listing, size, from).await?;
        Ok(Page { items: licenses::licenses(Some(items))?, next })
    }

    /// How many people belong to the partner's own account.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn count_own_users(&self, right: &ListCustomers) -> Result<u32, StoreError> {
        let row = self.get(TableName::Accounts, keys::account(right.account())).await?;
        Ok(row.map(rows::from_item::<AccountRow>).transpose()?.map_or(0, |row| row.m))
    }

    /// What the account has, added up from its summary: a row for each product, type and end, of which a partner's own
    /// account has few.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn own_figures(&self, right: &ShowSummary, today: Date) -> Result<OwnFigures, StoreError> {
        let (mut rows, mut from) = (Vec::new(), None);
        loop {
            let page = self.list_summary(right, SummarySort::Product, PageSize::LARGEST, from.as_ref()).await?;
            rows.extend(page.items);
            if page.next.is_none() {
                break;
            }
            from = page.next;
        }
        let (demo, own): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.license_type == LicenseType::Demo);
        Ok(OwnFigures { own: Figures::of(&own, today), demo: Figures::of(&demo, today) })
    }
}

impl Figures {
    fn of(rows: &[ProductSummary], today: Date) -> Self {
        let products: std::collections::BTreeSet<_> = rows.iter().map(|row| &row.product_code).collect();
        let ends = || rows.iter().filter_map(|row| row.ends_on);
        Self {
            products: u32::try_from(products.len()).unwrap_or(u32::MAX),
            licenses: rows.iter().map(|row| row.licenses).sum(),
            used: rows.iter().map(|row| row.used).sum(),
            total: rows.iter().map(|row| row.total).sum(),
            next_end: ends().filter(|end| *end >= today).min().or_else(|| ends().max()),
        }
    }
}

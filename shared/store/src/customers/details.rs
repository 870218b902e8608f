//! A customer as its partner sees it (R504, R505), and the partner's own account (R501).

use domain::{
    Account, Date,
    license::{License, LicenseType},
    member::Member,
    page::{Page, PageSize, Position},
    rights::{ShowCustomer, ShowOwnAccount, ShowSummary},
    summary::{ProductSummary, SummarySort},
};

use crate::{
    Store, StoreError, TableName,
    keys::{self, Key},
    licenses,
    listing::Listing,
    rows::{self, AccountRow},
};

/// How many of a customer's managers, and of those it invited, are read beside it, to find its owner among them.
const BESIDE: u16 = 25;

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

/// A partner's own account.
#[derive(Debug)]
pub struct OwnAccount {
    /// How many people belong to it.
    pub users: u32,
    summary: Option<Vec<ProductSummary>>,
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
    /// A customer of the partner. Its row names its owner, who is among its managers or those it invited: these are
    /// read beside it, and the owner afterwards where there are too many.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn show_customer(&self, right: &ShowCustomer) -> Result<Option<CustomerDetails>, StoreError> {
        let account = right.account();
        let people = Listing::of(keys::account_partition(account)).managers_and_invited();
        let (row, (people, _)) = tokio::try_join!(
            self.get(TableName::Accounts, keys::account(account)),
            self.page(people, PageSize::new(BESIDE)?, None)
        )?;
        let Some(row) = row.map(rows::from_item::<AccountRow>).transpose()? else { return Ok(None) };
        let place = keys::membership(account, row.o);
        let mut owner = None;
        for item in people {
            if Key::of(&item)? == place {
                owner = Some(item);
            }
        }
        if owner.is_none() {
            owner = self.get(TableName::Accounts, place).await?;
        }
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

    /// The partner's own account, and what it has if the right goes so far: all of its summary, a row for each product,
    /// type and end, of which a partner's own account has few.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn own_account(&self, right: &ShowOwnAccount) -> Result<OwnAccount, StoreError> {
        let summary = async {
            match right.summary() {
                None => Ok(None),
                Some(right) => self.whole_summary(right).await.map(Some),
            }
        };
        let row = self.get(TableName::Accounts, keys::account(right.account()));
        let (row, summary) = tokio::try_join!(row, summary)?;
        let users = row.map(rows::from_item::<AccountRow>).transpose()?.map_or(0, |row| row.m);
        Ok(OwnAccount { users, summary })
    }

    async fn whole_summary(&self, right: &ShowSummary) -> Result<Vec<ProductSummary>, StoreError> {
        let (mut rows, mut from) = (Vec::new(), None);
        loop {
            let page = self.list_summary(right, SummarySort::Product, PageSize::LARGEST, from.as_ref()).await?;
            rows.extend(page.items);
            if page.next.is_none() {
                return Ok(rows);
            }
            from = page.next;
        }
    }
}

impl OwnAccount {
    /// What it has on that day, added up; none if that is not shown.
    #[must_use]
    pub fn figures(self, today: Date) -> Option<OwnFigures> {
        let is_demo = |row: &ProductSummary| row.license_type == LicenseType::Demo;
        let (demo, own): (Vec<_>, Vec<_>) = self.summary?.into_iter().partition(is_demo);
        Some(OwnFigures { own: Figures::of(&own, today), demo: Figures::of(&demo, today) })
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

//! What of an account its partner's lists show.

use std::collections::BTreeMap;

use domain::{
    Account, AccountId, Date,
    license::LicenseType,
    number::ProductCode,
    page::PageSize,
    partnership::{CustomerAccess, PRODUCTS_SHOWN},
};

use super::CustomerRow;
use crate::{
    Store, StoreError, TableName,
    keys::{self, Key},
    ledger::SummaryRow,
    listing::Listing,
    rows::{self, AccountRow},
};

/// What of an account its partner's lists show.
pub(super) struct Shown {
    partner: AccountId,
    account: Account,
    users: u32,
    /// By product, the days on which licenses of it end.
    products: BTreeMap<ProductCode, Vec<Date>>,
    /// Up to which day ends have passed.
    passed: Option<Date>,
}

impl Shown {
    /// Its rows. A customer that lets in guests alone shows its partner no more than that it is there.
    pub fn rows(&self) -> BTreeMap<Key, CustomerRow> {
        let key = |product: Option<&ProductCode>| keys::customer(self.partner, product, &self.account.number);
        match self.account.access().unwrap_or(CustomerAccess::GuestsOnly) {
            CustomerAccess::GuestsOnly => BTreeMap::from([(key(None), self.row(CustomerAccess::GuestsOnly, None))]),
            CustomerAccess::Automatic => {
                let row = |ends: &mut dyn Iterator<Item = Date>| {
                    self.row(CustomerAccess::Automatic, Some(next(ends, self.passed)))
                };
                let of_all = row(&mut self.products.values().flatten().copied());
                let each = self.products.iter();
                let each = each.map(|(product, ends)| (key(Some(product)), row(&mut ends.iter().copied())));
                each.chain([(key(None), of_all)]).collect()
            }
        }
    }

    /// A row; of what is inside of the account it says nothing where no renewal is told.
    fn row(&self, access: CustomerAccess, renewal: Option<Option<Date>>) -> CustomerRow {
        let is_told = renewal.is_some();
        let products: Vec<_> = self.products.keys().filter(|_| is_told).collect();
        let mut row = CustomerRow {
            i: self.account.id,
            na: self.account.name.clone(),
            st: self.account.status.state(),
            x: access,
            m: if is_told { self.users } else { 0 },
            pn: u32::try_from(products.len()).unwrap_or(u32::MAX),
            ps: products.into_iter().take(PRODUCTS_SHOWN).cloned().collect(),
            re: renewal.flatten(),
            s: String::new(),
            e: String::new(),
            em: String::new(),
            seen: String::new(),
        };
        row.place(&self.account.number);
        row
    }
}

/// The soonest end that is still to come; where all have passed, the last.
fn next(ends: &mut dyn Iterator<Item = Date>, passed: Option<Date>) -> Option<Date> {
    let (mut soonest, mut last) = (None, None);
    for end in ends {
        last = last.max(Some(end));
        if passed.is_none_or(|passed| end > passed) {
            soonest = Some(soonest.map_or(end, |other: Date| other.min(end)));
        }
    }
    soonest.or(last)
}

impl Store {
    /// What the lists of its partner show of an account; none if it has no partner, or is not there.
    pub(super) async fn shown(&self, account: AccountId) -> Result<Option<Shown>, StoreError> {
        let (row, products, passed) = tokio::try_join!(
            self.get(TableName::Accounts, keys::account(account)),
            self.ends_of_products(account),
            self.ends_passed()
        )?;
        let Some(row) = row.map(rows::from_item::<AccountRow>).transpose()? else { return Ok(None) };
        let Some(partner) = row.pa else { return Ok(None) };
        let passed = passed.map(|passed| passed.until);
        Ok(Some(Shown { partner, users: row.m, account: row.try_into()?, products, passed }))
    }

    /// The days on which licenses of each product end. What a partner has to show is none of the customer's.
    async fn ends_of_products(&self, account: AccountId) -> Result<BTreeMap<ProductCode, Vec<Date>>, StoreError> {
        let (mut products, mut from) = (BTreeMap::<_, Vec<_>>::new(), None);
        loop {
            let listing = Listing::of(keys::summary_partition(account));
            let (items, next) = self.page(listing, PageSize::LARGEST, from.as_ref()).await?;
            for item in items {
                let place = rows::sort_key(&item, "")?.to_owned();
                let Some((product, license_type, end)) = keys::of_summary(&place) else { continue };
                if rows::from_item::<SummaryRow>(item)?.n == 0 || license_type == LicenseType::Demo.name() {
                    continue;
                }
                let ends = products.entry(ProductCode::parse(product)?).or_default();
                ends.extend(end.map(str::parse::<Date>).transpose().map_err(StoreError::row)?);
            }
            from = next;
            if from.is_none() {
                return Ok(products);
            }
        }
    }
}

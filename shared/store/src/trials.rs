//! Trials: a product tried once by an account, under an order number that nobody ordered (R407).

use domain::{
    AccountId, EventId, LicenseId, OrderId, Timestamp,
    letter::Letter,
    license::License,
    log::{Event, LogOf},
    number::ProductCode,
    page::{Page, PageSize, Position},
    product::Product,
    rights::{ListTrials, StartTrials},
};
use serde::{Deserialize, Serialize};

use crate::{
    Conflict, Store, StoreError, TableName, keys,
    ledger::Ledger,
    letters,
    listing::Listing,
    log,
    orders::{OrderNumberRow, OrderRow},
    products::ProductRow,
    rows,
    transaction::{Transaction, When},
};

/// A product on offer to try.
pub struct TrialOffer {
    /// The product.
    pub product: Product,
    /// The license of the account's trial of it, if it had one.
    pub used: Option<LicenseId>,
}

/// A trial to start.
pub struct NewTrial<'a> {
    /// The product as read.
    pub product: &'a Product,
    /// Its license.
    pub license: &'a License,
    /// To the owner.
    pub letter: Letter,
}

/// Why a trial was not started.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrialRefused {
    /// The person may not (any more).
    Actor,
    /// The account has tried the product before.
    Used,
    /// The product changed since it was read, or a number that was drawn is somebody's: try again.
    Changed,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct TrialRow {
    /// the license
    l: LicenseId,
}

impl Store {
    /// A page of the products that may be tried, by code. The vendor's products are few enough to be one page; those not
    /// on offer are left out of it.
    ///
    /// # Errors
    /// If the database does not answer, or the position is not one of this list.
    pub async fn list_trials(
        &self,
        right: &ListTrials,
        size: PageSize,
        from: Option<&Position>,
    ) -> Result<Page<TrialOffer>, StoreError> {
        let (partition, prefix) = keys::products();
        let (page, tried) = tokio::try_join!(
            self.page(Listing::of(partition), size, from),
            self.partition(TableName::Accounts, keys::trials_partition(right.account()), ""),
        )?;
        let tried = tried.into_iter().map(|item| {
            let code = ProductCode::parse(rows::sort_key(&item, "")?)?;
            Ok((code, rows::from_item::<TrialRow>(item)?.l))
        });
        let tried: std::collections::HashMap<_, _> = tried.collect::<Result<_, StoreError>>()?;
        let offers = page.0.into_iter().map(|item| {
            let code = ProductCode::parse(rows::sort_key(&item, prefix)?)?;
            let used = tried.get(&code).copied();
            Ok(TrialOffer { product: rows::from_item::<ProductRow>(item)?.into_product(code), used })
        });
        let mut items = offers.collect::<Result<Vec<_>, StoreError>>()?;
        items.retain(|offer| offer.product.may_be_tried());
        Ok(Page { items, next: page.1 })
    }

    /// A product on offer to try, and whether the account has tried it.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn find_trial(&self, right: &ListTrials, code: &ProductCode) -> Result<Option<TrialOffer>, StoreError> {
        let (product, tried) = tokio::try_join!(
            self.get(TableName::Accounts, keys::product(code)),
            self.get(TableName::Accounts, keys::trial(right.account(), code)),
        )?;
        let Some(item) = product else { return Ok(None) };
        let product = rows::from_item::<ProductRow>(item)?.into_product(code.clone());
        let used = tried.map(rows::from_item::<TrialRow>).transpose()?.map(|row| row.l);
        Ok(Some(TrialOffer { product, used }).filter(|offer| offer.product.may_be_tried()))
    }

    /// Starts a trial: one of each product and account, ever.
    ///
    /// # Errors
    /// [`TrialRefused`] says which condition did not hold.
    pub async fn start_trial(
        &self,
        right: &StartTrials,
        new: &NewTrial<'_>,
        event: EventId,
        now: Timestamp,
    ) -> Result<(), Conflict<TrialRefused>> {
        let (account, license) = (right.account(), new.license);
        let product = &new.product.code;
        let told = Event::TrialStarted { product: product.clone(), license: license.id };
        Transaction::new(self)
            .by_member(right.authority(), TrialRefused::Actor)
            .try_product(account, new, TrialRefused::Used, TrialRefused::Changed)
            .write(TableName::Journal, log::entry(event, LogOf::Account(account), right.authority(), &told, now))
            .commit()
            .await
    }
}

impl TrialRow {
    /// Which license the account's trial of a product is.
    pub(crate) fn license(item: rows::Item) -> Result<LicenseId, StoreError> {
        rows::from_item::<Self>(item).map(|row| row.l)
    }
}

impl<A: Clone> Transaction<'_, A> {
    /// Grants a trial of a product that is as read: the first of the account, its license, and the letter that tells of it.
    pub(crate) fn try_product(self, account: AccountId, new: &NewTrial<'_>, used: A, changed: A) -> Self {
        let (license, product) = (new.license, &new.product.code);
        let offered = When::holds("ve = :ve OR (attribute_not_exists(ve) AND :ve = :first)")
            .number(":ve", new.product.revision)
            .number(":first", 0);
        let tried = rows::to_item(&keys::trial(account, product), &TrialRow { l: license.id });
        self.create(TableName::Accounts, tried, used)
            .check(TableName::Accounts, &keys::product(product), offered, changed.clone())
            .order_of_trial(account, license, changed.clone())
            .grant(account, license, changed.clone(), changed)
            .enter(account, Ledger::default().granted(account, license))
            .write(TableName::Journal, letters::row(&new.letter))
    }

    /// A trial became a license of an order: that is what the account tried from now on, and the order that nobody placed
    /// is gone.
    pub(crate) fn trial_became(self, account: AccountId, trial: &License, license: LicenseId, otherwise: A) -> Self {
        let the_same = When::holds("l = :l").text(":l", trial.id.to_string()).text(":is", license.to_string());
        self.update(TableName::Accounts, &keys::trial(account, &trial.product_code), "SET l = :is", the_same, otherwise)
            .remove(TableName::Accounts, &keys::order_number(&trial.order_number))
            .remove(TableName::Accounts, &keys::order(account, trial.id.order()))
    }

    /// The order a trial's license stands under, found by its number like any other.
    fn order_of_trial(self, account: AccountId, license: &License, otherwise: A) -> Self {
        let id: OrderId = license.id.order();
        let number = rows::to_item(
            &keys::order_number(&license.order_number),
            &OrderNumberRow { a: account, o: id, c: None, ct: None },
        );
        let order = rows::to_item(&keys::order(account, id), &OrderRow::of_trial(license));
        self.create(TableName::Accounts, number, otherwise.clone()).create(TableName::Accounts, order, otherwise)
    }
}

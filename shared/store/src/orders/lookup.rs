//! Looking orders up by what staff know of them: numbers.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use domain::{
    Account, AccountId, Timestamp,
    license::License,
    number::{CustomerNumber, OrderNumber, ProductCode, SerialNumber},
    product::Product,
    rights::ShowOrders,
};

use super::{Activation, FoundOrder, NewLine, NewSerial, OrderNumberRow, OrderRow, license, license_keys};
use crate::{
    Store, StoreError, TableName,
    claims::CodeRow,
    directory::CustomerNumberRow,
    keys,
    products::ProductRow,
    rows::{self, AccountRow, Item, LicenseRow},
    transaction::SerialRow,
    trials::TrialRow,
};

/// What recording or changing an order rests on, as read.
pub struct Prepared {
    /// The order of that number, if there is one.
    pub order: Option<FoundOrder>,
    pub(super) account: Option<Account>,
    pub(super) products: HashMap<ProductCode, Product>,
    /// What is to be converted, by serial number.
    pub(super) trials: HashMap<SerialNumber, Trial>,
}

/// A license that is to be converted.
pub(super) struct Trial {
    /// Whose it is.
    pub account: AccountId,
    /// What it is.
    pub license: License,
    /// Its row, as read.
    pub row: LicenseRow,
    /// Whether the account started it itself; otherwise an order granted it.
    pub started: bool,
}

impl Store {
    /// The order of that number with everything that belongs to it. Its number says whose it is, so it takes two round
    /// trips.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn find_order(&self, _: &ShowOrders, number: &OrderNumber) -> Result<Option<FoundOrder>, StoreError> {
        match self.get(TableName::Accounts, keys::order_number(number)).await? {
            None => Ok(None),
            Some(item) => self.order_of(rows::from_item(item)?).await.map(Some),
        }
    }

    /// Looks up all that an order to record or to change names: the numbers first, then what they stand for.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn prepare_order(
        &self,
        number: &OrderNumber,
        customer: Option<&CustomerNumber>,
        lines: &[NewLine],
    ) -> Result<Prepared, StoreError> {
        let mut wanted = vec![keys::order_number(number)];
        wanted.extend(customer.map(keys::customer_number));
        wanted.extend(lines.iter().map(|line| keys::product(&line.product)));
        wanted.extend(lines.iter().filter_map(|line| match &line.serial {
            NewSerial::OfTrial(serial) => Some(keys::serial_number(serial)),
            NewSerial::Given(_) | NewSerial::Drawn(_) => None,
        }));
        let found = self.items(TableName::Accounts, wanted).await?;
        let row = |key: keys::Key| found.get(&key).cloned();

        let mut products = HashMap::new();
        for line in lines {
            if let Some(item) = row(keys::product(&line.product)) {
                let product = rows::from_item::<ProductRow>(item)?.into_product(line.product.clone());
                products.insert(line.product.clone(), product);
            }
        }
        let mut holders: HashMap<&SerialNumber, (SerialRow, keys::Key)> = HashMap::new();
        for line in lines {
            let NewSerial::OfTrial(serial) = &line.serial else { continue };
            if let Some(item) = row(keys::serial_number(serial)) {
                let holder: SerialRow = rows::from_item(item)?;
                let tried = keys::trial(holder.a, &line.product);
                holders.insert(serial, (holder, tried));
            }
        }
        let account = customer.and_then(|customer| row(keys::customer_number(customer)));
        let account = account.map(rows::from_item::<CustomerNumberRow>).transpose()?.map(|row| row.a);
        let order = row(keys::order_number(number)).map(rows::from_item::<OrderNumberRow>).transpose()?;

        let mut wanted: Vec<_> = account.map(keys::account).into_iter().collect();
        wanted.extend(holders.values().flat_map(|(row, tried)| [keys::license(row.a, row.l), tried.clone()]));
        let existing = async {
            match order {
                None => Ok(None),
                Some(row) => self.order_of(row).await.map(Some),
            }
        };
        let (order, mut found) = tokio::try_join!(existing, self.items(TableName::Accounts, wanted))?;
        let account = account.and_then(|account| found.remove(&keys::account(account)));
        let mut trials = HashMap::new();
        for (serial, (holder, tried)) in holders {
            let Some(item) = found.get(&keys::license(holder.a, holder.l)) else { continue };
            let (license, row) = license(item.clone())?;
            let tried = found.get(&tried).cloned().map(TrialRow::license).transpose()?;
            let started = tried == Some(license.id);
            trials.insert(serial.clone(), Trial { account: holder.a, license, row, started });
        }
        let account = account.map(rows::from_item::<AccountRow>).transpose()?.map(Account::try_from).transpose()?;
        Ok(Prepared { order, account, products, trials })
    }

    /// Everything that belongs to the order of a number.
    pub(super) async fn order_of(&self, number: OrderNumberRow) -> Result<FoundOrder, StoreError> {
        let (account, order) = (keys::account(number.a), keys::order(number.a, number.o));
        let code = number.c.as_deref().map(keys::activation_code);
        let wanted = [account.clone(), order.clone()].into_iter().chain(code.clone()).collect();
        let (mut rows, licenses) =
            tokio::try_join!(self.items(TableName::Accounts, wanted), self.licenses_of(&number))?;
        let mut row = |key: &keys::Key, what: &str| {
            rows.remove(key).ok_or_else(|| StoreError::row(format!("an order number without its {what}")))
        };
        let account = Account::try_from(rows::from_item::<AccountRow>(row(&account, "account")?)?)?;
        let order: OrderRow = rows::from_item(row(&order, "order")?)?;
        let code: Option<CodeRow> = code.map(|key| rows::from_item(row(&key, "code")?)).transpose()?;
        let mailed_at = number.ct.map(Timestamp::from_millisecond).transpose().map_err(StoreError::row)?;
        Ok(FoundOrder {
            fingerprint: order.f.clone(),
            order: order.into_order(number.o),
            account,
            activation: code.map(|code| Activation { state: code.st, mailed_at }),
            licenses: licenses.into_iter().map(license).collect::<Result<_, _>>()?,
            code: number.c,
        })
    }

    /// The licenses of an order, by line: it never has more than one page takes.
    async fn licenses_of(&self, number: &OrderNumberRow) -> Result<Vec<Item>, StoreError> {
        let [first, last] = license_keys(number.a, number.o);
        let query = self
            .client
            .query()
            .table_name(self.table(TableName::Accounts))
            .consistent_read(true)
            .key_condition_expression("pk = :pk AND sk BETWEEN :first AND :last")
            .expression_attribute_values(":pk", AttributeValue::S(first.pk))
            .expression_attribute_values(":first", AttributeValue::S(first.sk))
            .expression_attribute_values(":last", AttributeValue::S(last.sk));
        let (mut items, mut from) = (Vec::new(), None);
        loop {
            // A page may end early, for reasons of the database's own.
            let page = query.clone().set_exclusive_start_key(from).send().await.map_err(StoreError::from_sdk)?;
            items.extend(page.items.unwrap_or_default());
            from = page.last_evaluated_key;
            if from.is_none() {
                return Ok(items);
            }
        }
    }
}

//! Orders with their lines.

use std::collections::{BTreeMap, HashMap};

use domain::{
    Account, AccountId, LicenseId, OrderId, UserId, license::License, name::ProductName, number::OrderNumber,
};

use super::{
    Import, ImportError, KnownOrder, LicenseRecord, MOST_ARMS, OrderRecord, Taken, licenses::license,
    seats::ARMS_OF_A_SEAT,
};
use crate::{
    TableName, keys,
    ledger::Ledger,
    orders::{OrderNumberRow, OrderRow},
    rows::{self, AccountRow, LicenseRow},
    transaction::{Transaction, When},
};

/// The arms of an order besides its lines: order, number, code and the one it replaces, what is known, the account as read
/// and what brings its partner's lists up to it, and one to spare.
const ARMS: usize = 8;

/// Of an order that was cancelled at the console, the files change nothing any more.
const UNCANCELLED: &str = "attribute_exists(pk) AND attribute_not_exists(x)";

/// A line of an order to write.
#[derive(Debug, Clone)]
pub struct Line<'a> {
    /// What the file says.
    pub record: &'a LicenseRecord,
    /// The product's name.
    pub product_name: &'a ProductName,
    /// Who has a seat.
    pub users: Vec<UserId>,
}

impl Import<'_> {
    /// Writes a new order with its lines.
    ///
    /// # Errors
    /// [`ImportError`]; the order is not there then.
    pub async fn add_order(
        &self,
        order: &OrderRecord,
        code_hash: Option<&str>,
        id: OrderId,
        account: AccountId,
        lines: &[Line<'_>],
    ) -> Result<(), ImportError> {
        let row = OrderRow {
            n: order.number.clone(),
            d: order.date,
            po: order.purchase_order.clone(),
            iu: None,
            f: None,
            x: None,
            y: None,
            r: 0,
        };
        let number = OrderNumberRow { a: account, o: id, c: code_hash.map(str::to_owned), ct: None };
        let mut transaction = Transaction::new(self.store)
            .create(TableName::Accounts, rows::to_item(&keys::order_number(&order.number), &number), Taken::OrderNumber)
            .create(TableName::Accounts, rows::to_item(&keys::order(account, id), &row), Taken::OrderNumber);
        if let Some(hash) = code_hash {
            transaction = self.code(transaction, hash, account, &order.number).await?;
        }
        let known = KnownOrder {
            id,
            customer: order.customer.clone(),
            date: order.date,
            fingerprint: order.fingerprint.clone(),
            code: code_hash.map(str::to_owned),
            lines: HashMap::new(),
        };
        let lines = self.of_members(account, lines).await?;
        self.add_lines(transaction, &order.number, known, account, &lines.iter().collect::<Vec<_>>()).await.map(|_| ())
    }

    /// Brings an order up to its record, adds lines, and brings others up to theirs.
    ///
    /// # Errors
    /// [`ImportError`]; what was written before it stays, and the rest follows with the next run.
    pub async fn change_order(
        &self,
        number: &OrderNumber,
        order: Option<(&OrderRecord, Option<&str>)>,
        known: KnownOrder,
        account: AccountId,
        lines: &[Line<'_>],
    ) -> Result<(), ImportError> {
        let mut known = known;
        let mut transaction = Transaction::new(self.store);
        let key = keys::order(account, known.id);
        if order.is_none() {
            let uncancelled = When::holds(UNCANCELLED);
            transaction = transaction.check(TableName::Accounts, &key, uncancelled, Taken::Cancelled);
        }
        if let Some((record, code_hash)) = order {
            let row = When::holds(UNCANCELLED).with(":po", rows::value(&record.purchase_order)?).number(":one", 1);
            transaction =
                transaction.update(TableName::Accounts, &key, "SET po = :po ADD r :one", row, Taken::Cancelled);
            known.fingerprint = record.fingerprint.clone();
            if let Some(hash) = code_hash.filter(|hash| known.code.as_deref() != Some(*hash)) {
                transaction = self.cancel_code(transaction, known.code.as_deref()).await?;
                transaction = self.code(transaction, hash, account, number).await?;
                let key = keys::order_number(number);
                let there = When::present().text(":c", hash);
                transaction =
                    transaction.update(TableName::Accounts, &key, "SET c = :c REMOVE ct", there, Taken::OrderNumber);
                known.code = Some(hash.to_owned());
            }
        }
        let lines = &self.of_members(account, lines).await?;
        let key = |line: &Line<'_>| keys::license(account, LicenseId::of(known.id, line.record.line));
        let there = self.items(TableName::Accounts, lines.iter().map(key).collect()).await?;
        let (old, new): (Vec<&Line<'_>>, Vec<&Line<'_>>) =
            lines.iter().partition(|line| there.contains_key(&key(line)));
        let mut known = self.add_lines(transaction, number, known, account, &new).await?;
        for line in old {
            let license = license(number, &known, line, 0)?;
            let written = known.lines.contains_key(&line.record.line.to_string());
            let license = self.change_license(account, &license, written).await?;
            self.finish(number, &mut known, account, &license, line).await?;
        }
        Ok(())
    }

    /// Commits a transaction together with new lines. Seats that do not fit beside them follow.
    async fn add_lines(
        &self,
        transaction: Transaction<'_, Taken>,
        number: &OrderNumber,
        mut known: KnownOrder,
        account: AccountId,
        lines: &[&Line<'_>],
    ) -> Result<KnownOrder, ImportError> {
        let mut ledger = Ledger::default();
        for line in lines {
            ledger = ledger.granted(account, &license(number, &known, line, 0)?);
        }
        let mut room = MOST_ARMS.saturating_sub(ARMS + 2 * lines.len() + ledger.arms()) / ARMS_OF_A_SEAT;
        let (mut transaction, mut held) = (transaction, BTreeMap::new());
        let mut unfinished: Vec<(License, &Line<'_>)> = Vec::new();
        for line in lines {
            let fits = line.users.len() <= room;
            let users = if fits { line.users.as_slice() } else { &[] };
            let used = u32::try_from(users.len()).unwrap_or(u32::MAX);
            let license = license(number, &known, line, used)?;
            ledger = ledger.assigned(account, &license, i64::from(used));
            transaction = transaction.grant(account, &license, Taken::SerialNumber, Taken::OrderNumber);
            let row = LicenseRow::from(&license);
            transaction =
                users.iter().fold(transaction, |arms, user| arms.seat(account, license.id, &row, *user, None));
            users.iter().for_each(|user| *held.entry(*user).or_default() += 1);
            if fits {
                room -= line.users.len();
                known.lines.insert(line.record.line.to_string(), line.record.fingerprint.clone());
            } else {
                unfinished.push((license, line));
            }
        }
        let record = rows::to_item(&keys::imported_order(number), &known);
        let counted = self.count(transaction, account, ledger).await?;
        counted
            .count_all_held(account, held, &Taken::Account)
            .write(TableName::Accounts, record)
            .commit_with_what_follows()
            .await?;
        for (license, line) in unfinished {
            self.finish(number, &mut known, account, &license, line).await?;
        }
        Ok(known)
    }

    /// Assigns the seats of a line and notes that all of it is written.
    async fn finish(
        &self,
        number: &OrderNumber,
        known: &mut KnownOrder,
        account: AccountId,
        license: &License,
        line: &Line<'_>,
    ) -> Result<(), ImportError> {
        self.assign(account, license, &line.users).await?;
        known.lines.insert(line.record.line.to_string(), line.record.fingerprint.clone());
        let record = rows::to_item(&keys::imported_order(number), known);
        Ok(Transaction::<Taken>::new(self.store).write(TableName::Accounts, record).commit().await?)
    }

    /// A code that was replaced opens nothing any more; one that was used stays used.
    async fn cancel_code<'t>(
        &self,
        transaction: Transaction<'t, Taken>,
        hash: Option<&str>,
    ) -> Result<Transaction<'t, Taken>, ImportError> {
        let Some(hash) = hash else { return Ok(transaction) };
        if self.store.find_code(hash).await?.is_none_or(|code| !code.usable) {
            return Ok(transaction);
        }
        Ok(transaction.cancel_code(hash, Taken::Code))
    }

    /// The row of an activation code, which says all that joining needs to know of the account.
    async fn code<'t>(
        &self,
        transaction: Transaction<'t, Taken>,
        hash: &str,
        account: AccountId,
        order: &OrderNumber,
    ) -> Result<Transaction<'t, Taken>, ImportError> {
        let Some(item) = self.store.get(TableName::Accounts, keys::account(account)).await? else {
            return Err(Taken::Account.into());
        };
        let of = Account::try_from(rows::from_item::<AccountRow>(item)?)?;
        Ok(transaction.code(&of, order, hash, Taken::Code))
    }
}

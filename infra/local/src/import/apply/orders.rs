//! Orders with their lines.

use std::collections::{BTreeSet, HashMap};

use anyhow::{Context, Result, anyhow};
use credentials::random;
use domain::{OrderId, UserId, number::OrderNumber};
use futures_util::{StreamExt, stream};
use store::import::{KnownCustomer, KnownOrder, Line};

use super::super::licenses::License;
use super::super::orders::Order;
use super::super::progress::Progress;
use super::{AT_ONCE, Apply, stopped_at};

impl Apply<'_> {
    pub(super) async fn orders(&self) -> Result<()> {
        let orders: HashMap<&OrderNumber, &Order> =
            self.files.orders.rows.iter().map(|order| (&order.record.number, order)).collect();
        let numbers: BTreeSet<&OrderNumber> = orders.keys().copied().chain(self.files.licenses.lines.keys()).collect();
        let mut progress = Progress::begin(self.audience, "Writing orders", numbers.len());
        let orders = &orders;
        let mut writes = stream::iter(numbers)
            .map(|number| async move {
                self.order(number, orders.get(number).copied()).await.with_context(|| stopped_at(number))
            })
            .buffer_unordered(AT_ONCE);
        while let Some(written) = writes.next().await {
            written?;
            progress.step(1);
        }
        Ok(())
    }

    /// Writes one order, if there is anything to write.
    async fn order(&self, number: &OrderNumber, order: Option<&Order>) -> Result<()> {
        let known = self.known.orders.get(number);
        let customer = order.map(|order| &order.record.customer).or(known.map(|known| &known.customer));
        let customer =
            customer.and_then(|customer| self.known.customers.get(customer)).ok_or_else(|| anyhow!("no customer"))?;
        let lines = self.lines(number, known, customer)?;
        match (known, order) {
            (None, Some(order)) => {
                let id = OrderId::of_day(order.record.date, random());
                self.import.add_order(&order.record, order.code_hash().as_deref(), id, customer.id, &lines).await?;
            }
            (Some(known), order) => {
                let order = order.filter(|order| order.record.fingerprint != known.fingerprint);
                if order.is_some() || !lines.is_empty() {
                    let hash = order.and_then(Order::code_hash);
                    let record = order.map(|order| (&order.record, hash.as_deref()));
                    self.import.change_order(number, record, known.clone(), customer.id, &lines).await?;
                }
            }
            // The checks leave no lines without an order.
            (None, None) => {}
        }
        Ok(())
    }

    /// The lines of an order that are new or changed.
    fn lines(
        &self,
        number: &OrderNumber,
        known: Option<&KnownOrder>,
        customer: &KnownCustomer,
    ) -> Result<Vec<Line<'_>>> {
        let is_news = |license: &&License| {
            let record = &license.record;
            known.and_then(|known| known.lines.get(&record.line.to_string())) != Some(&record.fingerprint)
        };
        let lines = self.files.licenses.lines.get(number).map(Vec::as_slice).unwrap_or_default();
        lines.iter().filter(is_news).map(|license| self.line(license, customer)).collect()
    }

    fn line<'l>(&'l self, license: &'l License, customer: &KnownCustomer) -> Result<Line<'l>> {
        let record = &license.record;
        let product = self.known.products.get(&record.product).ok_or_else(|| anyhow!("no product"))?;
        let user = |email: &domain::EmailAddress| customer.people.get(&email.claim()).map(|person| person.user);
        let users: Option<Vec<UserId>> = record.assigned_to.iter().map(user).collect();
        Ok(Line { record, product_name: &product.name, users: users.ok_or_else(|| anyhow!("not one of its people"))? })
    }
}

//! Partner links.

use anyhow::{Context, Result, anyhow};

use super::super::progress::Progress;
use super::{Apply, stopped_at};

impl Apply<'_> {
    pub(super) async fn partners(&mut self) -> Result<()> {
        let links = &self.files.partners.rows;
        let mut progress = Progress::begin(self.audience, "Writing partner links", links.len());
        for link in links {
            progress.step(1);
            let record = &link.record;
            let partner = self.known.customers.get(&record.partner).map(|partner| partner.id);
            let customer = self.known.customers.get(&record.customer);
            let (Some(partner), Some(customer)) = (partner, customer) else {
                return Err(anyhow!("no account")).with_context(|| stopped_at(&record.customer));
            };
            if customer.partner.as_ref().is_some_and(|stored| stored.fingerprint == record.fingerprint) {
                continue;
            }
            let linked = self.import.link(record, partner, customer.clone()).await;
            let known = linked.with_context(|| stopped_at(&record.customer))?;
            self.known.customers.insert(record.customer.clone(), known);
        }
        Ok(())
    }
}

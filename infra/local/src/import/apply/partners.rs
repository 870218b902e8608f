//! Partner links.

use anyhow::{Context, Result, anyhow};
use futures_util::{StreamExt, stream};

use super::super::partners::Partnership;
use super::super::progress::Progress;
use super::{AT_ONCE, Apply, stopped_at};

impl Apply<'_> {
    pub(super) async fn partners(&self) -> Result<()> {
        let links = &self.files.partners.rows;
        let mut progress = Progress::begin(self.audience, "Writing partner links", links.len());
        // A customer has one partner, so that no two links write the same rows.
        let mut writes = stream::iter(links)
            .map(|link| async move { self.link(link).await.with_context(|| stopped_at(&link.record.customer)) })
            .buffer_unordered(AT_ONCE);
        while let Some(written) = writes.next().await {
            written?;
            progress.step(1);
        }
        Ok(())
    }

    /// Writes one link, if there is anything to write.
    async fn link(&self, link: &Partnership) -> Result<()> {
        let record = &link.record;
        let account = |number| self.known.customers.get(number).ok_or_else(|| anyhow!("no account"));
        let (partner, customer) = (account(&record.partner)?, account(&record.customer)?);
        if customer.partner.as_ref().is_none_or(|stored| stored.fingerprint != record.fingerprint) {
            self.import.link(record, partner.id, customer.clone()).await?;
        }
        Ok(())
    }
}

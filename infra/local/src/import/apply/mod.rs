//! Writing what is new or changed, in the order in which things refer to each other. Everything was checked before.

mod customers;
mod orders;
mod partners;

use anyhow::{Context, Result};
use domain::Timestamp;
use store::import::Import;

use super::files::Files;
use super::known::Known;
use super::progress::Audience;

/// How many writes are under way at once: the database answers while the next are made.
const AT_ONCE: usize = 8;

/// An import under way.
struct Apply<'a> {
    files: &'a Files,
    known: Known,
    import: &'a Import<'a>,
    now: Timestamp,
    audience: Audience,
}

/// Writes everything that the portal does not say already.
pub(super) async fn apply(
    files: &Files,
    known: Known,
    import: &Import<'_>,
    now: Timestamp,
    audience: Audience,
) -> Result<()> {
    let mut apply = Apply { files, known, import, now, audience };
    apply.products().await?;
    apply.customers().await?;
    apply.orders().await?;
    apply.partners().await
}

impl Apply<'_> {
    async fn products(&mut self) -> Result<()> {
        let mut written = false;
        for product in &self.files.products.rows {
            if self.known.products.get(&product.code).is_some_and(|known| product.is_said_of(known)) {
                continue;
            }
            self.import.put_product(product).await.with_context(|| stopped_at(&product.code))?;
            written = true;
        }
        if written {
            // As lines of orders are granted under them.
            self.known.products = self.import.products().await?;
        }
        Ok(())
    }
}

fn stopped_at(what: &impl std::fmt::Display) -> String {
    format!("the import stopped at {what}; what was written before is whole, and running it again goes on from there")
}

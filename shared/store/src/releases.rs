//! Releases, as the vendor's people see and change them (R703).

use domain::{
    EventId, Timestamp,
    log::{Event, LogOf, ReleaseChange},
    number::ProductCode,
    page::{Page, PageSize, Position},
    release::{Release, ReleaseState, Version},
    rights::{ListProducts, ManageProducts},
};

use crate::{
    Conflict, Store, StoreError, TableName, keys,
    listing::Listing,
    log,
    rows::{self, ReleaseRow},
    transaction::{Transaction, When},
};

/// Why a product or a release was not changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReleaseRefused {
    /// They are not (any more) who acted.
    Actor,
    /// There is no such product, or no such release.
    Missing,
    /// It is there already, or was changed meanwhile.
    Changed,
}

impl Store {
    /// A page of a product's releases, the newest first, whatever their state.
    ///
    /// # Errors
    /// If the database does not answer, or the position is not one of this list.
    pub async fn list_releases(
        &self,
        _: &ListProducts,
        product: &ProductCode,
        size: PageSize,
        from: Option<&Position>,
    ) -> Result<Page<Release>, StoreError> {
        let listing = Listing::of(keys::releases_partition(product)).by_day().backwards();
        let (items, next) = self.page(listing, size, from).await?;
        Ok(Page { items: items.into_iter().map(release).collect::<Result<_, StoreError>>()?, next })
    }

    /// Writes a release of a product that is there: a new one, or in place of a revision.
    ///
    /// # Errors
    /// [`ReleaseRefused`] says which condition did not hold.
    pub async fn put_release(
        &self,
        right: &ManageProducts,
        product: &ProductCode,
        release: &Release,
        replaces: Option<u32>,
        event: EventId,
        now: Timestamp,
    ) -> Result<(), Conflict<ReleaseRefused>> {
        let row = rows::to_item(&keys::release(product, &release.version), &ReleaseRow::from(release));
        let changed = changed(product, &release.version, release.state);
        Transaction::new(self)
            .by(right.authority(), ReleaseRefused::Actor)
            .check(TableName::Accounts, &keys::product(product), When::present(), ReleaseRefused::Missing)
            .put(TableName::Accounts, row, Some(When::replacing(replaces)), Some(ReleaseRefused::Changed))
            .write(TableName::Journal, log::entry(event, LogOf::Vendor, right.authority().user, &changed, now))
            .commit()
            .await
    }

    /// Withdraws a release; twice is once.
    ///
    /// # Errors
    /// [`ReleaseRefused`] says which condition did not hold.
    pub async fn withdraw_release(
        &self,
        right: &ManageProducts,
        product: &ProductCode,
        version: &Version,
        event: EventId,
        now: Timestamp,
    ) -> Result<(), Conflict<ReleaseRefused>> {
        let there = When::present().text(":withdrawn", ReleaseState::Withdrawn.name()).number(":one", 1);
        let changed = changed(product, version, ReleaseState::Withdrawn);
        Transaction::new(self)
            .by(right.authority(), ReleaseRefused::Actor)
            .update(
                TableName::Accounts,
                &keys::release(product, version),
                "SET st = :withdrawn REMOVE e ADD ve :one",
                there,
                ReleaseRefused::Missing,
            )
            .write(TableName::Journal, log::entry(event, LogOf::Vendor, right.authority().user, &changed, now))
            .commit()
            .await
    }
}

fn changed(product: &ProductCode, version: &Version, state: ReleaseState) -> Event {
    Event::ReleaseChanged(ReleaseChange { product: product.clone(), release: version.clone(), state })
}

/// The release a row holds.
pub(crate) fn release(item: rows::Item) -> Result<Release, StoreError> {
    let version = Version::parse(rows::sort_key(&item, keys::RELEASE_PREFIX)?)?;
    Ok(rows::from_item::<ReleaseRow>(item)?.into_release(version))
}

impl When {
    /// The row is still that revision; none: it is not there. A row without one is revision 0.
    pub fn replacing(revision: Option<u32>) -> Self {
        match revision {
            None => Self::absent(),
            Some(0) => Self::holds("attribute_exists(pk) AND attribute_not_exists(ve)"),
            Some(revision) => Self::holds("ve = :before").number(":before", revision),
        }
    }
}

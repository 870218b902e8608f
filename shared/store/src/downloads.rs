//! What a license opens: the releases of its product, and their files (R404).

use aws_sdk_dynamodb::types::KeysAndAttributes;
use domain::{
    AccountId, EventId, FileId, LicenseId, Timestamp, UserId,
    license::License,
    log::{Download, Event, LogOf},
    name::WebAddress,
    number::ProductCode,
    page::{Page, PageSize, Position},
    release::{Release, ReleaseState, Version},
    rights::{DownloadRelease, LicenseScope, ListLicenses},
};

use crate::{
    Conflict, Store, StoreError, TableName, Throttle, keys,
    listing::Listing,
    log,
    products::ProductRow,
    releases::release,
    rows::{self, LicenseRow},
    transaction::{Transaction, When},
};

/// A license with a page of the releases of its product.
#[derive(Debug, Clone)]
pub struct LicensedReleases {
    /// The license.
    pub license: License,
    /// The product's license terms.
    pub terms_url: Option<WebAddress>,
    /// Published releases, the newest first.
    pub releases: Page<Release>,
}

/// A file that somebody gets.
#[derive(Debug, Clone)]
pub struct NewDownload<'a> {
    /// By which license.
    pub license: &'a License,
    /// Which release.
    pub release: &'a Release,
    /// Which of its files.
    pub file: FileId,
}

/// Why a download was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DownloadRefused {
    /// They are not (any more) who asked.
    Actor,
    /// The license is not theirs (any more), or was cancelled.
    License,
    /// The release was changed or withdrawn.
    Release,
    /// Too often.
    Throttle,
}

/// What one read of several rows finds.
#[derive(Default)]
struct Found {
    license: Option<License>,
    has_seat: bool,
    terms_url: Option<WebAddress>,
    release: Option<Release>,
}

impl Store {
    /// A page of the releases of a license's product; none if the right's holder has no such license of that product,
    /// which the caller names so that everything is read at once.
    ///
    /// # Errors
    /// If the database does not answer, or the position is not one of this list.
    pub async fn list_licensed_releases(
        &self,
        right: &ListLicenses,
        license: LicenseId,
        product: &ProductCode,
        size: PageSize,
        from: Option<&Position>,
    ) -> Result<Option<LicensedReleases>, StoreError> {
        let found = self.look(right, license, Some(product), None);
        let (found, releases) = tokio::try_join!(found, self.published(product, size, from))?;
        let license = found.license.filter(|license| license.product_code == *product);
        Ok(license.map(|license| LicensedReleases { license, terms_url: found.terms_url, releases }))
    }

    /// A license and a published release of its product; neither if the right's holder has no such license. `product`
    /// is what the caller takes for its product, so that everything is read at once; if it is another, it is read again.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn find_release(
        &self,
        right: &ListLicenses,
        license: LicenseId,
        product: Option<&ProductCode>,
        version: &Version,
    ) -> Result<(Option<License>, Option<Release>), StoreError> {
        let mut found = self.look(right, license, product, Some(version)).await?;
        if let Some(license) = &found.license
            && product != Some(&license.product_code)
        {
            found.release = self.look(right, license.id, Some(&license.product_code), Some(version)).await?.release;
        }
        Ok((found.license, found.release.filter(|release| release.state == ReleaseState::Published)))
    }

    /// Notes in the account's log that somebody gets a file: if they may still have it.
    ///
    /// # Errors
    /// [`DownloadRefused`] says which condition did not hold.
    pub async fn record_download(
        &self,
        right: &DownloadRelease,
        download: &NewDownload<'_>,
        throttle: &Throttle,
        event: EventId,
        now: Timestamp,
    ) -> Result<(), Conflict<DownloadRefused>> {
        let NewDownload { license, release, file } = download;
        let (account, user) = (right.authority().account, right.authority().person.user);
        let (id, product) = (license.id, license.product_code.clone());
        let in_force = When::holds("attribute_exists(pk) AND attribute_not_exists(x)");
        let unchanged = When::holds("attribute_exists(e) AND ve = :revision").number(":revision", release.revision);
        let (refused, log) = (DownloadRefused::License, LogOf::Account(account));
        let download = Download { license: id, product, release: release.version.clone(), file: *file };
        let event_row = Event::Downloaded(download);
        let mut transaction = Transaction::new(self).by_member(right.authority(), DownloadRefused::Actor).check(
            TableName::Accounts,
            &keys::license(account, id),
            in_force,
            refused,
        );
        if right.scope() == LicenseScope::Assigned {
            let key = keys::assigned(account, user, id);
            transaction = transaction.check(TableName::Accounts, &key, When::present(), refused);
        }
        let key = keys::release(&license.product_code, &release.version);
        transaction
            .check(TableName::Accounts, &key, unchanged, DownloadRefused::Release)
            .count(throttle, now, DownloadRefused::Throttle)
            .write(TableName::Journal, log::entry(event, log, right.authority(), &event_row, now))
            .commit()
            .await
    }

    async fn published(
        &self,
        product: &ProductCode,
        size: PageSize,
        from: Option<&Position>,
    ) -> Result<Page<Release>, StoreError> {
        let listing = Listing::of(keys::releases_partition(product)).by_end().backwards();
        let (items, next) = self.page(listing, size, from).await?;
        Ok(Page { items: items.into_iter().map(release).collect::<Result<_, StoreError>>()?, next })
    }

    /// The license itself, whether the person has a seat of it, and what is asked for of its product, in one read. The
    /// license is the account's own row: a seat's copy may lag behind it.
    async fn look(
        &self,
        right: &ListLicenses,
        license: LicenseId,
        product: Option<&ProductCode>,
        version: Option<&Version>,
    ) -> Result<Found, StoreError> {
        let (account, user): (AccountId, UserId) = (right.account(), right.user());
        let mut wanted =
            KeysAndAttributes::builder().keys(keys::license(account, license).to_map()).consistent_read(true);
        if right.scope() == LicenseScope::Assigned {
            wanted = wanted.keys(keys::assigned(account, user, license).to_map());
        }
        wanted = match (product, version) {
            (None, _) => wanted,
            (Some(product), None) => wanted.keys(keys::product(product).to_map()),
            (Some(product), Some(version)) => wanted.keys(keys::release(product, version).to_map()),
        };
        let mut found = Found { has_seat: right.scope() == LicenseScope::Account, ..Found::default() };
        let (seats, (_, products)) = (keys::assigned_partition(account, user), keys::products());
        for (_, item) in self.batch_get([(TableName::Accounts, wanted.build()?)]).await? {
            if crate::portal::text(&item, "pk").is_some_and(|pk| pk == seats) {
                found.has_seat = true;
            } else if rows::sort_key(&item, products).is_ok() {
                found.terms_url = rows::from_item::<ProductRow>(item)?.tu;
            } else if rows::sort_key(&item, keys::RELEASE_PREFIX).is_ok() {
                found.release = Some(release(item)?);
            } else {
                found.license = Some(rows::from_item::<LicenseRow>(item)?.into_license(license)?);
            }
        }
        if !found.has_seat {
            found.license = None;
        }
        Ok(found)
    }
}

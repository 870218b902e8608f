//! The licenses that a member has a seat of (R311).

use domain::{
    UserId,
    license::License,
    page::{Page, PageSize, Position},
    rights::ListMembers,
};

use crate::{Store, StoreError, TableName, keys, licenses::licenses, listing::Listing};

impl Store {
    /// A page of the licenses that a member of the account has a seat of, the newest order first; none if they are no
    /// member of it.
    ///
    /// # Errors
    /// If the database does not answer, or the position is not one of this list.
    pub async fn list_licenses_of(
        &self,
        right: &ListMembers,
        user: UserId,
        from: Option<&Position>,
    ) -> Result<Option<Page<License>>, StoreError> {
        let seats = Listing::of(keys::assigned_partition(right.account(), user)).backwards();
        let (member, page) = tokio::join!(
            self.get(TableName::Accounts, keys::membership(right.account(), user)),
            self.page(seats, PageSize::default(), from),
        );
        let (Some(_), (items, next)) = (member?, page?) else { return Ok(None) };
        Ok(Some(Page { items: licenses(Some(items))?, next }))
    }
}

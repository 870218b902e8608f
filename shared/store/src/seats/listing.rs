//! Who has a seat of a license, and who could have one. Seats and memberships say who; names are read with them, which
//! is a second call in a row.

use domain::{
    LicenseId, Membership, MembershipStatus, User, UserId, UserStatus,
    page::{Page, PageSize, Position},
    rights::ListSeats,
};

use crate::{
    FoundLicense, Store, StoreError, TableName, keys,
    listing::Listing,
    rows::{self, Item, MembershipRow, UserRow},
};

/// How many people to a page: two rows of each are read at once, and the database takes 100 keys a call.
fn page_size() -> PageSize {
    PageSize::default()
}

/// Somebody who has a seat of a license.
pub struct Holder {
    /// The person.
    pub user: User,
    /// Whether they are at work in the account: somebody deactivated keeps the seat.
    pub active: bool,
}

/// Somebody in the account of a license.
pub struct Candidate {
    /// The person.
    pub user: User,
    /// Whether they can be given a seat.
    pub active: bool,
    /// Whether they have one.
    pub assigned: bool,
}

impl Store {
    /// A license of the account, for somebody who gives seats of it.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn find_license_of_seats(
        &self,
        right: &ListSeats,
        license: LicenseId,
    ) -> Result<Option<FoundLicense>, StoreError> {
        let item = self.get(TableName::Accounts, keys::license(right.account(), license)).await?;
        item.map(|item| FoundLicense::read(license, item)).transpose()
    }

    /// Who has a seat of a license of the account; none if it has no such license.
    ///
    /// # Errors
    /// If the database does not answer, or the position is not one of this list.
    pub async fn list_seats(
        &self,
        right: &ListSeats,
        license: LicenseId,
        from: Option<&Position>,
    ) -> Result<Option<Page<Holder>>, StoreError> {
        let account = right.account();
        let seats = Listing::of(keys::seats_partition(account, license));
        let (found, seats) = tokio::join!(
            self.get(TableName::Accounts, keys::license(account, license)),
            self.page(seats, page_size(), from)
        );
        let (Some(_), (items, next)) = (found?, seats?) else { return Ok(None) };
        let users = users(&items, "")?;
        let rows = users.iter().flat_map(|user| [keys::user(*user), keys::membership(account, *user)]);
        let mut found = self.items(TableName::Accounts, rows.collect()).await?;
        let mut holders = Vec::with_capacity(users.len());
        for user in users {
            let membership = found.remove(&keys::membership(account, user));
            let Some(person) = found.remove(&keys::user(user)) else { continue };
            let user = User::from(rows::from_item::<UserRow>(person)?);
            let active = membership.map(|item| is_active(item, &user)).transpose()?.unwrap_or(false);
            holders.push(Holder { user, active });
        }
        Ok(Some(Page { items: holders, next }))
    }

    /// Everybody in the account, and whether they have a seat of a license; none if the account has no such license.
    ///
    /// # Errors
    /// If the database does not answer, or the position is not one of this list.
    pub async fn list_candidates(
        &self,
        right: &ListSeats,
        license: LicenseId,
        from: Option<&Position>,
    ) -> Result<Option<Page<Candidate>>, StoreError> {
        let account = right.account();
        let members = Listing::of(keys::account_partition(account)).beginning(keys::MEMBER_PREFIX);
        let (found, members) = tokio::join!(
            self.get(TableName::Accounts, keys::license(account, license)),
            self.page(members, page_size(), from)
        );
        let (Some(_), (items, next)) = (found?, members?) else { return Ok(None) };
        let users = users(&items, keys::MEMBER_PREFIX)?;
        let rows = users.iter().flat_map(|user| [keys::user(*user), keys::assigned(account, *user, license)]);
        let mut found = self.items(TableName::Accounts, rows.collect()).await?;
        let mut candidates = Vec::with_capacity(users.len());
        for (user, membership) in users.into_iter().zip(items) {
            let assigned = found.contains_key(&keys::assigned(account, user, license));
            let Some(person) = found.remove(&keys::user(user)) else { continue };
            let user = User::from(rows::from_item::<UserRow>(person)?);
            let active = is_active(membership, &user)?;
            candidates.push(Candidate { user, active, assigned });
        }
        Ok(Some(Page { items: candidates, next }))
    }
}

fn users(items: &[Item], prefix: &str) -> Result<Vec<UserId>, StoreError> {
    items.iter().map(|item| Ok(UserId::parse(rows::sort_key(item, prefix)?)?)).collect()
}

/// Whether a member works in the account, with a login that is not being closed.
fn is_active(membership: Item, user: &User) -> Result<bool, StoreError> {
    let membership = Membership::from(rows::from_item::<MembershipRow>(membership)?);
    Ok(match (membership.status, user.status) {
        (MembershipStatus::Active, UserStatus::Invited | UserStatus::Active) => true,
        (MembershipStatus::Active, UserStatus::Closing)
        | (MembershipStatus::Deactivated | MembershipStatus::Unlinked, _) => false,
    })
}

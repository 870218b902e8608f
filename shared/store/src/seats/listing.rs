//! Who has a seat of a license, and who could have one. Both are sorted by person. Names are those of the account's own
//! rows of its members.

use std::collections::{HashMap, HashSet};

use domain::{
    AccountId, EmailAddress, LicenseId, User, UserId,
    member::{Group, Member},
    page::{Page, PageSize, Position},
    rights::ListSeats,
};

use crate::{
    FoundLicense, Store, StoreError, TableName, keys,
    keys::Key,
    listing::Listing,
    rows::{self, Item, UserRow},
};

/// Somebody who has a seat of a license.
pub struct Holder {
    /// The person.
    pub user: UserId,
    /// First and last name.
    pub name: String,
    /// Their address.
    pub email: EmailAddress,
    /// Whether they are at work in the account: somebody deactivated keeps the seat.
    pub active: bool,
}

/// Somebody in the account of a license.
pub struct Candidate {
    /// The person.
    pub member: Member,
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

    /// Who has a seat of a license of the account; none if it has no such license. Seats only say who: members are read
    /// beside them from the same person on, in the same order, and in an account of more than a page those of them who come
    /// later afterwards.
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
        let members = Listing::of(keys::account_partition(account)).beginning(keys::MEMBER_PREFIX);
        let behind = from.map(among_members).transpose()?;
        let (found, seats, members) = tokio::join!(
            self.get(TableName::Accounts, keys::license(account, license)),
            self.page(seats, PageSize::default(), from),
            self.page(members, PageSize::default(), behind.as_ref()),
        );
        let (Some(_), (items, next), (members, more)) = (found?, seats?, members?) else { return Ok(None) };
        let users = users(&items, "")?;
        let mut members: HashMap<Key, Item> =
            members.into_iter().map(|item| Ok((Key::of(&item)?, item))).collect::<Result<_, StoreError>>()?;
        if let Some(Position(last)) = more {
            let later = users.iter().map(|user| keys::membership(account, *user));
            let later: Vec<Key> = later.filter(|key| last.first().is_some_and(|last| key.sk > *last)).collect();
            if !later.is_empty() {
                members.extend(self.items(TableName::Accounts, later).await?);
            }
        }
        let mut left = self.who_left(account, &users, &members).await?;
        let mut holders = Vec::with_capacity(users.len());
        for user in users {
            if let Some(item) = members.remove(&keys::membership(account, user)) {
                let member = rows::member(item)?;
                let (name, active) = (member.full_name(), is_active(&member));
                holders.push(Holder { user, name, email: member.email, active });
            } else if let Some(item) = left.remove(&keys::user(user)) {
                let person = User::from(rows::from_item::<UserRow>(item)?);
                holders.push(Holder { user, name: person.full_name(), email: person.email, active: false });
            }
        }
        Ok(Some(Page { items: holders, next }))
    }

    /// Those who belong to the account no more, and whose seats are just being freed.
    async fn who_left(
        &self,
        account: AccountId,
        users: &[UserId],
        members: &HashMap<Key, Item>,
    ) -> Result<HashMap<Key, Item>, StoreError> {
        let left = users.iter().filter(|user| !members.contains_key(&keys::membership(account, **user)));
        let wanted: Vec<Key> = left.map(|user| keys::user(*user)).collect();
        if wanted.is_empty() { Ok(HashMap::new()) } else { self.items(TableName::Accounts, wanted).await }
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
        let seats = Listing::of(keys::seats_partition(account, license));
        let behind = from.map(among_seats).transpose()?;
        let (found, members, seats) = tokio::join!(
            self.get(TableName::Accounts, keys::license(account, license)),
            self.page(members, PageSize::default(), from),
            self.page(seats, PageSize::default(), behind.as_ref()),
        );
        let (Some(_), (items, next), (seats, more)) = (found?, members?, seats?) else { return Ok(None) };
        let mut seated: HashSet<UserId> = users(&seats, "")?.into_iter().collect();
        // As many seats as members, from the same person on, and in the same order: whoever of this page has one is among
        // them. Only seats of people who have just left, or a page that the database cut short, leave some to be asked for.
        if let Some(Position(last)) = more {
            let asked = |user: &UserId| last.first().is_some_and(|last| user.to_string() > *last);
            let unsaid = users(&items, keys::MEMBER_PREFIX)?.into_iter().filter(asked);
            let unsaid: Vec<UserId> = unsaid.collect();
            if !unsaid.is_empty() {
                let wanted = unsaid.iter().map(|user| keys::seat(account, license, *user)).collect();
                let there = self.items(TableName::Accounts, wanted).await?;
                seated
                    .extend(unsaid.into_iter().filter(|user| there.contains_key(&keys::seat(account, license, *user))));
            }
        }
        let candidate = |item| {
            let member = rows::member(item)?;
            Ok(Candidate { active: is_active(&member), assigned: seated.contains(&member.user), member })
        };
        Ok(Some(Page { items: items.into_iter().map(candidate).collect::<Result<_, StoreError>>()?, next }))
    }
}

/// The position among a license's seats that is one among the members.
fn among_seats(Position(members): &Position) -> Result<Position, StoreError> {
    let user = members.first().and_then(|sk| sk.strip_prefix(keys::MEMBER_PREFIX));
    user.map(|user| Position(vec![user.to_owned()])).ok_or_else(|| StoreError::row("a position of another list"))
}

/// The same the other way round.
fn among_members(Position(seats): &Position) -> Result<Position, StoreError> {
    let user = seats.first().ok_or_else(|| StoreError::row("a position of another list"))?;
    Ok(Position(vec![format!("{}{user}", keys::MEMBER_PREFIX)]))
}

fn users(items: &[Item], prefix: &str) -> Result<Vec<UserId>, StoreError> {
    items.iter().map(|item| Ok(UserId::parse(rows::sort_key(item, prefix)?)?)).collect()
}

/// Whether a member can have a seat: they work in the account, with a login that is not being closed, and are no guest.
fn is_active(member: &Member) -> bool {
    match member.group() {
        Group::Managers | Group::Members | Group::Invited => true,
        Group::Guests | Group::Contacts | Group::Inactive => false,
    }
}

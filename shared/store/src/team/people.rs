//! Lists of an account's people (R302, R307). Each order is an index over the rows themselves, so every page is one query.

use domain::{
    UserId,
    member::{Member, PeopleQuery, Person},
    page::{Page, PageSize, Position},
    rights::ListMembers,
};

use crate::{
    Store, StoreError, TableName, keys,
    listing::Listing,
    rows::{self, Item},
};

impl Store {
    /// A page of an account's people.
    ///
    /// # Errors
    /// If the database does not answer, or the position is not one of this list.
    pub async fn list_people(
        &self,
        right: &ListMembers,
        query: &PeopleQuery,
        backwards: bool,
        size: PageSize,
        from: Option<&Position>,
    ) -> Result<Page<Person>, StoreError> {
        let people = Listing::of(keys::account_partition(right.account()));
        let listing = match query {
            PeopleQuery::Named(name) => people.by_name().beginning(name.as_str()),
            PeopleQuery::Group(group, name) => people.by_group().beginning(format!("{}#{name}", group.name())),
            PeopleQuery::Email(email) => people.by_email().beginning(email.as_str()),
            PeopleQuery::Seen => people.by_seen(),
        };
        let listing = if backwards { listing.backwards() } else { listing };
        let (items, next) = self.page(listing, size, from).await?;
        Ok(Page { items: items.into_iter().map(person).collect::<Result<_, _>>()?, next })
    }

    /// A member of an account.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn find_member(&self, right: &ListMembers, user: UserId) -> Result<Option<Member>, StoreError> {
        let found = self.get(TableName::Accounts, keys::membership(right.account(), user)).await?;
        found.map(rows::member).transpose()
    }
}

pub(super) fn person(item: Item) -> Result<Person, StoreError> {
    if rows::sort_key(&item, "")?.starts_with(keys::CONTACT_PREFIX) {
        rows::contact(item).map(Person::Contact)
    } else {
        rows::member(item).map(Person::Member)
    }
}

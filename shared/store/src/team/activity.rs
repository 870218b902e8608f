//! What an account's log says: of one of its people (R311), and of everything that was done in it (R513). People's own logs
//! are theirs.

use std::collections::{BTreeSet, HashMap};

use aws_sdk_dynamodb::types::AttributeValue;
use domain::{
    AccountId, Timestamp, UserId,
    actor::Capacity,
    log::LogOf,
    member::Member,
    name::AccountName,
    page::{Page, PageSize, Position},
    rights::{ListMembers, ShowOutsiders},
};
use serde::Deserialize;

use crate::{
    Store, StoreError, TableName, keys,
    listing::Listing,
    log::OutsiderRow,
    portal::text,
    rows::{self, Item},
    schema,
};

/// An entry of the log.
pub struct Activity {
    /// When.
    pub at: Timestamp,
    /// What happened, by its word in the log.
    pub event: String,
    /// What of it: of somebody's place in the team, how it changed.
    pub change: Option<String>,
    /// Whom it is about, if that is one other than who did it, and what they are called, if they belong to the account.
    pub person: Option<(UserId, Option<String>)>,
    /// Who did it; none if the portal did, or somebody of the account's own people who is none any more.
    pub by: Option<DoneBy>,
}

/// Who did something, and as what (R513).
#[derive(Debug, Clone)]
pub struct DoneBy {
    /// Who.
    pub user: UserId,
    /// What they are called: of whoever came from another account, what they were called then. The vendor's people are not
    /// named.
    pub name: Option<String>,
    /// As what.
    pub capacity: Capacity,
    /// The account they came from.
    pub home: Option<AccountName>,
}

/// What is read of an entry.
#[derive(Deserialize)]
struct EntryRow {
    /// when, in milliseconds
    t: i64,
    /// who
    #[serde(default)]
    u: Option<UserId>,
    /// where they came from
    #[serde(default)]
    o: Option<OutsiderRow>,
    event: String,
    #[serde(default)]
    change: Option<String>,
    /// whose place in the team changed
    #[serde(default)]
    user: Option<UserId>,
    /// who asked to join
    #[serde(default)]
    claimant: Option<UserId>,
}

impl EntryRow {
    fn about(&self) -> Option<UserId> {
        self.user.or(self.claimant)
    }

    /// Whose names are to be looked up: what an outsider is called stands in the entry.
    fn named(&self) -> impl Iterator<Item = UserId> {
        self.u.filter(|_| self.o.is_none()).into_iter().chain(self.about())
    }

    fn into_activity(self, people: &HashMap<UserId, Member>) -> Result<Activity, StoreError> {
        let person = self.about().map(|user| (user, people.get(&user).map(Member::full_name)));
        let by = match (self.u, self.o) {
            (None, _) => None,
            (Some(user), Some(OutsiderRow { c, hn, n, .. })) => Some(DoneBy { user, name: n, capacity: c, home: hn }),
            (Some(user), None) => people.get(&user).map(|member| DoneBy::of(user, member)),
        };
        Ok(Activity { at: rows::at(self.t)?, event: self.event, change: self.change, person, by })
    }
}

impl DoneBy {
    /// One of the account's people; where an entry says nothing of a guest, their place does.
    fn of(user: UserId, member: &Member) -> Self {
        let guest = member.membership.guest.as_ref();
        Self {
            user,
            name: Some(member.full_name()),
            capacity: if guest.is_some() { Capacity::Guest } else { Capacity::Member },
            home: guest.map(|guest| guest.home_name.clone()),
        }
    }
}

impl Store {
    /// A page of what the account's log says of a member, the newest first; none if they are no member of it.
    ///
    /// # Errors
    /// If the database does not answer, or the position is not one of this list.
    pub async fn list_activity(
        &self,
        right: &ListMembers,
        user: UserId,
        from: Option<&Position>,
    ) -> Result<Option<Page<Activity>>, StoreError> {
        let account = right.account();
        let (member, entries, colleagues) = tokio::join!(
            self.get(TableName::Accounts, keys::membership(account, user)),
            self.entries_about(account, user, from),
            self.colleagues(account),
        );
        let (Some(member), (entries, next), mut people) = (member?, entries?, colleagues?) else { return Ok(None) };
        people.push(member);
        Ok(Some(Page { items: self.activities(account, entries, people).await?, next }))
    }

    /// A page of an account's whole log, the newest first.
    ///
    /// # Errors
    /// If the database does not answer, or the position is not one of this list.
    pub async fn list_account_activity(
        &self,
        right: &ShowOutsiders,
        from: Option<&Position>,
    ) -> Result<Page<Activity>, StoreError> {
        let account = right.account();
        let (entries, colleagues) = tokio::try_join!(self.entries_of(account, from), self.colleagues(account))?;
        let (entries, next) = entries;
        Ok(Page { items: self.activities(account, entries, colleagues).await?, next })
    }

    /// Who acts upon others looks after the team, or did: managers and members are read beside the log, which only names
    /// them by id.
    async fn colleagues(&self, account: AccountId) -> Result<Vec<Item>, StoreError> {
        let colleagues = Listing::of(keys::account_partition(account)).managers_and_members();
        Ok(self.page(colleagues, PageSize::default(), None).await?.0)
    }

    /// Those entries with the names of whom they are about; `known` are rows of people that are read already.
    async fn activities(
        &self,
        account: AccountId,
        entries: Vec<Item>,
        known: Vec<Item>,
    ) -> Result<Vec<Activity>, StoreError> {
        let entries = entries.into_iter().map(rows::from_item::<EntryRow>).collect::<Result<Vec<_>, _>>()?;
        let mut people: HashMap<UserId, Member> = HashMap::new();
        for item in known {
            let member = rows::member(item)?;
            people.insert(member.user, member);
        }
        let others: BTreeSet<UserId> =
            entries.iter().flat_map(EntryRow::named).filter(|user| !people.contains_key(user)).collect();
        if !others.is_empty() {
            let wanted = others.into_iter().map(|user| keys::membership(account, user)).collect();
            for item in self.items(TableName::Accounts, wanted).await?.into_values() {
                let member = rows::member(item)?;
                people.insert(member.user, member);
            }
        }
        entries.into_iter().map(|entry| entry.into_activity(&people)).collect()
    }

    /// Entries of an account's log, the newest first.
    async fn entries_of(
        &self,
        account: AccountId,
        from: Option<&Position>,
    ) -> Result<(Vec<Item>, Option<Position>), StoreError> {
        let partition = keys::log_partition(LogOf::Account(account));
        let start = match from.map(|Position(parts)| parts.as_slice()) {
            None => None,
            Some([sk]) => Some(start([("pk", &partition), ("sk", sk)])),
            Some(_) => return Err(StoreError::row("a position of another list")),
        };
        let reply = self
            .client
            .query()
            .table_name(self.table(TableName::Journal))
            .consistent_read(true)
            .limit(i32::from(PageSize::default().get()))
            .scan_index_forward(false)
            .set_exclusive_start_key(start)
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", AttributeValue::S(partition))
            .send()
            .await
            .map_err(StoreError::from_sdk)?;
        let next = reply.last_evaluated_key.as_ref().map(|key| position(key, &["sk"])).transpose()?;
        Ok((reply.items.unwrap_or_default(), next))
    }

    /// Entries of an account's log about one person, the newest first.
    async fn entries_about(
        &self,
        account: AccountId,
        user: UserId,
        from: Option<&Position>,
    ) -> Result<(Vec<Item>, Option<Position>), StoreError> {
        let partition = keys::log_partition(LogOf::Account(account));
        let start = match from.map(|Position(parts)| parts.as_slice()) {
            None => None,
            Some([sk, pe]) => Some(start([("pk", &partition), ("sk", sk), ("pe", pe)])),
            Some(_) => return Err(StoreError::row("a position of another list")),
        };
        let reply = self
            .client
            .query()
            .table_name(self.table(TableName::Journal))
            .index_name(schema::BY_PERSON)
            .consistent_read(true)
            .limit(i32::from(PageSize::default().get()))
            .scan_index_forward(false)
            .set_exclusive_start_key(start)
            .key_condition_expression("pk = :pk AND begins_with(pe, :pe)")
            .expression_attribute_values(":pk", AttributeValue::S(partition))
            .expression_attribute_values(":pe", AttributeValue::S(format!("{user}#")))
            .send()
            .await
            .map_err(StoreError::from_sdk)?;
        let next = reply.last_evaluated_key.as_ref().map(|key| position(key, &["sk", "pe"])).transpose()?;
        Ok((reply.items.unwrap_or_default(), next))
    }
}

fn start<const N: usize>(parts: [(&str, &String); N]) -> HashMap<String, AttributeValue> {
    parts.map(|(name, value)| (name.to_owned(), AttributeValue::S(value.clone()))).into()
}

fn position(key: &Item, names: &[&str]) -> Result<Position, StoreError> {
    let parts = names.iter().map(|name| text(key, name)).collect::<Option<Vec<_>>>();
    parts.map(Position).ok_or_else(|| StoreError::row("a last key without its parts"))
}

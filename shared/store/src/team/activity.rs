//! What an account's log says of one of its people (R311). Their own log is theirs.

use std::collections::{BTreeSet, HashMap};

use aws_sdk_dynamodb::types::AttributeValue;
use domain::{
    AccountId, Timestamp, UserId,
    member::{Group, Member},
    page::{Page, PageSize, Position},
    rights::ListMembers,
};
use serde::Deserialize;

use crate::{
    Store, StoreError, TableName, keys,
    listing::Listing,
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
    /// Who did it; none if the portal did, or somebody who is not among the account's people.
    pub by: Option<Member>,
}

/// What is read of an entry.
#[derive(Deserialize)]
struct EntryRow {
    /// when, in milliseconds
    t: i64,
    /// who
    #[serde(default)]
    u: Option<UserId>,
    event: String,
    #[serde(default)]
    change: Option<String>,
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
        // Who acts upon others looks after the team: they are read beside the log, which only names them by id.
        let managers = Listing::of(keys::account_partition(account)).by_group();
        let managers = managers.beginning(format!("{}#", Group::Managers.name()));
        let (member, entries, managers) = tokio::join!(
            self.get(TableName::Accounts, keys::membership(account, user)),
            self.entries_about(account, user, from),
            self.page(managers, PageSize::default(), None),
        );
        let (Some(member), (entries, next), (managers, _)) = (member?, entries?, managers?) else { return Ok(None) };
        let entries = entries.into_iter().map(rows::from_item::<EntryRow>).collect::<Result<Vec<_>, _>>()?;
        let mut people: HashMap<UserId, Member> = HashMap::new();
        for item in managers.into_iter().chain([member]) {
            let member = rows::member(item)?;
            people.insert(member.user, member);
        }
        let others = entries.iter().filter_map(|entry| entry.u).filter(|user| !people.contains_key(user));
        let others: BTreeSet<UserId> = others.collect();
        if !others.is_empty() {
            let wanted = others.into_iter().map(|user| keys::membership(account, user)).collect();
            for item in self.items(TableName::Accounts, wanted).await?.into_values() {
                let member = rows::member(item)?;
                people.insert(member.user, member);
            }
        }
        let activity = |EntryRow { t, u, event, change }| {
            let by = u.and_then(|user| people.get(&user).cloned());
            Ok(Activity { at: rows::at(t)?, event, change, by })
        };
        Ok(Some(Page { items: entries.into_iter().map(activity).collect::<Result<_, StoreError>>()?, next }))
    }

    /// Entries of an account's log about one person, the newest first.
    async fn entries_about(
        &self,
        account: AccountId,
        user: UserId,
        from: Option<&Position>,
    ) -> Result<(Vec<Item>, Option<Position>), StoreError> {
        let partition = keys::log_partition(domain::log::LogOf::Account(account));
        let start = match from.map(|Position(parts)| parts.as_slice()) {
            None => None,
            Some([sk, pe]) => {
                let parts = [("pk", &partition), ("sk", sk), ("pe", pe)];
                Some(parts.map(|(name, value)| (name.to_owned(), AttributeValue::S(value.clone()))).into())
            }
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
        let position = |key: &Item| {
            let parts = ["sk", "pe"].map(|name| text(key, name)).into_iter().collect::<Option<Vec<_>>>();
            parts.map(Position).ok_or_else(|| StoreError::row("a last key without its parts"))
        };
        let next = reply.last_evaluated_key.as_ref().map(position).transpose()?;
        Ok((reply.items.unwrap_or_default(), next))
    }
}

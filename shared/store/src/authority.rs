//! The authority of a request: the rows its cookie names, in one strongly consistent read.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::KeysAndAttributes;
use domain::{
    Account, Membership, Timestamp, User,
    actor::{Found, Names},
    session::{ABSOLUTE, Session},
};

use crate::{
    Store, StoreError, TableName,
    keys::{self, Key},
    rows, update,
};

impl Store {
    /// Reads session, person, account and membership; of a guest also those of their own account, of a partner's person who
    /// acts on a customer also that. Missing rows are missing; judging them is the domain's.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn find(&self, names: &Names) -> Result<Found, StoreError> {
        let session =
            KeysAndAttributes::builder().keys(keys::session(names.user, &names.session).to_map()).consistent_read(true);
        let mut others = KeysAndAttributes::builder().keys(keys::user(names.user).to_map()).consistent_read(true);
        let place = names.account.map(|account| (keys::account(account), keys::membership(account, names.user)));
        let home = names.home.map(|home| (keys::account(home), keys::membership(home, names.user)));
        let customer = names.customer.map(keys::account);
        let mut also: Vec<&Key> = place.iter().chain(&home).flat_map(|(account, member)| [account, member]).collect();
        also.extend(&customer);
        // DynamoDB takes no key twice.
        also.sort_unstable();
        also.dedup();
        for key in also {
            others = others.keys(key.to_map());
        }
        let wanted = [(TableName::Sessions, session.build()?), (TableName::Accounts, others.build()?)];
        let mut found = Found::default();
        let mut of_accounts = HashMap::new();
        for (table, item) in self.batch_get(wanted).await? {
            match (table, rows::sort_key(&item, "")?) {
                (TableName::Sessions, _) => {
                    found.session = Some(Session::try_from(rows::from_item::<rows::SessionRow>(item)?)?)
                }
                (_, "USER") => found.user = Some(User::from(rows::from_item::<rows::UserRow>(item)?)),
                (_, _) => drop(of_accounts.insert(Key::of(&item)?, item)),
            }
        }
        let account = |key: &Key| -> Result<Option<Account>, StoreError> {
            let row = of_accounts.get(key).cloned().map(rows::from_item::<rows::AccountRow>).transpose()?;
            row.map(Account::try_from).transpose()
        };
        let member = |key: &Key| -> Result<Option<rows::MembershipAndNameRow>, StoreError> {
            of_accounts.get(key).cloned().map(rows::from_item).transpose()
        };
        if let Some((place, there)) = &place {
            found.account = account(place)?;
            (found.membership, found.user_name) = match member(there)? {
                None => (None, None),
                Some(row) => (Some(Membership::from(row.membership)), row.un),
            };
        }
        if let Some((place, there)) = &home {
            found.home = (account(place)?, member(there)?.map(|row| row.membership.into()));
        }
        if let Some(customer) = &customer {
            found.customer = account(customer)?;
        }
        Ok(found)
    }

    /// Notes that a session is in use, unless it has ended meanwhile or was noted at the same time by another request.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn renew(&self, names: &Names, session: &Session, now: Timestamp) -> Result<(), StoreError> {
        use aws_sdk_dynamodb::types::AttributeValue::N;
        debug_assert!(session.expires_at <= session.started_at + ABSOLUTE, "no session outlives its absolute end");
        let update = self
            .client
            .update_item()
            .table_name(self.table(TableName::Sessions))
            .set_key(Some(keys::session(names.user, &names.session).to_map()))
            .update_expression("SET s = :now")
            .condition_expression("s = :seen")
            .expression_attribute_values(":now", N(now.as_millisecond().to_string()))
            .expression_attribute_values(":seen", N(session.seen_at.as_millisecond().to_string()));
        update::send(update).await.map(drop)
    }
}

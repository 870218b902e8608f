//! The authority of a request: the rows its cookie names, in one strongly consistent read.

use aws_sdk_dynamodb::types::KeysAndAttributes;
use domain::{
    Membership, Timestamp, User,
    actor::{Found, Names},
    session::{ABSOLUTE, Session},
};

use crate::{Store, StoreError, TableName, keys, rows, update};

impl Store {
    /// Reads session, person, account and membership. Missing rows are missing; judging them is the domain's.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn find(&self, names: &Names) -> Result<Found, StoreError> {
        let session =
            KeysAndAttributes::builder().keys(keys::session(names.user, &names.session).to_map()).consistent_read(true);
        let mut others = KeysAndAttributes::builder().keys(keys::user(names.user).to_map()).consistent_read(true);
        if let Some(account) = names.account {
            others = others.keys(keys::account(account).to_map()).keys(keys::membership(account, names.user).to_map());
        }
        let wanted = [(TableName::Sessions, session.build()?), (TableName::Accounts, others.build()?)];
        let mut found = Found::default();
        for (table, item) in self.batch_get(wanted).await? {
            match (table, rows::sort_key(&item, "")?) {
                (TableName::Sessions, _) => {
                    found.session = Some(Session::try_from(rows::from_item::<rows::SessionRow>(item)?)?)
                }
                (_, "USER") => found.user = Some(User::from(rows::from_item::<rows::UserRow>(item)?)),
                (_, "ACCOUNT") => found.account = Some(rows::from_item::<rows::AccountRow>(item)?.try_into()?),
                (_, _) => {
                    let row: rows::MembershipAndNameRow = rows::from_item(item)?;
                    (found.membership, found.user_name) = (Some(Membership::from(row.membership)), row.un);
                }
            }
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

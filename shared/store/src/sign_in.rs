//! Signing in: from a name to a login, its hash and its memberships, in two round trips; the session is the third.

use crate::{
    Store, StoreError, StoredProof, TableName, Throttle, Throttled,
    accounts::{self, AccountChoice},
    keys,
    registrations::NameRow,
    rows,
};
use aws_sdk_dynamodb::types::AttributeValue;
use domain::{Timestamp, User, UserId, session::SessionHash, sign_in_name::SignInName};

/// Why a name leads no further.
#[derive(Debug)]
pub enum SignInRefused {
    /// Tried too often.
    Throttled(Throttled),
    /// The database.
    Store(StoreError),
}

impl From<StoreError> for SignInRefused {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// What is known about somebody who wants to sign in; of an unknown name nothing, found with the same calls.
#[derive(Default)]
pub struct Login {
    /// Password hash and second factor.
    pub proof: StoredProof,
    /// The person.
    pub user: Option<User>,
    /// Where they belong.
    pub accounts: Vec<AccountChoice>,
    /// Their sessions, with the beginning of each.
    pub sessions: Vec<(SessionHash, Timestamp)>,
}

impl Store {
    /// Counts the try against each throttle and looks the name up, all at once. `None`: nobody has that name.
    ///
    /// # Errors
    /// [`SignInRefused::Throttled`] if any throttle is used up.
    pub async fn find_sign_in_name(
        &self,
        name: &SignInName,
        throttles: &[Throttle; 2],
        now: Timestamp,
    ) -> Result<Option<UserId>, SignInRefused> {
        let (found, first, second) =
            tokio::join!(self.whose(name), self.count(&throttles[0], now), self.count(&throttles[1], now));
        for counted in [first?, second?] {
            counted.map_err(SignInRefused::Throttled)?;
        }
        Ok(found?)
    }

    /// Whose a name is. A name given up is kept for its person for a while, and leads nowhere.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn whose(&self, name: &SignInName) -> Result<Option<UserId>, StoreError> {
        let key = keys::sign_in_name(name);
        let item = match self.get(TableName::Credentials, key.clone()).await? {
            Some(item) => item,
            None => of_nobody(&key)?,
        };
        let row: NameRow = rows::from_item(item)?;
        Ok(row.x.is_none().then_some(row.u))
    }

    /// The login of a person: hash, person, memberships and sessions, all at once. For an id that nobody has, the same
    /// calls find nothing, so that neither time nor units tell.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn login(&self, user: UserId) -> Result<Login, StoreError> {
        let (proof, person, sessions) = tokio::join!(
            self.stored_proof(user),
            self.partition(TableName::Accounts, keys::user_partition(user), ""),
            self.partition(TableName::Sessions, keys::user_partition(user), keys::SESSION_PREFIX),
        );
        let mut login = Login { proof: proof?, ..Login::default() };
        for item in person? {
            if rows::sort_key(&item, "")? == "USER" {
                login.user = Some(rows::from_item::<rows::UserRow>(item)?.into());
            } else {
                login.accounts.push(accounts::choice(item)?);
            }
        }
        for item in sessions? {
            let hash = SessionHash(rows::sort_key(&item, keys::SESSION_PREFIX)?.to_owned());
            login.sessions.push((hash, rows::at(rows::from_item::<rows::SessionRow>(item)?.b)?));
        }
        Ok(login)
    }

    /// The rows of a partition whose sort keys begin so: at most 100, the bound of everything that is one person's.
    pub(crate) async fn partition(
        &self,
        table: TableName,
        pk: String,
        prefix: &str,
    ) -> Result<Vec<rows::Item>, StoreError> {
        let mut query = self
            .client
            .query()
            .table_name(self.table(table))
            .consistent_read(true)
            .limit(100)
            .expression_attribute_values(":pk", AttributeValue::S(pk));
        query = if prefix.is_empty() {
            query.key_condition_expression("pk = :pk")
        } else {
            let prefix = AttributeValue::S(prefix.to_owned());
            query
                .key_condition_expression("pk = :pk AND begins_with(sk, :sk)")
                .expression_attribute_values(":sk", prefix)
        };
        let (mut rows, mut from) = (Vec::new(), None);
        loop {
            // A page may end before its limit, for reasons of the database's own: only its last key says that it is all.
            let page = query.clone().set_exclusive_start_key(from).send().await.map_err(StoreError::from_sdk)?;
            rows.extend(page.items.unwrap_or_default());
            from = page.last_evaluated_key;
            if from.is_none() || rows.len() >= 100 {
                return Ok(rows);
            }
        }
    }
}

/// What stands for a name that nobody has: one given up, which leads nowhere. It is unpacked like a row that is there, so that
/// no time tells which names there are.
fn of_nobody(name: &keys::Key) -> Result<rows::Item, StoreError> {
    rows::to_item(name, &NameRow { x: Some(0), ..NameRow::of(UserId::new(Timestamp::UNIX_EPOCH, [0; 10])) })
}

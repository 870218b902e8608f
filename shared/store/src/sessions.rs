//! Sessions: beginning, changing the account, ending.

use domain::{
    AccountId, EventId, Timestamp, UserId,
    actor::Authority,
    log::{Event, LogOf},
    rights::{ChooseAccount, SignOut},
    session::{Session, SessionHash},
};

use crate::{
    Conflict, Store, StoreError, TableName, keys, log, rows,
    transaction::{Transaction, When},
};

/// A session to begin.
pub struct NewSession {
    /// The name of its row.
    pub hash: SessionHash,
    /// What it is.
    pub session: Session,
    /// Older ones that make room.
    pub ends: Vec<SessionHash>,
    /// The id of its log entry.
    pub event: EventId,
}

/// Why a session could not begin in that account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChooseRefused {
    /// The person is not (any more) who asked: signed out, new password, closed.
    Actor,
    /// They do not belong there (any more).
    Membership,
}

impl Store {
    /// Begins a session for a person whose password was right.
    ///
    /// # Errors
    /// [`ChooseRefused`] if the person or the membership changed meanwhile.
    pub async fn begin_session(
        &self,
        user: UserId,
        new: &NewSession,
        now: Timestamp,
    ) -> Result<(), Conflict<ChooseRefused>> {
        let authority = Authority { user, user_generation: new.session.user_generation };
        let log = log::entry(new.event, log_of(user, new.session.account), user, &Event::SignedIn, now);
        self.new_session(&authority, new).write(TableName::Journal, log).commit().await
    }

    /// Begins a session in another account, in place of the one that asks.
    ///
    /// # Errors
    /// [`ChooseRefused`] if the person, their session or the membership changed meanwhile.
    pub async fn change_account(
        &self,
        right: &ChooseAccount,
        new: &NewSession,
        now: Timestamp,
    ) -> Result<(), Conflict<ChooseRefused>> {
        let user = right.authority().user;
        let log = log::entry(new.event, log_of(user, new.session.account), user, &Event::ChoseAccount, now);
        self.new_session(right.authority(), new)
            .delete(TableName::Sessions, &keys::session(user, right.session()), When::present(), ChooseRefused::Actor)
            .write(TableName::Journal, log)
            .commit()
            .await
    }

    /// Ends a session; one that has ended already stays ended.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn end_session(&self, right: &SignOut, event: EventId, now: Timestamp) -> Result<(), StoreError> {
        let user = right.user();
        let key = keys::session(user, right.session());
        let log = log::entry(event, LogOf::User(user), user, &Event::SignedOut, now);
        let ended = Transaction::new(self)
            .delete(TableName::Sessions, &key, When::present(), ())
            .write(TableName::Journal, log)
            .commit()
            .await;
        match ended {
            Ok(()) | Err(Conflict::Refused(())) => Ok(()),
            Err(Conflict::Store(error)) => Err(error),
        }
    }

    fn new_session(&self, authority: &Authority, new: &NewSession) -> Transaction<'_, ChooseRefused> {
        let row = rows::to_item(&keys::session(authority.user, &new.hash), &rows::SessionRow::from(&new.session));
        let mut transaction =
            Transaction::new(self).by(authority, ChooseRefused::Actor).write(TableName::Sessions, row);
        if let Some((account, generation)) = new.session.account {
            let member = When::holds("g = :g").number(":g", generation);
            let key = keys::membership(account, authority.user);
            transaction = transaction.check(TableName::Accounts, &key, member, ChooseRefused::Membership);
        }
        for old in &new.ends {
            transaction = transaction.remove(TableName::Sessions, &keys::session(authority.user, old));
        }
        transaction
    }
}

fn log_of(user: UserId, account: Option<(AccountId, u32)>) -> LogOf {
    account.map_or(LogOf::User(user), |(account, _)| LogOf::Account(account))
}

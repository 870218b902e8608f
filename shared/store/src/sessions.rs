//! Sessions: beginning, changing the account, ending.

use domain::{
    AccountId, EventId, Timestamp, UserId,
    actor::Authority,
    log::{Event, LogOf},
    membership::Guest,
    rights::{ChooseAccount, EndSessions, ListSessions, SignOut},
    session::{Session, SessionHash},
};

use crate::{
    AccountChoice, Conflict, Notice, PasswordToSet, Spent, Store, StoreError, TableName, keys, log,
    log::By,
    rows,
    transaction::{Transaction, When},
};

/// A session to begin.
pub struct NewSession {
    /// The name of its row.
    pub hash: SessionHash,
    /// What it is.
    pub session: Session,
    /// As what the person comes in, if it is a guest's, and their name.
    pub guest: Option<(Guest, String)>,
    /// The id of its log entry.
    pub event: EventId,
}

/// What belongs to the beginning of a session by signing in.
pub struct SigningIn<'a> {
    /// The code to use up.
    pub spent: Spent,
    /// The hash that the password matched: still the person's, or the session does not begin. Hash and person were read
    /// at once, not at one moment, and a reset in between must not let the old password in.
    pub password_hash: String,
    /// The password that takes its place, where it was an initial one (R303).
    pub own: Option<PasswordToSet<'a>>,
    /// Older sessions that make room.
    pub ends: Vec<SessionHash>,
    /// The letter about a device not seen before.
    pub notice: Option<Notice>,
}

/// A session of one's own that counts.
pub struct SessionOfMine {
    /// The name of its row.
    pub hash: SessionHash,
    /// What it is.
    pub session: Session,
}

/// Why a session was not ended from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EndRefused {
    /// The person is not (any more) who acted.
    Actor,
    /// They have no such session.
    Missing,
}

/// Why somebody who proved who they are was not signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BeginRefused {
    /// The password is not theirs any more, or the person changed: signed out everywhere, closed.
    Actor,
    /// In place of an initial password: the person changed otherwise, or somebody has the nickname that was drawn. Try
    /// again.
    Changed,
    /// They do not belong there (any more).
    Membership,
    /// The code was used meanwhile.
    Code,
}

/// Why a session could not begin in that account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChooseRefused {
    /// The person is not (any more) who asked: signed out, new password, closed.
    Actor,
    /// They do not belong there (any more).
    Membership,
    /// The code was used meanwhile.
    Code,
}

impl Store {
    /// Begins a session for a person who proved who they are. In place of an initial password their own is set in the
    /// same transaction, so that it signs in once; `new` is then the session of [`PasswordToSet::person_then`].
    ///
    /// # Errors
    /// [`BeginRefused`] if the person or the membership changed meanwhile, or the code was used.
    pub async fn begin_session(
        &self,
        user: UserId,
        new: &NewSession,
        signing_in: &SigningIn<'_>,
        now: Timestamp,
    ) -> Result<(), Conflict<BeginRefused>> {
        let signed_in = match &signing_in.spent {
            Spent::Nothing | Spent::Step(_) => Event::SignedIn,
            Spent::Recovery { .. } => Event::RecoveryCodeUsed,
        };
        let log = log::entry(new.event, log_of(user, new.session.account), user, &signed_in, now);
        let matched = When::holds("h = :h").text(":h", signing_in.password_hash.clone());
        let mut transaction = Transaction::new(self);
        transaction = match &signing_in.own {
            None => {
                let authority = Authority { user, user_generation: new.session.user_generation };
                let when = When::still(&authority).number(":now", now.as_millisecond());
                transaction.by_changing(&authority, "SET si = :now", when, BeginRefused::Actor).check(
                    TableName::Credentials,
                    &keys::password(user),
                    matched,
                    BeginRefused::Actor,
                )
            }
            Some(own) => transaction.own_password(own, matched, now)?,
        };
        transaction = transaction.spend(user, &signing_in.spent, BeginRefused::Code).write(TableName::Journal, log);
        transaction = new_session(transaction, user, new, BeginRefused::Membership);
        for old in &signing_in.ends {
            transaction = transaction.remove(TableName::Sessions, &keys::session(user, old));
        }
        if let Some(notice) = &signing_in.notice {
            transaction = transaction.notify(notice);
        }
        match &signing_in.own {
            None => transaction.commit().await,
            Some(_) => transaction.person_changes(user).commit().await,
        }
    }

    /// Begins a session in another account, in place of the one that asks.
    ///
    /// # Errors
    /// [`ChooseRefused`] if the person, their session or the membership changed meanwhile.
    pub async fn change_account(
        &self,
        right: &ChooseAccount,
        new: &NewSession,
        spent: &Spent,
        now: Timestamp,
    ) -> Result<(), Conflict<ChooseRefused>> {
        let user = right.authority().user;
        let by = match &new.guest {
            None => By::Person(user),
            Some((guest, name)) => By::Guest(user, guest, name),
        };
        let log = log::entry(new.event, log_of(user, new.session.account), by, &Event::ChoseAccount, now);
        let transaction =
            Transaction::new(self).by(right.authority(), ChooseRefused::Actor).spend(user, spent, ChooseRefused::Code);
        new_session(transaction, user, new, ChooseRefused::Membership)
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

    /// The sessions of a person with the accounts they belong to, all at once: what is needed to tell which still count.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn list_sessions(
        &self,
        right: &ListSessions,
    ) -> Result<(Vec<SessionOfMine>, Vec<AccountChoice>), StoreError> {
        let partition = keys::user_partition(right.user());
        let (sessions, accounts) = tokio::join!(
            self.partition(TableName::Sessions, partition, keys::SESSION_PREFIX),
            self.accounts_of(right.user()),
        );
        Ok((sessions?.into_iter().map(of_mine).collect::<Result<_, _>>()?, accounts?))
    }

    /// Ends a session of the person who acts, be it their own one or another.
    ///
    /// # Errors
    /// [`EndRefused::Missing`] if no session of theirs that counts has that name.
    pub async fn end_session_of_mine(
        &self,
        right: &EndSessions,
        session: &SessionHash,
        event: EventId,
        now: Timestamp,
    ) -> Result<(), Conflict<EndRefused>> {
        let (authority, user) = (right.authority(), right.authority().user);
        let counts = When::holds("g = :g").number(":g", authority.user_generation);
        let ended = if session == right.session() { Event::SignedOut } else { Event::SessionEnded };
        Transaction::new(self)
            .by(authority, EndRefused::Actor)
            .delete(TableName::Sessions, &keys::session(user, session), counts, EndRefused::Missing)
            .noted(event, user, &ended, now)
            .commit()
            .await
    }

    /// Ends all sessions of the person who acts but the one that acts.
    ///
    /// # Errors
    /// [`EndRefused::Actor`] if the person, or the session that acts, is not who acted.
    pub async fn end_other_sessions(
        &self,
        right: &EndSessions,
        event: EventId,
        now: Timestamp,
    ) -> Result<(), Conflict<EndRefused>> {
        let authority = right.authority();
        Transaction::new(self)
            .by_changing(authority, "SET g = :raised", When::raising(authority), EndRefused::Actor)
            .carry(authority, right.session(), EndRefused::Actor)
            .noted(event, authority.user, &Event::OtherSessionsEnded, now)
            .commit()
            .await
    }
}

fn of_mine(item: rows::Item) -> Result<SessionOfMine, StoreError> {
    let hash = SessionHash(rows::sort_key(&item, keys::SESSION_PREFIX)?.to_owned());
    Ok(SessionOfMine { hash, session: rows::from_item::<rows::SessionRow>(item)?.try_into()? })
}

impl Transaction<'_, BeginRefused> {
    /// Sets one's own password in place of the initial one that `matched`. All sessions before end, and so does what was
    /// asked for by mail. The password comes first among the arms: of many at once the others learn that theirs is no
    /// longer the person's.
    fn own_password(self, own: &PasswordToSet<'_>, matched: When, now: Timestamp) -> Result<Self, StoreError> {
        let (user, matched) = (own.user.id, matched.text(":own", own.hash));
        let (key, change) = (keys::password(user), "SET h = :own REMOVE i");
        self.update(TableName::Credentials, &key, change, matched, BeginRefused::Actor)
            .remove(TableName::Sessions, &keys::reset(user))
            .let_in(own, BeginRefused::Changed, BeginRefused::Changed, now)
    }
}

/// The arms of a session that begins.
fn new_session<'a, A: Clone>(
    transaction: Transaction<'a, A>,
    user: UserId,
    new: &NewSession,
    no_member: A,
) -> Transaction<'a, A> {
    let row = rows::to_item(&keys::session(user, &new.hash), &rows::SessionRow::from(&new.session));
    let transaction = transaction.write(TableName::Sessions, row);
    match new.session.account {
        None => transaction,
        Some((account, generation)) => {
            let (transaction, member) = match new.guest.as_ref().map(|(guest, _)| guest.home) {
                None => (transaction, When::holds("g = :g AND attribute_not_exists(gh)")),
                Some(home) => (
                    transaction.at_home(home, user, no_member.clone()).check(
                        TableName::Accounts,
                        &keys::account(account),
                        When::partner_is(home),
                        no_member.clone(),
                    ),
                    When::holds("g = :g AND gh = :gh AND gu > :now")
                        .text(":gh", home.to_string())
                        .number(":now", new.session.started_at.as_millisecond()),
                ),
            };
            let member = member.number(":g", generation).text(":seen", rows::seen(Some(new.session.started_at)));
            let key = keys::membership(account, user);
            transaction.update(TableName::Accounts, &key, "SET seen = :seen", member, no_member)
        }
    }
}

fn log_of(user: UserId, account: Option<(AccountId, u32)>) -> LogOf {
    account.map_or(LogOf::User(user), |(account, _)| LogOf::Account(account))
}

//! Back in: the way to a new password that a person asks for (R108), and the first password (R104, R105).

use domain::{
    AccountId, EventId, InvitationId, Timestamp, User, UserId, UserStatus,
    letter::{Letter, PasswordChange},
    log::{Event, LogOf},
    nickname::Nickname,
};
use serde::{Deserialize, Serialize};

use crate::{
    CodeFound, Conflict, Notice, Store, StoreError, TableName, Throttle, claims, keys, letters, log,
    registrations::PasswordRow,
    rows,
    team::LINK_OF_INVITATION,
    transaction::{Transaction, When},
};

/// How long a row is kept after its link has expired, in seconds: long enough to say so.
const KEPT: i64 = 48 * 3_600;

/// A way to a password, as stored.
#[derive(Serialize, Deserialize)]
pub(crate) struct ResetRow {
    /// hash of the token in the link
    t: String,
    /// the link's end, in milliseconds
    x: i64,
    /// when the database may delete it, in seconds
    ttl: i64,
}

impl ResetRow {
    /// By a link of that token, good until then.
    pub fn of(token_hash: &str, expires_at: Timestamp) -> Self {
        Self { t: token_hash.to_owned(), x: expires_at.as_millisecond(), ttl: expires_at.as_second() + KEPT }
    }
}

/// How somebody comes to a password by a mailed link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// They asked for it.
    Asked,
    /// The vendor's staff sent it.
    Invited,
}

impl Way {
    fn key(self, user: UserId) -> keys::Key {
        match self {
            Self::Asked => keys::reset(user),
            Self::Invited => keys::invitation(user),
        }
    }
}

/// A way to a new password, asked for by somebody who cannot sign in.
pub struct AskedReset<'a> {
    /// Whose; for a name that nobody has, an id that nobody has.
    pub user: UserId,
    /// The letter with the link, or the one to nobody.
    pub letter: &'a Letter,
    /// The hash of the link's token.
    pub token_hash: &'a str,
    /// Until when the link is good.
    pub link_expires_at: Timestamp,
    /// Count letters by the name that was typed, and by the person, who may have several.
    pub letters: &'a [Throttle; 2],
    /// The invitation whose link the letter carries; for nobody who is invited, ids that nobody has.
    pub invitation: (AccountId, InvitationId),
    /// Whether there is that invitation.
    pub invited: bool,
    /// The log entry's id.
    pub event: EventId,
}

/// Why nothing was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResetNotAsked {
    /// Too many letters: the link before stays as it is.
    TooManyLetters,
    /// The invitation was answered or taken back meanwhile, or its time is over.
    NotInvited,
}

/// A way to a new password, as found.
pub struct FoundReset {
    /// How they come by it.
    pub way: Way,
    /// Whose.
    pub user: User,
    /// The hash of the link's token.
    pub token_hash: String,
    /// Until when the link is good.
    pub link_expires_at: Timestamp,
}

/// A password for somebody who cannot sign in, or not without making it.
pub struct PasswordToSet<'a> {
    /// The person as read: if they have changed since, nothing is set.
    pub user: &'a User,
    /// For somebody who has none yet.
    pub nickname: Option<Nickname>,
    /// The password's hash.
    pub hash: &'a str,
    /// Whether it is the first.
    pub how: PasswordChange,
    /// What the person is told.
    pub notice: &'a Notice,
    /// The log entry's id.
    pub event: EventId,
    /// Whether they sign in with it at once.
    pub signs_in: bool,
}

impl PasswordToSet<'_> {
    /// The person as they are once it is set.
    #[must_use]
    pub fn person_then(&self) -> User {
        User {
            status: UserStatus::Active,
            generation: self.user.generation + 1,
            version: self.user.version + 1,
            nickname: self.nickname.clone().or_else(|| self.user.nickname.clone()),
            ..self.user.clone()
        }
    }
}

/// Why a password was not set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResetRefused {
    /// The link was used or superseded.
    Link,
    /// The person changed meanwhile, or somebody has the nickname that was drawn: try again.
    Changed,
}

/// Why a code did not open the first sign-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FirstPasswordRefused {
    /// The code was used or cancelled meanwhile.
    Code,
    /// The account is suspended or closed, or has another owner by now.
    Account,
    /// Somebody has the nickname that was drawn: try again.
    Nickname,
    /// The owner came in another way meanwhile.
    Owner,
}

impl Store {
    /// Keeps a way to a new password, and writes its letter, which is counted. A newer one ends the older. The same rows
    /// are written for a name that nobody has. An invitation's link is made anew; its end stays, or asking kept it alive.
    ///
    /// # Errors
    /// [`ResetNotAsked`] says which condition did not hold.
    pub async fn ask_for_reset(&self, asked: &AskedReset<'_>, now: Timestamp) -> Result<(), Conflict<ResetNotAsked>> {
        let row = ResetRow::of(asked.token_hash, asked.link_expires_at);
        let [by_name, by_person] = asked.letters;
        let (account, invitation) = asked.invitation;
        let key = keys::team_invitation(account, invitation);
        let arms = Transaction::new(self);
        let arms = if asked.invited {
            let link =
                When::mailed_and_waiting(now).text(":t", asked.token_hash).text(":le", asked.letter.id.to_string());
            arms.update(TableName::Accounts, &key, LINK_OF_INVITATION, link, ResetNotAsked::NotInvited)
        } else {
            arms.idle(&key, ResetNotAsked::NotInvited)
        };
        arms.count(by_name, now, ResetNotAsked::TooManyLetters)
            .count(by_person, now, ResetNotAsked::TooManyLetters)
            .write(TableName::Sessions, rows::to_item(&keys::reset(asked.user), &row))
            .write(TableName::Journal, letters::row(asked.letter))
            .noted(asked.event, asked.user, &Event::AskedForReset, now)
            .commit()
            .await
    }

    /// The way to a password that was sent to a person last, and the person, at once.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn find_reset(&self, user: UserId, way: Way) -> Result<Option<FoundReset>, StoreError> {
        let (reset, person) = tokio::join!(self.get(TableName::Sessions, way.key(user)), self.find_person(user));
        let (Some(reset), Some(user)) = (reset?, person?) else { return Ok(None) };
        let row: ResetRow = rows::from_item(reset)?;
        Ok(Some(FoundReset { way, user, token_hash: row.t, link_expires_at: rows::at(row.x)? }))
    }

    /// A person.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn find_person(&self, user: UserId) -> Result<Option<User>, StoreError> {
        let found = self.get(TableName::Accounts, keys::user(user)).await?;
        Ok(found.map(rows::from_item::<rows::UserRow>).transpose()?.map(User::from))
    }

    /// Sets a password by a link. The condition on the link's token makes it work once; all sessions end, and so does a
    /// change of address that somebody with the password before may have asked for.
    ///
    /// # Errors
    /// [`ResetRefused`] says which condition did not hold.
    pub async fn set_password(
        &self,
        by: &FoundReset,
        set: &PasswordToSet<'_>,
        now: Timestamp,
    ) -> Result<(), Conflict<ResetRefused>> {
        let user = set.user.id;
        let link = When::holds("t = :t").text(":t", &by.token_hash);
        // A person who has a password is invited no more, so that link needs no end of its own.
        let other = match by.way {
            Way::Asked => Way::Invited,
            Way::Invited => Way::Asked,
        };
        let password = rows::to_item(&keys::password(user), &PasswordRow { h: set.hash });
        let set_by_link = Transaction::new(self)
            .delete(TableName::Sessions, &by.way.key(user), link, ResetRefused::Link)
            .remove(TableName::Sessions, &other.key(user))
            .let_in(set, ResetRefused::Changed, ResetRefused::Changed, now)?
            .write(TableName::Credentials, password);
        match set.user.status {
            // The lists of their accounts show that they have come in.
            UserStatus::Invited => set_by_link.person_changes(user).commit().await,
            UserStatus::Active | UserStatus::Closing => set_by_link.commit().await,
        }
    }

    /// Sets the first password of an account's owner by an activation code, which is used up.
    ///
    /// # Errors
    /// [`FirstPasswordRefused`] says which condition did not hold.
    pub async fn set_first_password(
        &self,
        code: &CodeFound,
        set: &PasswordToSet<'_>,
        claimed: EventId,
        now: Timestamp,
    ) -> Result<(), Conflict<FirstPasswordRefused>> {
        let user = set.user.id;
        let owned = When::holds("st = :active AND o = :o").text(":active", "active").text(":o", user.to_string());
        let password = rows::to_item(&keys::password(user), &PasswordRow { h: set.hash });
        let event = Event::ClaimedOrder { order: code.order.clone() };
        let transaction = Transaction::new(self);
        claims::use_up(transaction, code, user, FirstPasswordRefused::Code)
            .check(TableName::Accounts, &keys::account(code.account), owned, FirstPasswordRefused::Account)
            .create(TableName::Credentials, password, FirstPasswordRefused::Owner)
            .let_in(set, FirstPasswordRefused::Owner, FirstPasswordRefused::Nickname, now)?
            .remove(TableName::Sessions, &keys::reset(user))
            .write(TableName::Journal, log::entry(claimed, LogOf::Account(code.account), user, &event, now))
            .person_changes(user)
            .commit()
            .await
    }
}

impl<A: Clone> Transaction<'_, A> {
    /// Makes the person one who signs in with what was set: the arms besides what proves it and the password itself.
    pub(crate) fn let_in(
        self,
        set: &PasswordToSet<'_>,
        changed: A,
        nickname_taken: A,
        now: Timestamp,
    ) -> Result<Self, StoreError> {
        let user = set.user;
        let person = When::holds("g = :g AND st = :st AND ve = :ve")
            .number(":g", user.generation)
            .with(":st", serde_dynamo::aws_sdk_dynamodb_1::to_attribute_value(user.status)?)
            .number(":ve", user.version)
            .text(":active", "active")
            .number(":raised", i64::from(user.generation) + 1)
            .number(":next", i64::from(user.version) + 1);
        let person = match &set.nickname {
            None => person,
            Some(name) => person.text(":nk", name.as_str()),
        };
        let person = if set.signs_in { person.number(":now", now.as_millisecond()) } else { person };
        let change = match (&set.nickname, set.signs_in) {
            (None, false) => "SET st = :active, g = :raised, ve = :next",
            (None, true) => "SET st = :active, g = :raised, ve = :next, si = :now",
            (Some(_), false) => "SET st = :active, g = :raised, ve = :next, nk = :nk",
            (Some(_), true) => "SET st = :active, g = :raised, ve = :next, nk = :nk, si = :now",
        };
        let named = User { nickname: set.nickname.clone(), ..user.clone() };
        Ok(self
            .update(TableName::Accounts, &keys::user(user.id), change, person, changed)
            .first_nickname(&named, nickname_taken)
            .remove(TableName::Sessions, &keys::email_change(user.id))
            .notify(set.notice)
            .noted(set.event, user.id, &Event::PasswordSet { how: set.how }, now))
    }
}

//! Sign-ups: kept apart from everything until the address is proven (R101).

use domain::{
    EmailAddress, EventId, Language, RegistrationId, Timestamp, User, UserId,
    letter::Letter,
    log::{Event, LogOf},
    name::PersonName,
    registration::Registration,
    sign_in_name::SignInName,
};
use serde::{Deserialize, Serialize};

use crate::{
    CodeFound, CodeRefused, Conflict, Store, StoreError, TableName, Throttle,
    claims::{self, Joining},
    keys, letters, log, rows,
    transaction::{Transaction, When},
};

/// How long a sign-up is kept after its last link has expired, in seconds: long enough to say so.
const KEPT: i64 = 48 * 3_600;
/// How old a sign-up may become by having its mail sent again, in milliseconds: a week.
const OLDEST: i64 = 7 * 24 * 3_600 * 1_000;

#[derive(Serialize, Deserialize)]
struct RegistrationRow {
    /// e-mail
    m: EmailAddress,
    /// first name
    f: PersonName,
    /// last name
    n: PersonName,
    /// language
    l: Language,
    /// terms
    te: String,
    /// signed up, in milliseconds
    w: i64,
    /// password hash
    h: String,
    /// hash of the handle that corrects the address
    ha: String,
    /// hash of the token in the link
    t: String,
    /// the link's end, in milliseconds
    x: i64,
    /// the activation code, as it was found at sign-up
    #[serde(default, skip_serializing_if = "Option::is_none")]
    c: Option<CodeFound>,
    /// when the database may delete it, in seconds
    ttl: i64,
}

/// A sign-up to keep.
pub struct NewRegistration {
    /// What the person entered.
    pub registration: Registration,
    /// The hash of the password.
    pub password_hash: String,
    /// The hash of the handle that the page keeps.
    pub handle_hash: String,
    /// The letter with the link, or, if the address has a login, the one that says so.
    pub letter: Letter,
    /// The hash of the link's token.
    pub token_hash: String,
    /// Until when the link is good.
    pub link_expires_at: Timestamp,
    /// The activation code that was entered too.
    pub code: Option<CodeFound>,
}

/// A sign-up as found.
pub struct StoredRegistration {
    /// What the person entered.
    pub registration: Registration,
    /// The hash of the password.
    pub password_hash: String,
    /// The hash of the handle.
    pub handle_hash: String,
    /// The hash of the link's token.
    pub token_hash: String,
    /// Until when the link is good.
    pub link_expires_at: Timestamp,
    /// The activation code, as it was found at sign-up; the condition of the confirmation decides whether it is still
    /// good.
    pub code: Option<CodeFound>,
}

/// An address to send to instead.
pub struct CorrectedAddress<'a> {
    /// The hash of the handle that the page kept.
    pub handle_hash: &'a str,
    /// The address.
    pub email: &'a EmailAddress,
    /// The letter to it.
    pub letter: &'a Letter,
    /// The hash of the new link's token.
    pub token_hash: &'a str,
    /// Until when the new link is good.
    pub link_expires_at: Timestamp,
}

/// Why an address could not be confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConfirmRefused {
    /// The link was used, corrected or deleted meanwhile.
    Link,
    /// Somebody else has proven the address meanwhile.
    Address,
    /// Somebody has the nickname that was drawn.
    Nickname,
    /// The activation code was used or cancelled meanwhile: confirm without it.
    CodeUsed,
    /// The activation code's account is suspended or closed: confirm without it.
    CodeUnavailable,
}

impl From<CodeRefused> for ConfirmRefused {
    fn from(refused: CodeRefused) -> Self {
        match refused {
            CodeRefused::Account => Self::CodeUnavailable,
            CodeRefused::Actor | CodeRefused::Code | CodeRefused::AlreadyMember | CodeRefused::Throttle => {
                Self::CodeUsed
            }
        }
    }
}

/// Why a letter about a sign-up was not written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LetterRefused {
    /// The sign-up is gone, too old, or somebody else's.
    Registration,
    /// Too many letters to that address.
    Throttle,
}

impl Store {
    /// Whose an address is, if it has a login or is kept for somebody: for choosing the letter, never for the answer.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn has_login(&self, email: &EmailAddress, now: Timestamp) -> Result<Option<UserId>, StoreError> {
        let key = keys::sign_in_name(&SignInName::Email(email.clone()));
        let row = self.get(TableName::Credentials, key).await?.map(rows::from_item::<NameRow>).transpose()?;
        Ok(row.filter(|row| row.x.is_none_or(|until| until >= now.as_second())).map(|row| row.u))
    }

    /// Keeps a sign-up and writes its letter, which is counted.
    ///
    /// # Errors
    /// [`LetterRefused::Throttle`] if there were too many letters to the address.
    pub async fn register(
        &self,
        new: &NewRegistration,
        letters: &Throttle,
        now: Timestamp,
    ) -> Result<(), Conflict<LetterRefused>> {
        let entered = &new.registration;
        let row = RegistrationRow {
            m: entered.email.clone(),
            f: entered.first_name.clone(),
            n: entered.last_name.clone(),
            l: entered.language,
            te: entered.terms_version.clone(),
            w: entered.signed_up_at.as_millisecond(),
            h: new.password_hash.clone(),
            ha: new.handle_hash.clone(),
            t: new.token_hash.clone(),
            x: new.link_expires_at.as_millisecond(),
            c: new.code.clone(),
            ttl: new.link_expires_at.as_second() + KEPT,
        };
        let item = rows::to_item(&keys::registration(entered.id), &row);
        Transaction::new(self)
            .count(letters, now, LetterRefused::Throttle)
            .create(TableName::Sessions, item, LetterRefused::Registration)
            .write(TableName::Journal, letters::row(&new.letter))
            .commit()
            .await
    }

    /// Sends the link again, to the same address or a corrected one; the link before stops working. Counted like the
    /// first. A sign-up is not kept alive so for more than a week.
    ///
    /// # Errors
    /// [`LetterRefused`] if there is no such sign-up (any more), or there were too many letters to the address.
    pub async fn correct_address(
        &self,
        id: RegistrationId,
        corrected: &CorrectedAddress<'_>,
        letters: &Throttle,
        now: Timestamp,
    ) -> Result<(), Conflict<LetterRefused>> {
        let when = When::holds("ha = :ha AND w > :oldest")
            .named("#ttl", "ttl")
            .text(":ha", corrected.handle_hash)
            .text(":m", corrected.email.as_str())
            .text(":t", corrected.token_hash)
            .number(":x", corrected.link_expires_at.as_millisecond())
            .number(":ttl", corrected.link_expires_at.as_second() + KEPT)
            .number(":oldest", now.as_millisecond() - OLDEST);
        let key = keys::registration(id);
        let change = "SET m = :m, t = :t, x = :x, #ttl = :ttl";
        Transaction::new(self)
            .update(TableName::Sessions, &key, change, when, LetterRefused::Registration)
            .count(letters, now, LetterRefused::Throttle)
            .write(TableName::Journal, letters::row(corrected.letter))
            .commit()
            .await
    }

    /// A sign-up, if it is still there.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn find_registration(&self, id: RegistrationId) -> Result<Option<StoredRegistration>, StoreError> {
        let Some(item) = self.get(TableName::Sessions, keys::registration(id)).await? else { return Ok(None) };
        let row: RegistrationRow = rows::from_item(item)?;
        Ok(Some(StoredRegistration {
            registration: Registration {
                id,
                email: row.m,
                first_name: row.f,
                last_name: row.n,
                language: row.l,
                terms_version: row.te,
                signed_up_at: rows::at(row.w)?,
            },
            password_hash: row.h,
            handle_hash: row.ha,
            token_hash: row.t,
            link_expires_at: rows::at(row.x)?,
            code: row.c,
        }))
    }

    /// Makes a login of a sign-up whose address is proven. The condition on the link's token makes it work once; with a
    /// code the person joins its account in the same transaction.
    ///
    /// # Errors
    /// [`ConfirmRefused`] says which condition did not hold.
    pub async fn confirm(
        &self,
        proven: &StoredRegistration,
        user: &User,
        joining: Option<(&CodeFound, &Joining)>,
        event: EventId,
        now: Timestamp,
    ) -> Result<(), Conflict<ConfirmRefused>> {
        let id = proven.registration.id;
        let link = When::holds("t = :t").text(":t", proven.token_hash.clone());
        let name = keys::sign_in_name(&SignInName::Email(user.email.clone()));
        let signed_up = Event::SignedUp { terms_version: proven.registration.terms_version.clone() };
        let mut transaction = Transaction::new(self)
            .delete(TableName::Sessions, &keys::registration(id), link, ConfirmRefused::Link)
            .take_name(&name, user.id, now, ConfirmRefused::Address)
            .create(
                TableName::Accounts,
                rows::to_item(&keys::user(user.id), &rows::UserRow::from(user)),
                ConfirmRefused::Link,
            )
            .write(
                TableName::Credentials,
                rows::to_item(&keys::password(user.id), &PasswordRow { h: &proven.password_hash }),
            )
            .write(TableName::Journal, log::entry(event, LogOf::User(user.id), user.id, &signed_up, now));
        // Two of 2^40 that are the same: the person confirms again and gets another.
        transaction = transaction.first_nickname(user, ConfirmRefused::Nickname);
        if let Some((code, joining)) = joining {
            transaction = claims::join(transaction, code, user, joining, now);
        }
        transaction.commit().await
    }
}

/// Whose a sign-in name or a nickname is.
#[derive(Serialize, Deserialize)]
pub(crate) struct NameRow {
    /// the person
    pub u: UserId,
    /// given up: kept for its person until then, in seconds, so that a change can be taken back
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub x: Option<i64>,
}

impl NameRow {
    /// In use by that person.
    pub const fn of(user: UserId) -> Self {
        Self { u: user, x: None }
    }
}

/// A password of the person's own: written whole, so that an initial one before it leaves no end behind.
#[derive(Serialize)]
pub(crate) struct PasswordRow<'a> {
    /// the hash
    pub h: &'a str,
}

//! One's own password in place of an initial one, which somebody else knows: chosen at the first sign-in with that
//! (R303), and set in the transaction in which the session begins.

use credentials::{Password, PasswordHash};
use domain::{
    Timestamp, User,
    letter::{Message, PasswordChange},
    nickname::Nickname,
    profile::Reversal,
};
use store::{Notice, PasswordToSet};
use web::{ApiError, App, Fields};

/// The password that was right, and the one to have instead; empty if none was sent.
#[derive(Clone, Copy)]
pub(crate) struct Sent<'a> {
    /// The one that was right.
    pub password: &'a str,
    /// The one to have instead.
    pub new: &'a str,
}

/// One's own password, and what goes with setting it.
pub(crate) struct OwnPassword {
    hash: PasswordHash,
    nickname: Option<Nickname>,
    notice: Notice,
}

/// The password chosen in place of the initial one, which is good until `until`; none where the one that was right is
/// one's own. Asked behind the right password alone: nobody else learns what kind of password somebody has.
pub(crate) async fn chosen(
    app: &App,
    user: &User,
    until: Option<Timestamp>,
    sent: Sent<'_>,
) -> Result<Option<Password>, ApiError> {
    match until {
        None if sent.new.is_empty() => return Ok(None),
        // Signing in is no way to change a password: that takes a session, and ends the others.
        None => return Err(ApiError::field("/new_password", "new_password_unasked")),
        Some(until) if app.now() >= until => return Err(ApiError::InitialPasswordExpired),
        Some(_) if sent.new.is_empty() => return Err(ApiError::NewPasswordNeeded),
        Some(_) => {}
    }
    let vendor = app.vendor().await?;
    let mut fields = Fields::new();
    let new = fields.take_password("/new_password", Password::chosen(sent.new, &web::known_words(user, &vendor)));
    if let (Some(new), Ok(given)) = (&new, Password::typed(sent.password))
        && new.is(&given)
    {
        fields.refuse("/new_password", "password_same", Vec::new());
    }
    fields.finish(new).map(Some)
}

impl OwnPassword {
    /// Hashes it, and writes the letter that tells of it.
    pub(crate) async fn new(app: &App, user: &User, chosen: Password) -> Result<Self, ApiError> {
        let hash = app.hash(chosen).await?;
        let message = Message::PasswordChanged { how: PasswordChange::First };
        let notice = app.notice(user, message, Reversal::Password).await?;
        Ok(Self { hash, nickname: web::first_nickname(user), notice })
    }

    /// For the store.
    pub(crate) fn to_set<'a>(&'a self, app: &App, user: &'a User) -> PasswordToSet<'a> {
        PasswordToSet {
            user,
            nickname: self.nickname.clone(),
            hash: self.hash.to_store(),
            how: PasswordChange::First,
            notice: &self.notice,
            event: app.event_id(),
            signs_in: true,
        }
    }
}

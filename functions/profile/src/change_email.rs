//! `POST /api/profile/email`: asking to sign in with another address (R204).

use axum::extract::State;
use domain::{
    Actor, EmailAddress,
    letter::{LinkPurpose, Message, Recipient},
    profile::Reversal,
};
use http::StatusCode;
use serde::Deserialize;
use store::{EmailRefused, NewEmail, Throttle};
use utoipa::ToSchema;
use web::{ApiError, App, Body, Caller, Fields, Problem, Typed};

use crate::me::owns;

/// Letters to one new address in an hour: enough for somebody who cannot find the mail, too few to be a nuisance.
const LETTERS: u32 = 5;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WantedEmail {
    /// The address to sign in with from then on.
    #[schema(example = "anna@acme.example")]
    email: String,
    /// The current password.
    #[schema(format = Password)]
    password: String,
    /// Where a second factor is on: six digits of the app, or a recovery code.
    #[serde(default)]
    code: String,
}

/// Asks to sign in with another address, or to prove the one that a team wrote down. A link mailed to it proves it; until
/// then nothing changes.
///
/// The answer is the same whether or not the address has a login: the mail tells.
#[utoipa::path(
    post,
    path = "/api/profile/email",
    tag = "profile",
    request_body = WantedEmail,
    responses(
        (status = 204, description = "A mail is on its way"),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not where the person stands", body = Problem),
        (status = 409, description = "Something else changed meanwhile", body = Problem),
        (status = 422, description = "Fields that cannot be taken, or an owner's protected address", body = Problem),
        (status = 429, description = "Tried too often", body = Problem),
    ),
)]
pub(crate) async fn change_email(
    State(app): State<App>,
    caller: Caller,
    Body(body): Body<WantedEmail>,
) -> Result<StatusCode, ApiError> {
    let mut fields = Fields::new();
    let email = fields.take("/email", EmailAddress::parse(&body.email));
    let email = fields.finish(email)?;
    let typed = Typed { password: &body.password, code: &body.code };
    let query = |right| {
        let store = app.store().clone();
        async move { store.mine(&right).await }
    };
    let (read, counted, has_login, link_key) = tokio::join!(
        caller.read(query, Actor::may_show_profile),
        typed.counted(&app, &caller),
        app.store().has_login(&email, app.now()),
        app.link_key(),
    );
    let (actor, _, mine) = read?;
    let right = actor.may_change_email()?;
    let user = actor.user();
    if owns(&mine) {
        return Err(ApiError::field("/email", "protected"));
    }
    let proven = counted?.prove(&mine.proof, actor.user()).await?;
    // After the proof: whoever cannot give it does not learn which address it is.
    if email == user.email && user.email_proven {
        return Err(ApiError::field("/email", "email_same"));
    }
    let taken = has_login?.is_some_and(|holder| holder != user.id);

    let (now, purpose) = (app.now(), LinkPurpose::ConfirmEmail);
    let name = user.first_name.clone();
    let recipient = Recipient::Address { email: email.clone(), name, language: user.language };
    let mut letter = app.letter(recipient, if taken { Message::EmailInUse } else { Message::ConfirmEmail });
    letter.link_subject = Some(user.id.to_string());
    let token_hash = link_key?.token(letter.id, purpose).hash();
    let asked = Message::EmailChangeAsked { new: email.clone() };
    let notice = app.notice(user, asked, Reversal::EmailRequest).await?;
    let letters =
        Throttle { kind: "email-address", whom: app.pseudonym(&email.claim()).await?, most: LETTERS, window: 3_600 };
    let new = NewEmail {
        email: &email,
        letter: &letter,
        token_hash: &token_hash,
        link_expires_at: now.checked_add(purpose.lifetime()).map_err(ApiError::broken)?,
        spent: &proven.spent,
        notice: &notice,
        letters: &letters,
    };
    let asked = app.store().ask_for_email(&right, &new, &mine.accounts, app.event_id(), now).await;
    asked.map_err(|conflict| {
        ApiError::refused(conflict, |arm| match arm {
            EmailRefused::Code => ApiError::field("/code", "code_wrong"),
            EmailRefused::Owner => ApiError::field("/email", "protected"),
            EmailRefused::Throttle => ApiError::TooManyTries(letters.used_up(now)),
            EmailRefused::Actor | EmailRefused::Link | EmailRefused::Taken => ApiError::Conflict,
        })
    })?;
    Ok(StatusCode::NO_CONTENT)
}

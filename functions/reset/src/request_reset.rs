//! `POST /api/reset/requests`: asking for a way to a new password (R108), or to the first (R104).

use axum::extract::State;
use domain::{
    Timestamp, UserId,
    letter::{LinkPurpose, Message, Recipient},
    sign_in_name::SignInName,
};
use http::StatusCode;
use serde::Deserialize;
use store::{AskedReset, Conflict, Throttle, TooManyLetters};
use utoipa::ToSchema;
use web::{ApiError, App, Body, ClientNetwork, Fields, Problem};

/// Requests from one network in an hour: as for signing up, a class of students may sit behind it.
const PER_NETWORK: u32 = 60;
/// Letters in [`WINDOW`] to a name, and to a person, who may have several: one, and another for who cannot find it.
const LETTERS: u32 = 2;
/// As long as a link is good. So whenever a letter is refused, one was written in the same window, and its link lasts
/// until the window's end at least: strangers who use the letters up keep nobody out.
const WINDOW: i64 = LinkPurpose::ResetPassword.lifetime().as_secs();

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewReset {
    /// What the person signs in with: an e-mail address, a user name such as `C10423/anna`, or a customer number.
    #[schema(example = "anna@acme.example")]
    name: String,
}

/// Asks for a mail with a link that sets a new password.
///
/// The answer is always the same, whether or not somebody has the name: the same is read and written, in the same time.
/// Whoever was invited and never signed in is sent the way to their first password. A newer link ends the older; where
/// too many were asked for, the last stays good.
#[utoipa::path(
    post,
    path = "/api/reset/requests",
    tag = "reset",
    request_body = NewReset,
    responses(
        (status = 204, description = "If somebody has the name, a mail is on its way to them"),
        (status = 422, description = "No name", body = Problem),
        (status = 429, description = "Tried too often", body = Problem),
    ),
)]
pub(crate) async fn request_reset(
    State(app): State<App>,
    network: ClientNetwork,
    Body(body): Body<NewReset>,
) -> Result<StatusCode, ApiError> {
    let mut fields = Fields::new();
    let name = fields.take("/name", SignInName::parse(&body.name));
    let name = fields.finish(name)?;

    let now = app.now();
    let per_network = crate::per_network(&app, "reset-network", &network, PER_NETWORK).await?;
    let pseudonym = app.pseudonym(&name.claim()).await?;
    let (counted, found, link_key) =
        tokio::join!(app.count(&per_network, now), app.store().whose(&name), app.link_key());
    counted?;
    let (user, recipient) = match found? {
        Some(user) => (user, Recipient::User(user)),
        None => (nobody(&pseudonym), Recipient::Nobody),
    };
    let mut letter = app.letter(recipient, Message::ResetPassword);
    letter.link_subject = Some(user.to_string());
    let token = link_key?.token(letter.id, LinkPurpose::ResetPassword);
    let throttle = |kind, whom| Throttle { kind, whom, most: LETTERS, window: WINDOW };
    let asked = AskedReset {
        user,
        letter: &letter,
        token_hash: &token.hash(),
        link_expires_at: now.checked_add(LinkPurpose::ResetPassword.lifetime()).map_err(ApiError::broken)?,
        letters: &[throttle("reset-name", pseudonym), throttle("reset-user", user.to_string())],
        event: app.event_id(),
    };
    match app.store().ask_for_reset(&asked, now).await {
        Ok(()) | Err(Conflict::Refused(TooManyLetters)) => Ok(StatusCode::NO_CONTENT),
        Err(Conflict::Store(error)) => Err(error.into()),
    }
}

/// Whose a name is that nobody has: the same id each time, so that its letters are counted like anybody's. No person has
/// one of 1970, and without the key of pseudonyms none can be told from another.
fn nobody(pseudonym: &str) -> UserId {
    let mut random = [0; 10];
    for (place, byte) in random.iter_mut().zip(pseudonym.bytes()) {
        *place = byte;
    }
    UserId::new(Timestamp::UNIX_EPOCH, random)
}

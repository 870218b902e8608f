//! `DELETE /api/session/guest`: leaving an account one is a guest of (R510).

use axum::{extract::State, response::IntoResponse};
use domain::{
    UserId,
    access::Denied,
    letter::{GuestLetter, Message, Recipient, TeamLetter},
};
use http::StatusCode;
use store::{Conflict, GuestRefused, GuestTold};
use web::{ApiError, App, Caller, Problem};

/// Gives up one's place as a guest in the account the session works in, which ends with it; also one whose time is over.
/// Whoever let the guest in is told, or else the owner.
#[utoipa::path(
    delete,
    path = "/api/session/guest",
    tag = "session",
    responses(
        (status = 204, description = "Left; the cookie is taken away"),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 404, description = "No guest where the session works", body = Problem),
        (status = 409, description = "Something else changed meanwhile", body = Problem),
    ),
)]
pub(crate) async fn leave_as_guest(State(app): State<App>, caller: Caller) -> Result<impl IntoResponse, ApiError> {
    let actor = caller.actor().await?;
    let right = actor.may_leave_as_guest()?;
    let (account, guest) = (actor.account().ok_or(Denied::Hidden)?, right.guest());
    let name = actor.user().full_name();
    let left = TeamLetter::Guest(GuestLetter::Left {
        account_name: account.name.clone(),
        person_name: name.clone(),
        home_name: guest.home_name.clone(),
    });
    let leave = async |to: Option<UserId>| {
        let recipient = to.map_or(Recipient::OwnerOf(account.id), Recipient::User);
        let letter = app.letter(recipient, Message::Team(left.clone()));
        let told = GuestTold { letter: &letter, event: app.event_id(), now: app.now() };
        app.store().leave_as_guest(&right, &name, to, &told).await
    };
    // Whoever let them in is presumed to look after the account still.
    let gone = match leave(guest.by.filter(|by| *by != actor.user().id)).await {
        Err(Conflict::Refused(GuestRefused::Untold)) => leave(None).await,
        gone => gone,
    };
    gone.map_err(|conflict| {
        ApiError::refused(conflict, |arm| match arm {
            GuestRefused::Actor | GuestRefused::Changed | GuestRefused::NotOfPartner | GuestRefused::Untold => {
                ApiError::Conflict
            }
        })
    })?;
    Ok(web::cleared(StatusCode::NO_CONTENT))
}

//! `PUT /api/team/guests/{user}/period`: letting a guest stay for so many days from now on (R510).

use axum::extract::{Path, State, rejection::PathRejection};
use domain::{
    Actor,
    access::Denied,
    guest::GuestDays,
    invitation::NotAccepted,
    letter::{GuestLetter, Message, Recipient, TeamLetter},
};
use http::StatusCode;
use serde::Deserialize;
use store::{GuestRefused, GuestTold};
use utoipa::ToSchema;
use web::{ApiError, App, Body, Caller, Fields, Problem};

use crate::member_page::user_id;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Period {
    /// For how many days from now on: 1 to 366.
    #[schema(value_type = u16, example = 90)]
    days: i64,
}

/// Lets a guest stay for so many days from now on, be that longer or shorter than before; also one whose time is over, while
/// the list still shows them. They get a mail.
///
/// Only somebody who is still at work at the account's partner.
#[utoipa::path(
    put,
    path = "/api/team/guests/{user}/period",
    tag = "team",
    params(("user" = String, Path, description = "The guest")),
    request_body = Period,
    responses(
        (status = 204, description = "They can stay"),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not where the person stands, they do not look after the team, or they are a guest or the partner", body = Problem),
        (status = 404, description = "The account has no such guest", body = Problem),
        (status = 409, description = "They are none of the partner's people any more, there is none, or something else changed meanwhile", body = Problem),
        (status = 422, description = "Not a number of days that can be taken", body = Problem),
    ),
)]
pub(crate) async fn renew_guest(
    State(app): State<App>,
    caller: Caller,
    user: Result<Path<String>, PathRejection>,
    Body(body): Body<Period>,
) -> Result<StatusCode, ApiError> {
    let mut fields = Fields::new();
    let days = fields.take("/days", GuestDays::parse(body.days));
    let user = user_id(user);
    let query = |right| {
        let store = app.store().clone();
        async move {
            match user {
                Some(user) => store.member_to_change(&right, user).await,
                None => Ok(None),
            }
        }
    };
    let (actor, _, found) = caller.read(query, Actor::may_list_members).await?;
    let right = actor.may_manage_guests()?;
    let days = fields.finish(days)?;
    let found = found.ok_or(Denied::Hidden)?;
    let was = found.member.membership.guest.clone().ok_or(Denied::Hidden)?;
    let account = actor.account().ok_or(ApiError::Conflict)?;
    let now = app.now();
    let is = was.renewed(account, (days.from(now), actor.user().id), now)?;
    let ends_on = is.until.to_zoned(account.zone.zone()).date();
    let letter = TeamLetter::Guest(GuestLetter::Renewed { account_name: account.name.clone(), ends_on });
    let letter = app.letter(Recipient::User(found.member.user), Message::Team(letter));
    let told = GuestTold { letter: &letter, event: app.event_id(), now };
    app.store().renew_guest(&right, &found, (&was, &is), &told).await.map_err(|conflict| {
        ApiError::refused(conflict, |arm| match arm {
            GuestRefused::Actor | GuestRefused::Changed | GuestRefused::Untold => ApiError::Conflict,
            GuestRefused::NotOfPartner => NotAccepted::NotOfPartner.into(),
        })
    })?;
    Ok(StatusCode::NO_CONTENT)
}

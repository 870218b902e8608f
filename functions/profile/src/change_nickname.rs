//! `PUT /api/profile/nickname`: what the forum calls one (R205).

use axum::{Json, extract::State};
use domain::{
    letter::{Change, ChangedField, Message},
    nickname::Nickname,
    profile::Reversal,
};
use serde::{Deserialize, Serialize};
use store::{NewNickname, ProfileRefused, Throttle};
use utoipa::ToSchema;
use web::{ApiError, App, Body, Caller, Fields, Problem};

/// Changes of one person in a day: each keeps a name from everybody else for a week.
const CHANGES: u32 = 5;

#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MyNickname {
    /// 8 to 16 letters a–z, digits and dashes.
    #[schema(example = "annabelle-cad")]
    nickname: String,
}

/// Changes one's forum nickname: here at once, in the forum as soon as it is told.
///
/// One that looks like somebody else's is taken; one's last nickname stays one's own for a week.
#[utoipa::path(
    put,
    path = "/api/profile/nickname",
    tag = "profile",
    request_body = MyNickname,
    responses(
        (status = 200, description = "As it stands now", body = MyNickname),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not where the person stands", body = Problem),
        (status = 409, description = "It was changed elsewhere at the same time", body = Problem),
        (status = 422, description = "Not a nickname, or somebody's", body = Problem),
        (status = 429, description = "Changed too often", body = Problem),
    ),
)]
pub(crate) async fn change_nickname(
    State(app): State<App>,
    caller: Caller,
    Body(body): Body<MyNickname>,
) -> Result<Json<MyNickname>, ApiError> {
    let mut fields = Fields::new();
    let nickname = fields.take("/nickname", Nickname::parse(&body.nickname));
    let nickname = fields.finish(nickname)?;
    let (actor, link_key) = tokio::join!(caller.actor(), app.link_key());
    let actor = actor?;
    link_key?;
    let right = actor.may_change_nickname()?;
    let user = actor.user();
    let answer = Json(MyNickname { nickname: nickname.to_string() });
    if user.nickname.as_ref() == Some(&nickname) {
        return Ok(answer);
    }
    let before = user.nickname.as_ref().map(ToString::to_string).unwrap_or_default();
    let change = Change { field: ChangedField::Nickname, before, after: nickname.to_string() };
    let reversal = match &user.nickname {
        Some(before) => Reversal::Nickname { before: before.clone() },
        // Nothing stood there: taking it back ends the sessions.
        None => Reversal::Details(Vec::new()),
    };
    let message = Message::ProfileChanged { changes: vec![change] };
    let notice = app.notice(user, message, reversal).await?;
    let changed = Throttle { kind: "nickname-user", whom: user.id.to_string(), most: CHANGES, window: 24 * 3_600 };
    let new = NewNickname { before: user, after: &nickname, notice: &notice, changed: &changed };
    app.store().change_nickname(&right, &new, app.event_id(), app.now()).await.map_err(|conflict| {
        ApiError::refused(conflict, |arm| match arm {
            ProfileRefused::Taken => ApiError::field("/nickname", "nickname_taken"),
            ProfileRefused::Throttle => ApiError::TooManyTries(changed.used_up(app.now())),
            ProfileRefused::Changed | ProfileRefused::Owner => ApiError::Conflict,
        })
    })?;
    Ok(answer)
}

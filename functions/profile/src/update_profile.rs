//! `PUT /api/profile`: what one says of oneself (R201), told by mail with a way to take it back (R202).

use axum::{Json, extract::State};
use domain::{
    Actor, Language, User,
    letter::Message,
    name::{Country, JobTitle, PersonName, Phone},
    profile::{City, Details, PostalCode, Profile, Reversal, Street, Title, optional},
};
use serde::Deserialize;
use store::{Mine, NewDetails, ProfileRefused, Throttle};
use utoipa::ToSchema;
use web::{ApiError, App, Body, Caller, Fields, Problem};

use crate::me::{MyProfile, owns};

/// Changes of one person in an hour. Each is a mail, and somebody else with the session must not bury one among many.
const CHANGES: u32 = 20;

/// All of it; an empty text takes a field away.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewProfile {
    #[schema(example = "Dr.")]
    title: String,
    first_name: String,
    last_name: String,
    job_title: String,
    phone: String,
    street: String,
    postal_code: String,
    city: String,
    /// ISO 3166-1 alpha-2, or empty.
    #[schema(example = "FR")]
    country: String,
    /// `en`, `fr` or `de`.
    language: String,
}

/// Changes what one says of oneself.
///
/// An owner's name is protected: the vendor changes it on request.
#[utoipa::path(
    put,
    path = "/api/profile",
    tag = "profile",
    request_body = NewProfile,
    responses(
        (status = 200, description = "As it stands now", body = MyProfile),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not where the person stands", body = Problem),
        (status = 409, description = "It was changed elsewhere at the same time", body = Problem),
        (status = 422, description = "Fields that cannot be taken", body = Problem),
        (status = 429, description = "Changed too often", body = Problem),
    ),
)]
pub(crate) async fn update_profile(
    State(app): State<App>,
    caller: Caller,
    Body(body): Body<NewProfile>,
) -> Result<Json<MyProfile>, ApiError> {
    let query = |right| {
        let store = app.store().clone();
        async move { store.mine(&right).await }
    };
    let (read, link_key) = tokio::join!(caller.read(query, Actor::may_show_profile), app.link_key());
    let (actor, _, mine) = read?;
    link_key?;
    let right = actor.may_change_profile()?;
    let user = actor.user();
    let (before, after) = (Details::of(user), parse(&body, user, &mine)?);
    let changes = before.changes(&after);
    if changes.is_empty() {
        return Ok(Json(MyProfile::of(&actor, user, &mine, app.now())));
    }
    let renamed = before.first_name != after.first_name || before.last_name != after.last_name;
    let renamed_in = if renamed { mine.accounts.as_slice() } else { &[] };
    let message = Message::ProfileChanged { changes: changes.clone() };
    let notice = app.notice(user, message, Reversal::Details(changes.clone())).await?;
    let changed = Throttle { kind: "profile-user", whom: user.id.to_string(), most: CHANGES, window: 3_600 };
    let new =
        NewDetails { before: user, after: &after, changes: &changes, renamed_in, notice: &notice, changed: &changed };
    app.store().change_profile(&right, &new, app.event_id(), app.now()).await.map_err(|conflict| {
        ApiError::refused(conflict, |arm| match arm {
            ProfileRefused::Changed | ProfileRefused::Taken => ApiError::Conflict,
            ProfileRefused::Owner => ApiError::field("/last_name", "protected"),
            ProfileRefused::Throttle => ApiError::TooManyTries(changed.used_up(app.now())),
        })
    })?;
    let mut now = user.clone();
    (now.first_name, now.last_name, now.language, now.profile) =
        (after.first_name, after.last_name, after.language, after.profile);
    Ok(Json(MyProfile::of(&actor, &now, &mine, app.now())))
}

fn parse(body: &NewProfile, user: &User, mine: &Mine) -> Result<Details, ApiError> {
    let mut fields = Fields::new();
    let first_name = fields.take("/first_name", PersonName::parse(&body.first_name));
    let last_name = fields.take("/last_name", PersonName::parse(&body.last_name));
    let language = fields.take("/language", Language::parse(&body.language));
    let title = fields.take("/title", optional(&body.title, Title::parse));
    let job_title = fields.take("/job_title", optional(&body.job_title, JobTitle::parse));
    let phone = fields.take("/phone", optional(&body.phone, Phone::parse));
    let street = fields.take("/street", optional(&body.street, Street::parse));
    let postal_code = fields.take("/postal_code", optional(&body.postal_code, PostalCode::parse));
    let city = fields.take("/city", optional(&body.city, City::parse));
    let country = fields.take("/country", optional(&body.country, Country::parse));
    if owns(mine) {
        for (pointer, name, stands) in
            [("/first_name", &first_name, &user.first_name), ("/last_name", &last_name, &user.last_name)]
        {
            if name.as_ref().is_some_and(|name| name != stands) {
                fields.refuse(pointer, "protected", Vec::new());
            }
        }
    }
    let taken = (|| {
        Some(Details {
            first_name: first_name?,
            last_name: last_name?,
            language: language?,
            profile: Profile {
                title: title?,
                job_title: job_title?,
                phone: phone?,
                street: street?,
                postal_code: postal_code?,
                city: city?,
                country: country?,
            },
        })
    })();
    fields.finish(taken)
}

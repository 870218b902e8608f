//! `POST /api/licenses/trials`: trying a product (R407).

use axum::{Json, extract::State};
use domain::{
    Account, Actor, Date,
    letter::{Message, Recipient},
    license::License,
    number::ProductCode,
    product::Product,
};
use http::StatusCode;
use serde::{Deserialize, Serialize};
use store::{NewTrial, TrialRefused};
use utoipa::ToSchema;
use web::{ApiError, App, Body, Caller, Fields, Problem};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WantedTrial {
    /// The code of a product on offer to try.
    #[schema(example = "NLD")]
    product: String,
}

/// The license of a trial.
#[derive(Serialize, ToSchema)]
pub(crate) struct StartedTrial {
    #[schema(example = "lic_01jd0x5m2nfe4r8v0t6w9y2zab")]
    id: String,
    #[schema(example = "NLD-7Q4M-X2KP-09TV")]
    serial_number: String,
    seats: u32,
    /// The last day, in the account's time zone.
    #[schema(value_type = String, format = Date)]
    ends_on: Date,
}

/// Starts a trial: each product once for each account. It ends by itself; an order can convert it.
#[utoipa::path(
    post,
    path = "/api/licenses/trials",
    tag = "licenses",
    request_body = WantedTrial,
    responses(
        (status = 201, description = "Started", body = StartedTrial),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not where the person stands", body = Problem),
        (status = 409, description = "The account has tried it before, or something changed meanwhile", body = Problem),
        (status = 422, description = "No product on offer to try", body = Problem),
    ),
)]
pub(crate) async fn start_trial(
    State(app): State<App>,
    caller: Caller,
    Body(body): Body<WantedTrial>,
) -> Result<(StatusCode, Json<StartedTrial>), ApiError> {
    let mut fields = Fields::new();
    let code = fields.take("/product", ProductCode::parse(&body.product));
    let code = fields.finish(code)?;
    let start = |right| {
        let (store, code) = (app.store().clone(), code.clone());
        async move { store.find_trial(&right, &code).await }
    };
    let (actor, _, offer) = caller.read(start, Actor::may_list_trials).await?;
    let right = actor.may_start_trials()?;
    let account = actor.account().ok_or(ApiError::NotFound)?;
    let offer = offer.ok_or_else(|| ApiError::field("/product", "trial_unavailable"))?;
    if offer.used.is_some() {
        return Err(ApiError::TrialUsed);
    }
    let (license, ends_on) = license(&app, account, &offer.product)?;
    let message = Message::TrialStarted {
        account_name: account.name.clone(),
        person_name: actor.name_and_home(),
        product: license.product_name.clone(),
        ends_on,
    };
    let letter = app.letter(Recipient::OwnerOf(account.id), message);
    let new = NewTrial { product: &offer.product, license: &license, letter };
    app.store().start_trial(&right, &new, app.event_id(), app.now()).await.map_err(|conflict| {
        ApiError::refused(conflict, |arm| match arm {
            TrialRefused::Used => ApiError::TrialUsed,
            TrialRefused::Actor | TrialRefused::Changed => ApiError::Conflict,
        })
    })?;
    let started = StartedTrial {
        id: license.id.to_string(),
        serial_number: license.serial_number.to_string(),
        seats: license.seats.total(),
        ends_on,
    };
    Ok((StatusCode::CREATED, Json(started)))
}

/// The license of a trial that starts today, where the account is, and its last day.
fn license(app: &App, account: &Account, product: &Product) -> Result<(License, Date), ApiError> {
    let today = app.now().to_zoned(account.zone.zone()).date();
    let drawn = (credentials::random(), credentials::random(), credentials::random());
    let license = License::of_trial(product, today, drawn).map_err(ApiError::broken)?;
    license.ok_or_else(|| ApiError::broken("a trial without an end"))
}

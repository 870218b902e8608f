//! `POST /api/licenses/{id}/serial-number`: another serial number for a license whose own leaked (R408).

use axum::{
    Json,
    extract::{Path, State},
};
use domain::{
    Account, Actor, Date, LicenseId,
    letter::{Message, Recipient},
    license::LicenseState,
    name::Reason,
    number::SerialNumber,
    profile::optional,
};
use serde::{Deserialize, Serialize};
use store::{Conflict, FoundLicense, NewSerialNumber, ReplacementRefused};
use utoipa::ToSchema;
use web::{ApiError, App, Body, Caller, Fields, Problem};

/// How often it is tried again because the license changed at the same time: seats come and go.
const TRIES: u32 = 20;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WantedReplacement {
    /// Why; may be empty.
    #[serde(default)]
    reason: String,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct Replaced {
    #[schema(example = "NLD-7Q4M-X2KP-09TV")]
    serial_number: String,
}

/// Gives a license another serial number. The old one is refused from then on. The vendor says how often a calendar year
/// that may be done to each license.
#[utoipa::path(
    post,
    path = "/api/licenses/{id}/serial-number",
    tag = "licenses",
    params(("id" = String, Path, description = "The license")),
    request_body = WantedReplacement,
    responses(
        (status = 200, description = "Replaced", body = Replaced),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not where the person stands", body = Problem),
        (status = 404, description = "The account has no such license", body = Problem),
        (status = 409, description = "As often as this year allows, or the license is over", body = Problem),
        (status = 422, description = "A reason that cannot be taken", body = Problem),
    ),
)]
pub(crate) async fn replace_serial(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Body(body): Body<WantedReplacement>,
) -> Result<Json<Replaced>, ApiError> {
    let mut fields = Fields::new();
    let why = fields.take("/reason", optional(&body.reason, Reason::parse));
    let why = fields.finish(why)?;
    let id = LicenseId::parse(&id).ok();
    let start = |right| {
        let store = app.store().clone();
        async move {
            match id {
                Some(id) => store.find_license_of_serial(&right, id).await,
                None => Ok(None),
            }
        }
    };
    let (actor, reading, found) = caller.read(start, Actor::may_find_serial).await?;
    let right = actor.may_replace_serial()?;
    let account = actor.account().ok_or(ApiError::NotFound)?;
    let most = app.vendor().await?.serial_replacements_a_year;
    let mut found = found.ok_or(ApiError::NotFound)?;
    for _ in 0..TRIES {
        let new = replacement(&app, &actor, account, &found, most, why.clone())?;
        match app.store().replace_serial(&right, &new, app.event_id(), app.now()).await {
            Ok(()) => return Ok(Json(Replaced { serial_number: new.serial.to_string() })),
            Err(Conflict::Refused(ReplacementRefused::Changed)) => {}
            Err(Conflict::Refused(ReplacementRefused::Actor)) => return Err(ApiError::Conflict),
            Err(Conflict::Refused(ReplacementRefused::Exhausted)) => return Err(exhausted(new.today)),
            Err(Conflict::Store(error)) => return Err(error.into()),
        }
        let again = app.store().find_license_of_serial(&reading, found.license.id).await?;
        found = again.ok_or(ApiError::NotFound)?;
    }
    Err(ApiError::Conflict)
}

fn replacement<'a>(
    app: &App,
    actor: &Actor,
    account: &Account,
    of: &'a FoundLicense,
    most: u16,
    why: Option<Reason>,
) -> Result<NewSerialNumber<'a>, ApiError> {
    let (license, zone) = (&of.license, account.zone.zone());
    match license.state(app.now(), &zone) {
        LicenseState::Active | LicenseState::Ending => {}
        LicenseState::Ended | LicenseState::Cancelled => return Err(ApiError::LicenseOver),
    }
    let today = app.now().to_zoned(zone).date();
    let message = Message::SerialReplaced {
        account_name: account.name.clone(),
        person_name: actor.name_and_home(),
        product: license.product_name.clone(),
        old: license.serial_number.clone(),
    };
    let letter = app.letter(Recipient::OwnerOf(account.id), message);
    let serial = SerialNumber::drawn(&license.product_code, credentials::random());
    Ok(NewSerialNumber { of, serial, most, today, why, letter })
}

/// The year begins anew on its first day.
fn exhausted(today: Date) -> ApiError {
    let until = Date::new(today.year().saturating_add(1), 1, 1).unwrap_or(Date::MAX);
    ApiError::RotationsExhausted { until }
}

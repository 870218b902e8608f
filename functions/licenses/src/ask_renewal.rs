//! `POST /api/licenses/{id}/renewal-requests`: asking the vendor to let a license go on (R405).

use axum::{
    Json,
    extract::{Path, State},
};
use domain::{
    Actor, LicenseId, RequestId,
    letter::{Message, Recipient},
    name::Reason,
    profile::optional,
    request::Wish,
};
use http::StatusCode;
use serde::{Deserialize, Serialize};
use store::{Asker, NewRequest, RenewalRefused};
use utoipa::ToSchema;
use web::{ApiError, App, Body, Caller, Fields, Problem};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WantedRenewal {
    /// What the vendor should know; may be empty.
    #[serde(default)]
    note: String,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct RenewalAsked {
    #[schema(example = "req_01jd0x5m2nfe4r8v0t6w9y2zab")]
    id: String,
}

/// Asks the vendor for the renewal of a license that has an end, also one that is over: once until the vendor has
/// decided. The person gets a mail, and the partner who looks after the account.
#[utoipa::path(
    post,
    path = "/api/licenses/{id}/renewal-requests",
    tag = "licenses",
    params(("id" = String, Path, description = "The license")),
    request_body = WantedRenewal,
    responses(
        (status = 201, description = "Asked", body = RenewalAsked),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not where the person stands", body = Problem),
        (status = 404, description = "The account has no such license", body = Problem),
        (status = 409, description = "Asked before and not decided, or the license has no end or was cancelled", body = Problem),
        (status = 422, description = "A note that cannot be taken", body = Problem),
    ),
)]
pub(crate) async fn ask_renewal(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Body(body): Body<WantedRenewal>,
) -> Result<(StatusCode, Json<RenewalAsked>), ApiError> {
    let mut fields = Fields::new();
    let note = fields.take("/note", optional(&body.note, Reason::parse));
    let note = fields.finish(note)?;
    let license = LicenseId::parse(&id).ok();
    let start = |right| {
        let store = app.store().clone();
        async move {
            match license {
                Some(license) => store.find_renewable(&right, license).await,
                None => Ok(None),
            }
        }
    };
    let (actor, _, found) = caller.read(start, Actor::may_find_renewal).await?;
    let right = actor.may_manage_licenses()?;
    let found = found.ok_or(ApiError::NotFound)?;
    let account = actor.account().ok_or(ApiError::NotFound)?;
    let license = &found.found.license;
    let ends_on = license.ends_on.filter(|_| license.cancelled_on.is_none()).ok_or(ApiError::NotRenewable)?;
    let wish = Wish::Renewal {
        license: license.id,
        serial: license.serial_number.clone(),
        product: license.product_name.clone(),
        ends_on,
    };
    let told = Message::ChangeRequested { kind: wish.kind() };
    let mut letters = vec![app.letter(Recipient::User(actor.user().id), told)];
    letters.extend(found.partner.map(|partner| {
        let message = Message::RenewalAsked {
            account_name: account.name.clone(),
            product: license.product_name.clone(),
            serial: license.serial_number.clone(),
            ends_on,
        };
        app.letter(Recipient::OwnerOf(partner), message)
    }));
    let request = RequestId::new(app.now(), credentials::random());
    let new = NewRequest { id: request, by: Asker::of(actor.user(), Some(account)), wish, reason: note };
    let asked = app.store().ask_renewal(&right, &found.found, &new, &letters, app.event_id(), app.now()).await;
    asked.map_err(|conflict| {
        ApiError::refused(conflict, |arm| match arm {
            RenewalRefused::Waiting => ApiError::AlreadyAsked,
            RenewalRefused::Actor | RenewalRefused::Changed => ApiError::Conflict,
        })
    })?;
    Ok((StatusCode::CREATED, Json(RenewalAsked { id: request.to_string() })))
}

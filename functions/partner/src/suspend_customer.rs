//! `PUT /api/partner/customers/{id}/suspension`: suspending a customer (R506).

use axum::extract::{Path, State, rejection::PathRejection};
use domain::{AccountStatus, letter::CustomerLetter, name::Reason};
use http::StatusCode;
use serde::Deserialize;
use store::SuspensionTold;
use utoipa::ToSchema;
use web::{ApiError, App, Body, Caller, Fields, Problem};

use crate::{
    customer_path::on,
    suspending::{Suspending, letters, refused},
};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WantedSuspension {
    /// Why: everybody of the customer reads it, and so does the vendor.
    #[schema(example = "Two invoices are unpaid")]
    reason: String,
}

/// Suspends a customer: from their next request on, everybody there reads why and reaches support, and nothing else. Its
/// owner and the vendor get a mail. Done again, it changes nothing.
#[utoipa::path(
    put,
    path = "/api/partner/customers/{id}/suspension",
    tag = "partner",
    params(("id" = String, Path, description = "The customer's account")),
    request_body = WantedSuspension,
    responses(
        (status = 204, description = "Suspended"),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not where the person stands, or the customer lets in guests only or is closed", body = Problem),
        (status = 404, description = "No customer of theirs", body = Problem),
        (status = 409, description = "Somebody else has suspended it, or it was changed meanwhile", body = Problem),
        (status = 422, description = "No reason, or one that cannot be taken", body = Problem),
    ),
)]
pub(crate) async fn suspend_customer(
    State(app): State<App>,
    caller: Caller,
    id: Result<Path<String>, PathRejection>,
    Body(body): Body<WantedSuspension>,
) -> Result<StatusCode, ApiError> {
    let suspending = Suspending::of(&on(caller, id)?).await?;
    let mut fields = Fields::new();
    let reason = fields.take("/reason", Reason::parse(&body.reason));
    let reason = fields.finish(reason)?;
    let (customer, partner) = (suspending.customer()?, suspending.partner()?);
    match &customer.status {
        AccountStatus::Active | AccountStatus::Closed => {}
        AccountStatus::Suspended { by: Some(by), .. } if by.account == partner.account => {
            return Ok(StatusCode::NO_CONTENT);
        }
        AccountStatus::Suspended { .. } => return Err(ApiError::SuspensionNotYours),
    }
    let (account_name, person_name) = (customer.name.clone(), suspending.person_name());
    let to_owner = CustomerLetter::Suspended {
        account_name: account_name.clone(),
        person_name: person_name.clone(),
        partner_name: partner.name.clone(),
        reason: reason.clone(),
    };
    let to_vendor = CustomerLetter::SuspensionNoted {
        account_name,
        customer_number: customer.number.clone(),
        person_name,
        partner_name: partner.name.clone(),
        reason: reason.clone(),
    };
    let letters = letters(&app, customer, to_owner, to_vendor).await?;
    let told = SuspensionTold { letters: &letters, event: app.event_id(), now: app.now() };
    let suspended = app.store().suspend_customer(&suspending.right, customer, (&partner, &reason), &told).await;
    suspended.map_err(refused)?;
    Ok(StatusCode::NO_CONTENT)
}

//! `DELETE /api/partner/customers/{id}/suspension`: opening a customer's account again (R506).

use axum::extract::{Path, State, rejection::PathRejection};
use domain::{AccountStatus, letter::CustomerLetter};
use http::StatusCode;
use store::SuspensionTold;
use web::{ApiError, App, Caller, Problem};

use crate::{
    customer_path::on,
    suspending::{Suspending, letters, refused},
};

/// Ends the suspension of a customer, if the same partner began it; what the vendor suspended, the vendor opens. Its owner
/// and the vendor get a mail. Done again, it changes nothing.
#[utoipa::path(
    delete,
    path = "/api/partner/customers/{id}/suspension",
    tag = "partner",
    params(("id" = String, Path, description = "The customer's account")),
    responses(
        (status = 204, description = "In use again"),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not where the person stands, or the customer lets in guests only or is closed", body = Problem),
        (status = 404, description = "No customer of theirs", body = Problem),
        (status = 409, description = "Somebody else has suspended it, or it was changed meanwhile", body = Problem),
    ),
)]
pub(crate) async fn reactivate_customer(
    State(app): State<App>,
    caller: Caller,
    id: Result<Path<String>, PathRejection>,
) -> Result<StatusCode, ApiError> {
    let suspending = Suspending::of(&on(caller, id)?).await?;
    let (customer, partner) = (suspending.customer()?, suspending.partner()?);
    match &customer.status {
        AccountStatus::Active | AccountStatus::Closed => return Ok(StatusCode::NO_CONTENT),
        AccountStatus::Suspended { by: Some(by), .. } if by.account == partner.account => {}
        AccountStatus::Suspended { .. } => return Err(ApiError::SuspensionNotYours),
    }
    let (account_name, person_name) = (customer.name.clone(), suspending.person_name());
    let to_owner = CustomerLetter::Reactivated {
        account_name: account_name.clone(),
        person_name: person_name.clone(),
        partner_name: partner.name.clone(),
    };
    let to_vendor = CustomerLetter::ReactivationNoted {
        account_name,
        customer_number: customer.number.clone(),
        person_name,
        partner_name: partner.name.clone(),
    };
    let letters = letters(&app, customer, to_owner, to_vendor).await?;
    let told = SuspensionTold { letters: &letters, event: app.event_id(), now: app.now() };
    app.store().reactivate_customer(&suspending.right, customer, &partner, &told).await.map_err(refused)?;
    Ok(StatusCode::NO_CONTENT)
}

//! `DELETE /api/staff/accounts/{id}/partner`: nobody looks after a customer any more (R514).

use axum::extract::{Path, State, rejection::PathRejection};
use domain::{
    access::Denied,
    letter::{Message, PartnerLetter, Recipient},
};
use http::StatusCode;
use store::LinkingTold;
use web::{ApiError, App, Caller, Problem};

use crate::linking::{find, refused};

/// Lets nobody look after a customer any more. What its partner's people and guests could do there ends with their next
/// request; what they did stays in its log.
///
/// Admins only. The owners are told. Done again, it changes nothing.
#[utoipa::path(
    delete,
    path = "/api/staff/accounts/{id}/partner",
    tag = "staff",
    params(("id" = String, Path, description = "The customer's id")),
    responses(
        (status = 204, description = "So it is"),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not an admin", body = Problem),
        (status = 404, description = "No account, or not for this caller", body = Problem),
        (status = 409, description = "Somebody else changed it meanwhile", body = Problem),
    ),
)]
pub(crate) async fn unlink_partner(
    State(app): State<App>,
    caller: Caller,
    id: Result<Path<String>, PathRejection>,
) -> Result<StatusCode, ApiError> {
    let (actor, linking) = find(&app, &caller, id, None).await?;
    let right = actor.may_set_features()?;
    let linking = linking.ok_or(Denied::Hidden)?;
    let Some(former) = &linking.former else { return Ok(StatusCode::NO_CONTENT) };
    let account = &linking.account;
    let (account_name, customer_number) = (account.name.clone(), account.number.clone());
    let ended = PartnerLetter::Ended { account_name: account_name.clone(), partner_name: former.name.clone() };
    let left = PartnerLetter::CustomerLeft { account_name, customer_number };
    let letters = [
        app.letter(Recipient::OwnerOf(account.id), Message::Partner(ended)),
        app.letter(Recipient::OwnerOf(former.id), Message::Partner(left)),
    ];
    let events = std::array::from_fn(|_| app.event_id());
    let told = LinkingTold { letters: &letters, events, now: app.now() };
    app.store().unlink_partner(&right, &linking, &told).await.map_err(refused)?;
    Ok(StatusCode::NO_CONTENT)
}

//! `PUT /api/team/access`: the owner decides how the partner's people get in (R509).

use axum::{
    Json,
    extract::State,
    response::{IntoResponse, Response},
};
use domain::{
    Account, Actor, RequestId,
    letter::{Message, PartnerLetter, Recipient},
    partnership::{CustomerAccess, Partnership},
    request::Wish,
    rights::ChangeAccess,
};
use http::StatusCode;
use serde::{Deserialize, Serialize};
use store::{AccessChange, AccessRefused, Asker, Listed, NewRequest, PartnerOfAccount, RequestRefused};
use utoipa::ToSchema;
use web::{ApiError, App, Body, Caller, Fields, Problem};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WantedWayIn {
    /// `automatic`, or `guests_only`: only those whom the account invites.
    #[schema(example = "guests_only")]
    access: String,
}

/// That it was asked of the vendor.
#[derive(Serialize, ToSchema)]
pub(crate) struct AccessAsked {
    #[schema(example = "req_01jd0x5m2nfe4r8v0t6w9y2zab")]
    id: String,
}

/// Says how the people of the account's partner get in, from their next request on; where the vendor wants it so, asks the
/// vendor. Both owners are told. Said again, it changes nothing.
#[utoipa::path(
    put,
    path = "/api/team/access",
    tag = "team",
    request_body = WantedWayIn,
    responses(
        (status = 202, description = "Asked of the vendor", body = AccessAsked),
        (status = 204, description = "So it is"),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not where the person stands, or not the owner", body = Problem),
        (status = 409, description = "No partner, said by the vendor, asked already, or something else changed meanwhile", body = Problem),
        (status = 422, description = "Fields that cannot be taken", body = Problem),
    ),
)]
pub(crate) async fn change_access(
    State(app): State<App>,
    caller: Caller,
    Body(body): Body<WantedWayIn>,
) -> Result<Response, ApiError> {
    let mut fields = Fields::new();
    let access = fields.take("/access", CustomerAccess::parse(&body.access));
    let access = fields.finish(access)?;
    let start = |right| {
        let store = app.store().clone();
        async move { store.find_partner_and_list(&right).await }
    };
    let (actor, _, (partner, listed)) = caller.read(start, Actor::may_show_outsiders).await?;
    let right = actor.may_change_access()?;
    let account = actor.account().ok_or(ApiError::NotFound)?;
    let partner = partner.ok_or(ApiError::NoPartner)?;
    // Judged and read at the same time, and so perhaps not of the same moment.
    let was = account.partnership.filter(|was| was.partner == partner.id).ok_or(ApiError::Conflict)?;
    if account.said_features.is_some_and(|features| features.guests_only) {
        return Err(ApiError::AccessByVendor);
    }
    if was.access == access {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    if app.settings().await?.owner_decides_access {
        change(&app, &right, account, (was, &partner, listed), access).await
    } else {
        ask(&app, &right, &actor, &partner, access).await
    }
}

async fn change(
    app: &App,
    right: &ChangeAccess,
    account: &Account,
    (was, partner, listed): (Partnership, &PartnerOfAccount, Listed),
    access: CustomerAccess,
) -> Result<Response, ApiError> {
    let change = AccessChange { account: account.id, owner: account.owner, was, access, listed };
    let (account_name, partner_name) = (account.name.clone(), partner.name.clone());
    let to_partner = PartnerLetter::CustomerAccess { account_name: account_name.clone(), access };
    let letters = [
        app.letter(
            Recipient::OwnerOf(account.id),
            Message::Partner(PartnerLetter::AccessChanged { account_name, partner_name, access }),
        ),
        app.letter(Recipient::OwnerOf(partner.id), Message::Partner(to_partner)),
    ];
    let changed = app.store().change_access(right, &change, &letters, app.event_id(), app.now()).await;
    changed.map_err(|conflict| {
        ApiError::refused(conflict, |arm| match arm {
            AccessRefused::Actor | AccessRefused::Changed | AccessRefused::Listed => ApiError::Conflict,
        })
    })?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

async fn ask(
    app: &App,
    right: &ChangeAccess,
    actor: &Actor,
    partner: &PartnerOfAccount,
    access: CustomerAccess,
) -> Result<Response, ApiError> {
    let wish = Wish::Access { access, partner: partner.id, partner_name: partner.name.clone() };
    let told = Message::ChangeRequested { kind: wish.kind() };
    let letter = app.letter(Recipient::User(actor.user().id), told);
    let id = RequestId::new(app.now(), credentials::random());
    let new = NewRequest { id, by: Asker::of(actor.user(), actor.account()), wish, reason: None };
    let asked = app.store().ask_for_access_change(right, &new, &letter, app.event_id(), app.now()).await;
    asked.map_err(|conflict| {
        ApiError::refused(conflict, |arm| match arm {
            RequestRefused::Waiting => ApiError::AlreadyAsked,
            RequestRefused::Actor => ApiError::Conflict,
        })
    })?;
    Ok((StatusCode::ACCEPTED, Json(AccessAsked { id: id.to_string() })).into_response())
}

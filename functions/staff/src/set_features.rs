//! `PUT /api/staff/accounts/{id}/features`: what an account may use (R702).

use axum::extract::{Path, State, rejection::PathRejection};
use domain::{Features, access::Denied};
use http::StatusCode;
use serde::{Deserialize, Serialize};
use store::FeaturesRefused;
use utoipa::ToSchema;
use web::{ApiError, App, Body, Caller, Problem};

use crate::show_account::account_id;

/// What an account may use.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AccountFeatures {
    /// Whether its owner and managers look after their people themselves; otherwise they are told whom to ask.
    team_area: bool,
    /// Whether its partner's people get in only as guests.
    guests_only: bool,
    /// Whether it has the pages of a partner. Only an account of that kind can.
    partner: bool,
    /// Whether a partner's people may create customers and start trials on behalf of the vendor. Not said: they may not.
    #[serde(default)]
    on_behalf: bool,
}

impl From<Features> for AccountFeatures {
    fn from(features: Features) -> Self {
        let Features { team_area, guests_only, partner, on_behalf } = features;
        Self { team_area, guests_only, partner, on_behalf }
    }
}

/// Says what an account may use, from the next request of everybody there on, whatever the vendor's setting for all is.
///
/// Admins only. Said again, it changes nothing.
#[utoipa::path(
    put,
    path = "/api/staff/accounts/{id}/features",
    tag = "staff",
    params(("id" = String, Path, description = "The account's id")),
    request_body = AccountFeatures,
    responses(
        (status = 204, description = "So it is"),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not an admin", body = Problem),
        (status = 404, description = "No account, or not for this caller", body = Problem),
        (status = 409, description = "Somebody else changed it meanwhile", body = Problem),
        (status = 422, description = "Fields that cannot be taken", body = Problem),
    ),
)]
pub(crate) async fn set_features(
    State(app): State<App>,
    caller: Caller,
    id: Result<Path<String>, PathRejection>,
    Body(body): Body<AccountFeatures>,
) -> Result<StatusCode, ApiError> {
    let id = account_id(id);
    let account = async {
        match id {
            Ok(id) => app.store().find_account_and_list(id).await,
            Err(_) => Ok(None),
        }
    };
    let (actor, found) = tokio::join!(caller.actor(), account);
    let right = actor?.may_set_features()?;
    let found = found?.ok_or(Denied::Hidden)?;
    let account = &found.0;
    let AccountFeatures { team_area, guests_only, partner, on_behalf } = body;
    let features = Features { team_area, guests_only, partner, on_behalf };
    if !features.fit(account.kind) {
        return Err(ApiError::field("/partner", "not_a_partner"));
    }
    if account.said_features == Some(features) {
        return Ok(StatusCode::NO_CONTENT);
    }
    let set = app.store().set_features(&right, &found, features, app.event_id(), app.now()).await;
    set.map_err(|conflict| {
        ApiError::refused(conflict, |arm| match arm {
            FeaturesRefused::Actor | FeaturesRefused::Account | FeaturesRefused::Listed => ApiError::Conflict,
        })
    })?;
    Ok(StatusCode::NO_CONTENT)
}

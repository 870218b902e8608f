//! `GET /api/team/access`: who looks after the account from outside, and how they get in (R509).

use axum::{Json, extract::State};
use domain::{access::Act, partnership::CustomerAccess};
use serde::Serialize;
use store::PartnerOfAccount;
use utoipa::ToSchema;
use web::{ApiError, App, Caller, Problem};

/// Who can see the account.
#[derive(Serialize, ToSchema)]
pub(crate) struct AccountAccess {
    /// Who looks after it; null for nobody.
    partner: Option<ItsPartner>,
    /// How the partner's people get in: `automatic` or `guests_only`; null without a partner.
    #[schema(value_type = Option<String>, example = "automatic")]
    access: Option<CustomerAccess>,
    /// Whether the vendor said that only guests get in, whatever the account says.
    by_vendor: bool,
    /// Whether whoever asks may change it, or have the vendor asked to: the owner, where there is a partner and the vendor
    /// said nothing.
    may_change: bool,
    /// Whether a change is the vendor's to approve.
    asks_vendor: bool,
}

#[derive(Serialize, ToSchema)]
struct ItsPartner {
    #[schema(example = "C20010")]
    number: String,
    name: String,
}

impl From<PartnerOfAccount> for ItsPartner {
    fn from(partner: PartnerOfAccount) -> Self {
        Self { number: partner.number.to_string(), name: partner.name.to_string() }
    }
}

/// Shows who looks after the account from outside: to its owner and managers.
#[utoipa::path(
    get,
    path = "/api/team/access",
    tag = "team",
    responses(
        (status = 200, description = "Who can see the account", body = AccountAccess),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not where the person stands, or not a manager", body = Problem),
    ),
)]
pub(crate) async fn show_access(State(app): State<App>, caller: Caller) -> Result<Json<AccountAccess>, ApiError> {
    let actor = caller.actor().await?;
    let right = actor.may_show_outsiders()?;
    let account = actor.account().ok_or(ApiError::NotFound)?;
    let partner = app.store().show_partner(&right, account).await?;
    let by_vendor = account.said_features.is_some_and(|features| features.guests_only);
    let may_change = partner.is_some() && !by_vendor && actor.allows(Act::ChangeAccess).is_ok();
    Ok(Json(AccountAccess {
        access: account.access(),
        partner: partner.map(ItsPartner::from),
        by_vendor,
        may_change,
        asks_vendor: !app.settings().await?.owner_decides_access,
    }))
}

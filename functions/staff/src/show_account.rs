//! `GET /api/staff/accounts/{id}`: an account as staff see it (R702).

use axum::{
    Json,
    extract::{Path, State, rejection::PathRejection},
};
use domain::{
    AccountId, AccountKind, AccountState, AccountStatus, Actor, access::Denied, features::TeamArea,
    partnership::CustomerAccess,
};
use serde::Serialize;
use store::{AccountDetails, PartnerOfAccount};
use utoipa::ToSchema;
use web::{ApiError, App, Caller, Problem};

use crate::{person::StaffPerson, set_features::AccountFeatures};

/// An account.
#[derive(Serialize, ToSchema)]
pub(crate) struct StaffAccount {
    #[schema(example = "acc_01jd0x5m2nfe4r8v0t6w9y2zab")]
    id: String,
    #[schema(example = "C10423")]
    number: String,
    name: String,
    #[schema(value_type = String, example = "customer")]
    kind: AccountKind,
    /// `active`, `suspended` or `closed`.
    #[schema(value_type = String, example = "active")]
    status: AccountState,
    suspension_reason: Option<String>,
    /// ISO 3166-1 alpha-2; null if not known.
    #[schema(example = "GB")]
    country: Option<String>,
    /// `en`, `fr` or `de`: of mails to the account as a whole.
    language: &'static str,
    /// Where its contract days end.
    #[schema(example = "Europe/London")]
    time_zone: String,
    /// Whether everyone in it needs a second factor.
    second_factor_required: bool,
    /// How many people belong to it.
    members: u32,
    /// What counts.
    features: AccountFeatures,
    /// Whether staff said so of this account; where not, the team area is as the vendor's setting for all has it.
    features_said: bool,
    /// The license contact.
    owner: Option<StaffPerson>,
    /// Who looks after it; null for nobody.
    partner: Option<StaffPartner>,
}

#[derive(Serialize, ToSchema)]
struct StaffPartner {
    id: String,
    #[schema(example = "C20010")]
    number: String,
    name: String,
    /// `automatic` or `guests_only`, as the records say.
    #[schema(value_type = String, example = "automatic")]
    access: CustomerAccess,
}

/// Shows an account.
#[utoipa::path(
    get,
    path = "/api/staff/accounts/{id}",
    tag = "staff",
    params(("id" = String, Path, description = "The account's id")),
    responses(
        (status = 200, description = "The account", body = StaffAccount),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 404, description = "No account, or not for this caller", body = Problem),
    ),
)]
pub(crate) async fn show_account(
    State(app): State<App>,
    caller: Caller,
    id: Result<Path<String>, PathRejection>,
) -> Result<Json<StaffAccount>, ApiError> {
    let account = account_id(id);
    let start = |right| {
        let store = app.store().clone();
        async move {
            match account {
                Ok(account) => store.account_details(&right, account).await,
                Err(_) => Ok(None),
            }
        }
    };
    let (_, _, found) = caller.read(start, Actor::may_find_accounts).await?;
    let setting = app.settings().await?.team_area;
    Ok(Json(StaffAccount::of(found.ok_or(Denied::Hidden)?, setting)))
}

/// The account that a path names.
pub(crate) fn account_id(id: Result<Path<String>, PathRejection>) -> Result<AccountId, Denied> {
    let Path(id) = id.map_err(|_| Denied::Hidden)?;
    AccountId::parse(&id).map_err(|_| Denied::Hidden)
}

impl StaffAccount {
    /// An account, where the vendor's setting for all is that.
    fn of(details: AccountDetails, setting: TeamArea) -> Self {
        let account = details.account;
        let (features, features_said) = (account.features(setting).into(), account.said_features.is_some());
        Self {
            id: account.id.to_string(),
            number: account.number.to_string(),
            name: account.name.to_string(),
            kind: account.kind,
            status: account.status.state(),
            suspension_reason: match &account.status {
                AccountStatus::Suspended { reason, .. } => Some(reason.to_string()),
                AccountStatus::Active | AccountStatus::Closed => None,
            },
            country: account.country.map(String::from),
            language: account.language.tag(),
            time_zone: account.zone.as_str().to_owned(),
            second_factor_required: account.second_factor_required,
            members: details.members,
            features,
            features_said,
            owner: details.owner.as_ref().map(StaffPerson::from),
            partner: details.partner.map(StaffPartner::from),
        }
    }
}

impl From<PartnerOfAccount> for StaffPartner {
    fn from(partner: PartnerOfAccount) -> Self {
        Self {
            id: partner.id.to_string(),
            number: partner.number.to_string(),
            name: partner.name.to_string(),
            access: partner.access,
        }
    }
}

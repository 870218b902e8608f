//! `GET /api/partner/customers/{id}`: a customer, and what one may do there (R502).

use axum::{
    Json,
    extract::{Path, State, rejection::PathRejection},
};
use domain::{
    AccountId, AccountState, AccountStatus, Actor,
    access::{Act, Denied},
    member::Member,
    partnership::CustomerAccess,
};
use serde::Serialize;
use store::CustomerDetails;
use utoipa::ToSchema;
use web::{ApiError, App, Caller, Problem};

use crate::customer_path::on;

/// A customer.
#[derive(Serialize, ToSchema)]
pub(crate) struct CustomerPage {
    #[schema(example = "acc_01jd0x5m2nfe4r8v0t6w9y2zab")]
    id: String,
    #[schema(example = "C10423")]
    number: String,
    name: String,
    /// `active` or `suspended`.
    #[schema(value_type = String, example = "active")]
    status: AccountState,
    /// Why it is suspended, in the words of whoever did; null if it is not.
    suspension_reason: Option<String>,
    /// `partner`: the partner that asks, which can end it. `vendor`: somebody else; the vendor knows more. Null: it is not
    /// suspended.
    #[schema(example = "partner")]
    suspended_by: Option<&'static str>,
    /// `automatic`: whoever belongs to the partner sees this.
    #[schema(value_type = String, example = "automatic")]
    access: CustomerAccess,
    /// How many people belong to it.
    users: u32,
    /// ISO 3166-1 alpha-2, if it is known.
    #[schema(example = "GB")]
    country: Option<String>,
    /// `en`, `fr` or `de`.
    language: &'static str,
    #[schema(example = "Europe/London")]
    time_zone: String,
    /// Its license contact.
    owner: Option<OwnerItem>,
    /// Everything the caller may do there, by name.
    #[schema(value_type = Vec<String>, example = json!(["list_licenses", "manage_members", "suspend_customer"]))]
    may: Vec<Act>,
}

#[derive(Serialize, ToSchema)]
struct OwnerItem {
    first_name: String,
    last_name: String,
    email: String,
}

/// Shows a customer of the partner, in use or suspended.
#[utoipa::path(
    get,
    path = "/api/partner/customers/{id}",
    tag = "partner",
    params(("id" = String, Path, description = "The customer's account")),
    responses(
        (status = 200, description = "The customer", body = CustomerPage),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not where the person stands, or the customer lets in guests only or is closed", body = Problem),
        (status = 404, description = "No customer of theirs", body = Problem),
    ),
)]
pub(crate) async fn show_customer(
    State(app): State<App>,
    caller: Caller,
    id: Result<Path<String>, PathRejection>,
) -> Result<Json<CustomerPage>, ApiError> {
    let caller = on(caller, id)?;
    let start = |right| {
        let store = app.store().clone();
        async move { store.show_customer(&right).await }
    };
    let (actor, _, found) = caller.read(start, Actor::may_show_customer).await?;
    let found = found.ok_or(Denied::Hidden)?;
    let access = found.account.access().ok_or(Denied::Hidden)?;
    Ok(Json(CustomerPage::of(found, access, &actor)))
}

impl CustomerPage {
    fn of(found: CustomerDetails, access: CustomerAccess, actor: &Actor) -> Self {
        let CustomerDetails { account, users, owner } = found;
        let partner = actor.home().map(|home| home.id);
        let (suspension_reason, suspended_by) = match &account.status {
            AccountStatus::Active | AccountStatus::Closed => (None, None),
            AccountStatus::Suspended { reason, by } => {
                (Some(reason.to_string()), Some(who(by.as_ref().map(|by| by.account), partner)))
            }
        };
        Self {
            id: account.id.to_string(),
            number: account.number.to_string(),
            name: account.name.to_string(),
            status: account.status.state(),
            suspension_reason,
            suspended_by,
            access,
            users,
            country: account.country.map(String::from),
            language: account.language.tag(),
            time_zone: account.zone.as_str().to_owned(),
            owner: owner.as_ref().map(OwnerItem::from),
            may: actor.may(),
        }
    }
}

/// Who suspended a customer, for the partner that asks. What a partner before them did, the vendor ends.
fn who(by: Option<AccountId>, partner: Option<AccountId>) -> &'static str {
    if by.is_some() && by == partner { "partner" } else { "vendor" }
}

impl From<&Member> for OwnerItem {
    fn from(owner: &Member) -> Self {
        Self {
            first_name: owner.first_name.to_string(),
            last_name: owner.last_name.to_string(),
            email: owner.email.to_string(),
        }
    }
}

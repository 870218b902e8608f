//! `GET /api/team/members/{user}/licenses`: what a member has a seat of (R311).

use axum::{
    Json,
    extract::{Path, State, rejection::PathRejection},
};
use domain::{
    Actor, Date, TimeZone, Timestamp,
    access::Denied,
    license::{License, LicenseState, LicenseType},
};
use serde::Serialize;
use utoipa::ToSchema;
use web::{ApiError, App, Caller, Problem, Query};

use crate::member_page::{MemberPageQuery, user_id};

/// A page of the licenses that a member has a seat of, the newest order first.
#[derive(Serialize, ToSchema)]
pub(crate) struct MemberLicenses {
    items: Vec<MemberLicense>,
    /// The cursor of the next page; null on the last. The last page may be empty.
    next: Option<String>,
}

#[derive(Serialize, ToSchema)]
struct MemberLicense {
    #[schema(example = "lic_01jd0x5m2nfe4r8v0t6w9y2zab")]
    id: String,
    product: LicensedProduct,
    /// `perpetual`, `subscription`, `trial` or `demo`.
    #[serde(rename = "type")]
    #[schema(value_type = String, example = "subscription")]
    license_type: LicenseType,
    #[schema(example = "NLD-7Q4M-X2KP-09TV")]
    serial_number: String,
    /// The last day, in the account's time zone; null: no end.
    #[schema(value_type = Option<String>, format = Date)]
    ends_on: Option<Date>,
    /// `active`, `ending` (within 60 days), `ended` or `cancelled`.
    #[schema(value_type = String, example = "active")]
    state: LicenseState,
}

#[derive(Serialize, ToSchema)]
struct LicensedProduct {
    #[schema(example = "NLD")]
    code: String,
    name: String,
}

/// Lists the licenses that a member has a seat of: licenses, subscriptions and trials.
#[utoipa::path(
    get,
    path = "/api/team/members/{user}/licenses",
    tag = "team",
    params(("user" = String, Path, description = "The member"), MemberPageQuery),
    responses(
        (status = 200, description = "A page of licenses", body = MemberLicenses),
        (status = 400, description = "A query or cursor that cannot be taken", body = Problem),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not where the person stands, or they do not look after the team", body = Problem),
        (status = 404, description = "The account has no such member", body = Problem),
    ),
)]
pub(crate) async fn list_member_licenses(
    State(app): State<App>,
    caller: Caller,
    user: Result<Path<String>, PathRejection>,
    Query(query): Query<MemberPageQuery>,
) -> Result<Json<MemberLicenses>, ApiError> {
    let user = user_id(user);
    let asked = format!("licenses of {}", user.map(|user| user.to_string()).unwrap_or_default());
    let from = caller.open_cursor(&asked, query.cursor()).await?;
    let start = |right| {
        let (store, from) = (app.store().clone(), from.clone());
        async move {
            match user {
                Some(user) => store.list_licenses_of(&right, user, from.as_ref()).await,
                None => Ok(None),
            }
        }
    };
    let (actor, _, page) = caller.read(start, Actor::may_list_members).await?;
    let page = page.ok_or(Denied::Hidden)?;
    let zone = actor.account().map_or(TimeZone::UTC, |account| account.zone.zone());
    let next = caller.seal_cursor(&asked, page.next).await?;
    let item = |license| MemberLicense::of(license, app.now(), &zone);
    Ok(Json(MemberLicenses { items: page.items.into_iter().map(item).collect(), next }))
}

impl MemberLicense {
    /// A license as it stands now.
    fn of(license: License, now: Timestamp, zone: &TimeZone) -> Self {
        Self {
            id: license.id.to_string(),
            state: license.state(now, zone),
            product: LicensedProduct { code: license.product_code.to_string(), name: license.product_name.to_string() },
            license_type: license.license_type,
            serial_number: license.serial_number.to_string(),
            ends_on: license.ends_on,
        }
    }
}

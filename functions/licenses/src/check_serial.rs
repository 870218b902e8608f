//! `GET /api/licenses/check`: whether a serial number counts (R406). Public: it tells nothing of anybody.

use axum::{Json, extract::State};
use domain::{
    Date,
    license::{LicenseState, LicenseType},
    number::SerialNumber,
};
use serde::{Deserialize, Serialize};
use store::{CheckedSerial, Throttle};
use utoipa::{IntoParams, ToSchema};
use web::{ApiError, App, ClientNetwork, Problem, Query};

/// How often one network may ask in an hour: an office where software starts in the morning; and nobody finds a serial
/// number by trying.
const PER_NETWORK: u32 = 60;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct CheckQuery {
    /// The serial number, in any case, with any dashes; `O` is read as `0`, `I` and `L` as `1`.
    #[param(example = "NLD-7Q4M-X2KP-09TV")]
    serial: String,
}

/// Whether a serial number counts. What is not said is not there.
#[derive(Serialize, ToSchema)]
pub(crate) struct Check {
    valid: bool,
    /// The product's code.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "NLD")]
    product: Option<String>,
    /// `perpetual`, `subscription`, `trial` or `demo`.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, example = "subscription")]
    license_type: Option<LicenseType>,
    /// The last day; not there if there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    ends_on: Option<Date>,
    /// Why it does not count: `unknown`, `ended`, `cancelled`, or `replaced` by another number.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "ended")]
    reason: Option<&'static str>,
}

impl Check {
    const fn refused(reason: &'static str) -> Self {
        Self { valid: false, product: None, license_type: None, ends_on: None, reason: Some(reason) }
    }
}

/// Tells whether a serial number counts: to everybody, 60 times an hour for each network.
///
/// What cannot be a serial number is as unknown as one that nobody has.
#[utoipa::path(
    get,
    path = "/api/licenses/check",
    tag = "licenses",
    params(CheckQuery),
    responses(
        (status = 200, description = "Whether it counts", body = Check),
        (status = 400, description = "No serial number", body = Problem),
        (status = 429, description = "Asked too often", body = Problem),
    ),
)]
pub(crate) async fn check_serial(
    State(app): State<App>,
    network: ClientNetwork,
    Query(query): Query<CheckQuery>,
) -> Result<Json<Check>, ApiError> {
    let (now, whom) = (app.now(), app.pseudonym(&network.0).await?);
    let tries = Throttle { kind: "serial-check", whom, most: PER_NETWORK, window: 3_600 };
    let found = async {
        match SerialNumber::parse(&query.serial) {
            Ok(serial) => app.store().find_serial(&serial).await,
            Err(_) => Ok(None),
        }
    };
    // Looked up while it is counted; what it names is read only if that was not one too many.
    let (counted, found) = tokio::join!(app.count(&tries, now), found);
    counted?;
    Ok(Json(match app.store().check_serial(found?).await? {
        CheckedSerial::Unknown => Check::refused("unknown"),
        CheckedSerial::Replaced => Check::refused("replaced"),
        CheckedSerial::Names(license, zone) => match license.state(now, &zone) {
            LicenseState::Ended => Check::refused("ended"),
            LicenseState::Cancelled => Check::refused("cancelled"),
            LicenseState::Active | LicenseState::Ending => Check {
                valid: true,
                product: Some(license.product_code.to_string()),
                license_type: Some(license.license_type),
                ends_on: license.ends_on,
                reason: None,
            },
        },
    }))
}

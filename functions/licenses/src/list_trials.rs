//! `GET /api/licenses/trials`: what an account may try (R407).

use axum::{Json, extract::State};
use domain::{Actor, page::PageSize};
use serde::{Deserialize, Serialize};
use store::TrialOffer;
use utoipa::{IntoParams, ToSchema};
use web::{ApiError, App, Caller, Problem, Query};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct TrialQuery {
    /// `next` of the page before.
    cursor: Option<String>,
}

/// A page of products on offer to try, by code.
#[derive(Serialize, ToSchema)]
pub(crate) struct Trials {
    items: Vec<TrialItem>,
    /// The cursor of the next page; null on the last. A page may be empty before that.
    next: Option<String>,
}

#[derive(Serialize, ToSchema)]
struct TrialItem {
    product: TriedProduct,
    /// How many days it may be tried.
    days: u16,
    /// How many seats the trial has.
    seats: u16,
    /// Whether the account has tried it: once is all.
    used: bool,
    /// The license of that trial; null if there was none.
    #[schema(example = "lic_01jd0x5m2nfe4r8v0t6w9y2zab")]
    license: Option<String>,
}

#[derive(Serialize, ToSchema)]
struct TriedProduct {
    #[schema(example = "NLD")]
    code: String,
    name: String,
}

/// Lists what may be tried.
#[utoipa::path(
    get,
    path = "/api/licenses/trials",
    tag = "licenses",
    params(TrialQuery),
    responses(
        (status = 200, description = "A page of products", body = Trials),
        (status = 400, description = "A query or cursor that cannot be taken", body = Problem),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not where the person stands", body = Problem),
    ),
)]
pub(crate) async fn list_trials(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<TrialQuery>,
) -> Result<Json<Trials>, ApiError> {
    const ASKED: &str = "trials";
    let from = caller.open_cursor(ASKED, query.cursor.as_deref()).await?;
    let start = |right| {
        let (store, from) = (app.store().clone(), from.clone());
        async move { store.list_trials(&right, PageSize::LARGEST, from.as_ref()).await }
    };
    let (_, _, page) = caller.read(start, Actor::may_list_trials).await?;
    let next = caller.seal_cursor(ASKED, page.next).await?;
    Ok(Json(Trials { items: page.items.into_iter().map(TrialItem::from).collect(), next }))
}

impl From<TrialOffer> for TrialItem {
    fn from(TrialOffer { product, used }: TrialOffer) -> Self {
        Self {
            days: product.trial_days.unwrap_or_default(),
            seats: product.trial_seats,
            product: TriedProduct { code: product.code.to_string(), name: product.name.to_string() },
            used: used.is_some(),
            license: used.map(|license| license.to_string()),
        }
    }
}

//! `GET /api/partner/summary`: the partner's own account at a glance (R501).

use axum::{Json, extract::State};
use domain::{Actor, Date, TimeZone};
use serde::Serialize;
use store::Figures;
use utoipa::ToSchema;
use web::{ApiError, App, Caller, Problem};

/// The partner's own account: nothing of its customers is in it.
#[derive(Serialize, ToSchema)]
pub(crate) struct PartnerSummary {
    /// How many people belong to it.
    users: u32,
    /// What it uses itself; null for whoever may not see orders.
    own: Option<FiguresItem>,
    /// What it has for training and demonstration, apart from the rest; null in the same case.
    demo: Option<FiguresItem>,
}

#[derive(Serialize, ToSchema)]
struct FiguresItem {
    /// Of how many products.
    products: u32,
    /// How many licenses.
    licenses: u64,
    /// The seats of all of them.
    seats: SeatsInUse,
    /// When the next of them ends, in the account's time zone; where all ends have passed, the last. Null: none ends.
    #[schema(value_type = Option<String>, format = Date)]
    next_end: Option<Date>,
}

#[derive(Serialize, ToSchema)]
struct SeatsInUse {
    used: u64,
    total: u64,
}

/// Sums up the partner's own account. `GET /api/licenses/summary` has it by product, type and end.
#[utoipa::path(
    get,
    path = "/api/partner/summary",
    tag = "partner",
    responses(
        (status = 200, description = "The summary", body = PartnerSummary),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not where the person stands", body = Problem),
        (status = 404, description = "In no account of a partner, or as a guest", body = Problem),
    ),
)]
pub(crate) async fn show_summary(State(app): State<App>, caller: Caller) -> Result<Json<PartnerSummary>, ApiError> {
    let start = |right| {
        let store = app.store().clone();
        async move { store.own_account(&right).await }
    };
    let (actor, _, account) = caller.read(start, Actor::may_show_own_account).await?;
    let (users, zone) = (account.users, actor.account().map_or(TimeZone::UTC, |account| account.zone.zone()));
    let figures = account.figures(app.now().to_zoned(zone).date());
    let (own, demo) = figures.map(|figures| (figures.own.into(), figures.demo.into())).unzip();
    Ok(Json(PartnerSummary { users, own, demo }))
}

impl From<Figures> for FiguresItem {
    fn from(figures: Figures) -> Self {
        let Figures { products, licenses, used, total, next_end } = figures;
        Self { products, licenses, seats: SeatsInUse { used, total }, next_end }
    }
}

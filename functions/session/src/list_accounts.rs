//! `GET /api/session/accounts`: the accounts one belongs to (R111).

use axum::{Json, extract::State};
use domain::{AccountKind, Actor, MembershipStatus, Role, Timestamp};
use serde::Serialize;
use store::AccountChoice;
use utoipa::ToSchema;
use web::{ApiError, App, Caller, Problem};

use crate::me::Home;

/// A page of accounts; a person belongs to at most 100, so it is the only one.
#[derive(Serialize, ToSchema)]
pub(crate) struct Accounts {
    items: Vec<AccountOfMine>,
    next: Option<String>,
}

#[derive(Serialize, ToSchema)]
struct AccountOfMine {
    id: String,
    name: String,
    number: String,
    #[schema(value_type = String, example = "customer")]
    kind: AccountKind,
    #[schema(value_type = String, example = "member")]
    role: Role,
    /// `active` or `deactivated`: one's own membership there.
    #[schema(value_type = String, example = "active")]
    status: MembershipStatus,
    /// Whether the session works in it.
    current: bool,
    /// Of an account one is a guest of: where one belongs, and until when one is let in. Null of one's own.
    guest: Option<GuestHere>,
}

/// As whose one is a guest, and until when.
#[derive(Serialize, ToSchema)]
struct GuestHere {
    home: Home,
    #[schema(value_type = String, format = DateTime)]
    until: Timestamp,
    /// Whether that is over: by the clock, or because the account, its partner, or one's place there is not what it was.
    ended: bool,
}

/// Lists the accounts the person belongs to.
#[utoipa::path(
    get,
    path = "/api/session/accounts",
    tag = "session",
    responses((status = 200, description = "The accounts", body = Accounts), (status = 401, description = "Nobody is signed in", body = Problem)),
)]
pub(crate) async fn list_accounts(State(app): State<App>, caller: Caller) -> Result<Json<Accounts>, ApiError> {
    let query = |right| {
        let store = app.store().clone();
        async move { store.list_accounts(&right).await }
    };
    let (actor, _, accounts) = caller.read(query, Actor::may_list_accounts).await?;
    let judged: Vec<_> = actor.account().into_iter().chain(actor.home()).collect();
    let over = app.store().guests_over(&accounts, &judged, app.now()).await?;
    let current = actor.workplace().map(|account| account.id);
    let item = |choice: AccountChoice| AccountOfMine {
        id: choice.id.to_string(),
        name: choice.name.to_string(),
        number: choice.number.to_string(),
        kind: choice.kind,
        role: choice.membership.role,
        status: choice.membership.status,
        current: current == Some(choice.id),
        guest: choice.membership.guest.map(|guest| GuestHere {
            home: Home::from(&guest),
            until: guest.until,
            ended: over.contains(&choice.id),
        }),
    };
    Ok(Json(Accounts { items: accounts.into_iter().map(item).collect(), next: None }))
}

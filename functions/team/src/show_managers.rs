//! `GET /api/team/managers`: whom to ask (R301).

use axum::{Json, extract::State};
use domain::{Actor, Role, member::Member};
use serde::Serialize;
use utoipa::ToSchema;
use web::{ApiError, App, Caller, Problem};

/// Whom to ask.
#[derive(Serialize, ToSchema)]
pub(crate) struct Managers {
    /// Who looks after the account's people: its owner first, then managers by name; six at most, and perhaps nobody.
    items: Vec<Manager>,
    /// The vendor's people.
    support_email: String,
}

#[derive(Serialize, ToSchema)]
struct Manager {
    first_name: String,
    last_name: String,
    email: String,
    /// `owner` or `manager`.
    #[schema(value_type = String, example = "owner")]
    role: Role,
}

/// Shows who looks after the people of the account: also to somebody who was switched off there.
#[utoipa::path(
    get,
    path = "/api/team/managers",
    tag = "team",
    responses(
        (status = 200, description = "Whom to ask", body = Managers),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not where the person stands", body = Problem),
    ),
)]
pub(crate) async fn show_managers(State(app): State<App>, caller: Caller) -> Result<Json<Managers>, ApiError> {
    let start = |right| {
        let store = app.store().clone();
        async move { store.list_managers(&right).await }
    };
    let (_, _, managers) = caller.read(start, Actor::may_show_managers).await?;
    let support_email = app.vendor().await?.support_email.to_string();
    Ok(Json(Managers { items: managers.into_iter().map(Manager::from).collect(), support_email }))
}

impl From<Member> for Manager {
    fn from(member: Member) -> Self {
        Self {
            first_name: member.first_name.to_string(),
            last_name: member.last_name.to_string(),
            email: member.email.to_string(),
            role: member.membership.role,
        }
    }
}

//! `POST /api/team/invitations/dry-runs`: what would become of a table of people to invite (R310).

use axum::{Json, extract::State};
use domain::{Actor, Role};
use serde::{Deserialize, Serialize};
use store::KnownAs;
use utoipa::ToSchema;
use web::{ApiError, App, Body, Caller, Problem};

use crate::table::{self, TableRow};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PeopleTable {
    /// The table as text: at most 100 kB and 500 people, with commas, semicolons or tabs between cells (RFC 4180). The
    /// first row names the columns, in English, French or German: `email`, `first_name`, `last_name`, and, where wanted,
    /// `role`, `permissions`, `language`, `job_title` and `phone`. Without headings they stand in this order.
    #[schema(example = "email,first_name,last_name\njane@acme.example,Jane,Doe\n")]
    csv: String,
}

/// What would become of each row.
#[derive(Serialize, ToSchema)]
pub(crate) struct CheckedTable {
    rows: Vec<TableRow>,
    /// How many could be invited.
    good: usize,
    /// How many could not.
    bad: usize,
}

/// Checks a table of people to invite, and tells all that is wrong with each row. Nothing is written and nobody is told:
/// each good row is then sent as an invitation of its own.
#[utoipa::path(
    post,
    path = "/api/team/invitations/dry-runs",
    tag = "team",
    request_body = PeopleTable,
    responses(
        (status = 200, description = "What would become of each row", body = CheckedTable),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not where the person stands, or they do not look after the team", body = Problem),
        (status = 422, description = "Not a table of people", body = Problem),
    ),
)]
pub(crate) async fn check_invitations(
    State(app): State<App>,
    caller: Caller,
    Body(body): Body<PeopleTable>,
) -> Result<Json<CheckedTable>, ApiError> {
    let table = table::read(&body.csv);
    let asked: Vec<_> = table.iter().flatten().filter_map(|row| row.address.clone()).collect();
    let query = |right| {
        let (store, asked, now) = (app.store().clone(), asked.clone(), app.now());
        async move { store.known_by(&right, &asked, now).await }
    };
    let (actor, _, known) = caller.read(query, Actor::may_list_members).await?;
    let mut rows = table?;
    for (row, known) in rows.iter_mut().filter(|row| row.address.is_some()).zip(known) {
        match known {
            Some(KnownAs::Member) => row.refuse("email", "already_in_team", Vec::new()),
            Some(KnownAs::Invited) => row.refuse("email", "already_invited", Vec::new()),
            Some(KnownAs::Contact) | None => {}
        }
    }
    if actor.may_give(Role::Manager).is_err() {
        for row in rows.iter_mut().filter(|row| row.role == Role::Manager.name()) {
            row.refuse("role", "own_managers_only", Vec::new());
        }
    }
    for row in rows.iter_mut().filter(|row| row.language.is_empty()) {
        row.language = actor.user().language.tag().to_owned();
    }
    let good = rows.iter().filter(|row| row.problems.is_empty()).count();
    Ok(Json(CheckedTable { bad: rows.len() - good, good, rows }))
}

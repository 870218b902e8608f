//! `GET /api/team/people`: the people of an account (R302, R307).

use axum::{Json, extract::State};
use domain::{
    Actor, Invalid,
    fold::fold,
    member::{Group, PeopleQuery},
    page::PageSize,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use web::{ApiError, App, Caller, Fields, Problem, Query};

use crate::person_item::PersonItem;

/// More of a name or an address nobody looks for.
const LONGEST: usize = 100;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct PeopleFilter {
    /// One group: `managers`, `members`, `guests`, `invited`, `contacts` or `inactive`. Without it, all but the inactive.
    group: Option<String>,
    /// How a name (last, then first) or, with an `@` in it, an address begins; an address is looked for in all groups.
    search: Option<String>,
    /// `name` (the default), `-name`, or, without group and search, `last_sign_in` (who never came, first; inactive
    /// members too) or `-last_sign_in`.
    sort: Option<String>,
    /// `next` of the page before, with the same query.
    cursor: Option<String>,
}

impl PeopleFilter {
    pub(crate) fn cursor(&self) -> Option<&str> {
        self.cursor.as_deref()
    }
}

/// A page of an account's people.
#[derive(Serialize, ToSchema)]
pub(crate) struct People {
    items: Vec<PersonItem>,
    /// The cursor of the next page; null on the last. The last page may be empty.
    next: Option<String>,
}

/// Lists the people of the account: who belongs to it, who is invited, and who is known beside them.
#[utoipa::path(
    get,
    path = "/api/team/people",
    tag = "team",
    params(PeopleFilter),
    responses(
        (status = 200, description = "A page of people", body = People),
        (status = 400, description = "A query or cursor that cannot be taken", body = Problem),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not where the person stands, or they do not look after the team", body = Problem),
    ),
)]
pub(crate) async fn list_people(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<PeopleFilter>,
) -> Result<Json<People>, ApiError> {
    let (wanted, backwards) = parse(&query)?;
    let asked = format!("people {wanted:?} {backwards}");
    let from = caller.open_cursor(&asked, query.cursor()).await?;
    let start = |right| {
        let (store, wanted, from) = (app.store().clone(), wanted.clone(), from.clone());
        async move { store.list_people(&right, &wanted, backwards, PageSize::default(), from.as_ref()).await }
    };
    let (_, _, page) = caller.read(start, Actor::may_list_members).await?;
    let next = caller.seal_cursor(&asked, page.next).await?;
    Ok(Json(People { items: page.items.into_iter().map(PersonItem::from).collect(), next }))
}

/// What is asked for, and whether backwards.
pub(crate) fn parse(query: &PeopleFilter) -> Result<(PeopleQuery, bool), ApiError> {
    let mut fields = Fields::new();
    let group = fields.take("/group", query.group.as_deref().map(Group::parse).transpose());
    let search = query.search.as_deref().unwrap_or_default();
    let search =
        if search.chars().count() > LONGEST { Err(Invalid::TooLong { max: LONGEST }) } else { Ok(fold(search)) };
    let search = fields.take("/search", search);
    let sort = match query.sort.as_deref().unwrap_or("name") {
        "name" => Ok((false, false)),
        "-name" => Ok((false, true)),
        "last_sign_in" => Ok((true, false)),
        "-last_sign_in" => Ok((true, true)),
        _ => Err(Invalid::Choice { allowed: "name, -name, last_sign_in, -last_sign_in" }),
    };
    let sort = fields.take("/sort", sort);
    let (group, (search, (by_sign_in, backwards))) =
        fields.finish(group.zip(search.zip(sort))).map_err(ApiError::in_query)?;
    let wanted = match group {
        _ if search.contains('@') => PeopleQuery::Email(search),
        None if by_sign_in && search.is_empty() => PeopleQuery::Seen,
        None => PeopleQuery::Named(search),
        Some(group) => PeopleQuery::Group(group, search),
    };
    Ok((wanted, backwards))
}

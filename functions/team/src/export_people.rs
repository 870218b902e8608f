//! `GET /api/team/people/export`: the people of an account as a file (R302).

use axum::{extract::State, response::Response};
use domain::{Actor, member::Person, page::PageSize};
use web::{ApiError, App, Caller, Csv, Problem, Query};

use crate::list_people::{PeopleFilter, parse};

/// Named in every language as in the vendor's own `people.csv`, where that has them: a script need not know who exported
/// it.
const COLUMNS: [&str; 15] = [
    "email",
    "first_name",
    "last_name",
    "user_name",
    "job_title",
    "phone",
    "group",
    "role",
    "permissions",
    "status",
    "last_sign_in",
    "seats",
    "reviewed_at",
    "guest_of",
    "guest_until",
];

/// Exports the people of the account: those that the list shows for the same query, in its order.
///
/// A page is text to be put behind the page before as it is: the first begins with the names of the columns. No cell is
/// a formula. What a contact does not have is empty.
#[utoipa::path(
    get,
    path = "/api/team/people/export",
    tag = "team",
    params(PeopleFilter),
    responses(
        (status = 200, description = "A page of the file", body = String, content_type = "text/csv",
            headers(("x-portico-next" = String, description = "The cursor of the next page; not there on the last"))),
        (status = 400, description = "A query or cursor that cannot be taken", body = Problem),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not where the person stands, or they do not look after the team", body = Problem),
    ),
)]
pub(crate) async fn export_people(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<PeopleFilter>,
) -> Result<Response, ApiError> {
    let (wanted, backwards) = parse(&query)?;
    let asked = format!("people export {wanted:?} {backwards}");
    let from = caller.open_cursor(&asked, query.cursor()).await?;
    let start = |right| {
        let (store, wanted, from) = (app.store().clone(), wanted.clone(), from.clone());
        async move { store.list_people(&right, &wanted, backwards, PageSize::OF_A_FILE, from.as_ref()).await }
    };
    let (_, _, page) = caller.read(start, Actor::may_list_members).await?;
    let mut file = if from.is_some() { Csv::going_on() } else { Csv::beginning(&COLUMNS) };
    for person in page.items {
        let cells = cells(person);
        file.row(cells.iter().map(String::as_str));
    }
    file.answer("people.csv", caller.seal_cursor(&asked, page.next).await?)
}

fn cells(person: Person) -> [String; COLUMNS.len()] {
    let none = String::new;
    match person {
        Person::Member(member) => {
            let guest = member.membership.guest.as_ref();
            let permissions: Vec<_> = member.membership.permissions.iter().map(|it| it.name()).collect();
            [
                member.email.to_string(),
                member.first_name.to_string(),
                member.last_name.to_string(),
                text(member.user_name.as_ref()),
                text(member.job_title.as_ref()),
                text(member.phone.as_ref()),
                member.group().name().to_owned(),
                member.membership.role.name().to_owned(),
                permissions.join(";"),
                member.membership.status.name().to_owned(),
                text(member.seen_at),
                member.seats.to_string(),
                text(member.reviewed_at),
                text(guest.map(|guest| &guest.home_name)),
                text(guest.map(|guest| guest.until)),
            ]
        }
        Person::Contact(contact) => [
            contact.email.to_string(),
            contact.first_name.to_string(),
            contact.last_name.to_string(),
            none(),
            text(contact.job_title.as_ref()),
            text(contact.phone.as_ref()),
            contact.group().name().to_owned(),
            none(),
            none(),
            none(),
            none(),
            none(),
            none(),
            none(),
            none(),
        ],
    }
}

fn text(it: Option<impl ToString>) -> String {
    it.map(|it| it.to_string()).unwrap_or_default()
}

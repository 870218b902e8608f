//! `GET /api/partner/customers/{id}/export`: a customer's details as a file (R505).

use axum::{
    extract::{Path, State, rejection::PathRejection},
    response::Response,
};
use domain::{
    Actor, Invalid, TimeZone,
    access::Denied,
    license::License,
    member::Member,
    page::{Page, PageSize, Position},
};
use serde::{Deserialize, Serialize};
use store::StoreError;
use utoipa::IntoParams;
use web::{ApiError, App, Caller, Csv, Fields, Problem, Query, page_of_file};

use crate::{
    customer_path::on,
    customer_record::{COLUMNS, CustomerRecord, LicenseRecord, PersonRecord, cells},
    export_place::Place,
};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct CustomerExport {
    /// `csv` or `json`.
    format: String,
    /// `x-portico-next` of the page before.
    cursor: Option<String>,
}

/// Exports a customer of the partner: its account, its people, and its licenses.
///
/// A page is text to be put behind the page before as it is. Put together they are one file: a CSV file whose first column
/// says what each row is about (`customer`, `person` or `license`), no cell of which is a formula; or one JSON object with
/// `customer`, `people` and `licenses`. Licenses begin on a page of their own.
#[utoipa::path(
    get,
    path = "/api/partner/customers/{id}/export",
    tag = "partner",
    params(("id" = String, Path, description = "The customer's account"), CustomerExport),
    responses(
        (status = 200, description = "A page of the file", body = String, content_type = "text/csv",
            headers(("x-portico-next" = String, description = "The cursor of the next page; not there on the last"))),
        (status = 400, description = "A query or cursor that cannot be taken", body = Problem),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not where the person stands, or the customer lets in guests only or is closed", body = Problem),
        (status = 404, description = "No customer of theirs", body = Problem),
    ),
)]
pub(crate) async fn export_customer(
    State(app): State<App>,
    caller: Caller,
    id: Result<Path<String>, PathRejection>,
    Query(query): Query<CustomerExport>,
) -> Result<Response, ApiError> {
    let caller = on(caller, id)?;
    let mut fields = Fields::new();
    let format = fields.take("/format", Format::parse(&query.format));
    let format = fields.finish(format).map_err(ApiError::in_query)?;
    let asked = format!("customer export {format:?}");
    let from = caller.open_cursor(&asked, query.cursor.as_deref()).await?;
    let begins = from.is_none();
    let place = Place::of(from).ok_or(ApiError::InvalidCursor)?;
    let start = |right| {
        let (store, place) = (app.store().clone(), place.clone());
        async move {
            Ok::<_, StoreError>(match place {
                Place::People(_, from) => {
                    Listed::People(store.people_of_customer(&right, PageSize::OF_A_FILE, from.as_ref()).await?)
                }
                Place::Licenses(_, from) => {
                    Listed::Licenses(store.licenses_of_customer(&right, PageSize::OF_A_FILE, from.as_ref()).await?)
                }
            })
        }
    };
    let (actor, _, listed) = caller.read(start, Actor::may_show_customer).await?;
    let account = actor.account().ok_or(Denied::Hidden)?;
    let mut file = File::going_on(format, place);
    if begins {
        file.begin(&CustomerRecord::from(account))?;
    }
    let next = match listed {
        Listed::People(page) => {
            for member in &page.items {
                file.add(&PersonRecord::from(member))?;
            }
            // Licenses have pages of their own: none is read that the page has no room for.
            Some(page.next.unwrap_or_else(|| file.turn_to_licenses()))
        }
        Listed::Licenses(page) => {
            let zone: TimeZone = account.zone.zone();
            for license in &page.items {
                file.add(&LicenseRecord::of(license, app.now(), &zone))?;
            }
            page.next
        }
    };
    let next = file.end(next);
    let name = format!("{}.{}", account.number, format.name());
    file.answer(&name, caller.seal_cursor(&asked, next).await?)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Csv,
    Json,
}

impl Format {
    const fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }

    fn parse(text: &str) -> Result<Self, Invalid> {
        match text {
            "csv" => Ok(Self::Csv),
            "json" => Ok(Self::Json),
            _ => Err(Invalid::Choice { allowed: "csv, json" }),
        }
    }
}

/// What is on a page.
enum Listed {
    People(Page<Member>),
    Licenses(Page<License>),
}

/// A page of the file in the making.
struct File {
    place: Place,
    body: Body,
}

enum Body {
    Csv(Csv),
    Json(String),
}

impl File {
    fn going_on(format: Format, place: Place) -> Self {
        let body = match format {
            Format::Csv => Body::Csv(Csv::going_on()),
            Format::Json => Body::Json(String::new()),
        };
        Self { place, body }
    }

    fn begin(&mut self, customer: &CustomerRecord<'_>) -> Result<(), ApiError> {
        match &mut self.body {
            Body::Csv(csv) => {
                *csv = Csv::beginning(&COLUMNS);
                row(csv, customer)?;
            }
            Body::Json(json) => json.extend(["{\"customer\":", &text(customer)?, ",\n\"people\":["]),
        }
        Ok(())
    }

    fn add(&mut self, record: &impl Serialize) -> Result<(), ApiError> {
        let follows = self.place.fill();
        match &mut self.body {
            Body::Csv(csv) => row(csv, record)?,
            Body::Json(json) => json.extend([if follows { ",\n" } else { "\n" }, &text(record)?]),
        }
        Ok(())
    }

    /// The end of the people; where the licenses begin.
    fn turn_to_licenses(&mut self) -> Position {
        self.place = Place::Licenses(false, None);
        if let Body::Json(json) = &mut self.body {
            json.push_str("],\n\"licenses\":[");
        }
        Position(Vec::new())
    }

    /// Where the next page begins; where there is none, the file ends.
    fn end(&mut self, next: Option<Position>) -> Option<Position> {
        if next.is_none()
            && let Body::Json(json) = &mut self.body
        {
            json.push_str("]}\n");
        }
        next.map(|next| self.place.then(next))
    }

    fn answer(self, name: &str, next: Option<String>) -> Result<Response, ApiError> {
        match self.body {
            Body::Csv(csv) => csv.answer(name, next),
            Body::Json(json) => page_of_file(json, ("application/json", name), next),
        }
    }
}

fn row(csv: &mut Csv, record: &impl Serialize) -> Result<(), ApiError> {
    let record = serde_json::to_value(record).map_err(ApiError::broken)?;
    csv.row(cells(&record).iter().map(String::as_str));
    Ok(())
}

fn text(record: &impl Serialize) -> Result<String, ApiError> {
    serde_json::to_string(record).map_err(ApiError::broken)
}

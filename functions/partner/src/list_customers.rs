//! `GET /api/partner/customers`: whom a partner looks after (R503).

use axum::{Json, extract::State};
use domain::{
    AccountState, Actor, Invalid,
    fold::fold,
    number::{CustomerNumber, ProductCode},
    page::{Page, PageSize},
    partnership::{CustomerQuery, CustomerSort},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use web::{ApiError, App, Caller, Fields, Problem, Query};

use crate::customer_item::CustomerItem;

/// More of a name nobody looks for.
const LONGEST: usize = 100;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct CustomerFilter {
    /// With licenses of this product, by its code.
    product: Option<String>,
    /// `active`, `suspended` or `closed`.
    status: Option<String>,
    /// How a name begins, or a whole customer number, which is looked for without the filters.
    search: Option<String>,
    /// `name` (the default), `-name`, or, without a search, `renewal` (whoever has none comes last) or `-renewal`.
    sort: Option<String>,
    /// `next` of the page before, with the same query.
    cursor: Option<String>,
}

/// A page of a partner's customers.
#[derive(Serialize, ToSchema)]
pub(crate) struct Customers {
    items: Vec<CustomerItem>,
    /// The cursor of the next page; null on the last. The last page may be empty.
    next: Option<String>,
}

/// Lists the customers of the partner.
///
/// What changes in a customer's account shows here a moment later or, where that was interrupted, after the next sweep.
#[utoipa::path(
    get,
    path = "/api/partner/customers",
    tag = "partner",
    params(CustomerFilter),
    responses(
        (status = 200, description = "A page of customers", body = Customers),
        (status = 400, description = "A query or cursor that cannot be taken", body = Problem),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not where the person stands", body = Problem),
        (status = 404, description = "In no account of a partner, or as a guest", body = Problem),
    ),
)]
pub(crate) async fn list_customers(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<CustomerFilter>,
) -> Result<Json<Customers>, ApiError> {
    let wanted = parse(&query)?;
    let asked = format!("customers {wanted:?}");
    let from = caller.open_cursor(&asked, query.cursor.as_deref()).await?;
    let number = query.search.as_deref().and_then(|text| CustomerNumber::parse(text).ok()).filter(|_| from.is_none());
    let start = |right| {
        let (store, wanted, from, number) = (app.store().clone(), wanted.clone(), from.clone(), number.clone());
        async move {
            let of_number = async {
                match &number {
                    Some(number) => store.customer_of_number(&right, number).await,
                    None => Ok(None),
                }
            };
            let page = store.list_customers(&right, &wanted, PageSize::CUSTOMERS, from.as_ref());
            let (numbered, page) = tokio::try_join!(of_number, page)?;
            Ok(numbered.map_or(page, |customer| Page { items: vec![customer], next: None }))
        }
    };
    let (_, _, page) = caller.read(start, Actor::may_list_customers).await?;
    let next = caller.seal_cursor(&asked, page.next).await?;
    Ok(Json(Customers { items: page.items.into_iter().map(CustomerItem::from).collect(), next }))
}

fn parse(query: &CustomerFilter) -> Result<CustomerQuery, ApiError> {
    let mut fields = Fields::new();
    let product = fields.take("/product", query.product.as_deref().map(ProductCode::parse).transpose());
    let state = match query.status.as_deref() {
        None => Ok(None),
        Some("active") => Ok(Some(AccountState::Active)),
        Some("suspended") => Ok(Some(AccountState::Suspended)),
        Some("closed") => Ok(Some(AccountState::Closed)),
        Some(_) => Err(Invalid::Choice { allowed: "active, suspended, closed" }),
    };
    let state = fields.take("/status", state);
    let search = query.search.as_deref().unwrap_or_default();
    let prefix =
        if search.chars().count() > LONGEST { Err(Invalid::TooLong { max: LONGEST }) } else { Ok(fold(search)) };
    let prefix = fields.take("/search", prefix);
    let sort = match query.sort.as_deref().unwrap_or("name") {
        "name" => Ok((CustomerSort::Name, false)),
        "-name" => Ok((CustomerSort::Name, true)),
        // What is found by name comes by name.
        "renewal" | "-renewal" if !search.trim().is_empty() => Err(Invalid::Choice { allowed: "name, -name" }),
        "renewal" => Ok((CustomerSort::Renewal, false)),
        "-renewal" => Ok((CustomerSort::Renewal, true)),
        _ => Err(Invalid::Choice { allowed: "name, -name, renewal, -renewal" }),
    };
    let sort = fields.take("/sort", sort);
    let (product, (state, (prefix, (sort, descending)))) =
        fields.finish(product.zip(state.zip(prefix.zip(sort)))).map_err(ApiError::in_query)?;
    Ok(CustomerQuery { product, state, prefix, sort, descending })
}

//! `GET /api/staff/accounts`: finding an account by name, customer number, serial number or e-mail (R702).

use axum::{Json, extract::State};
use domain::{AccountKind, AccountState, Actor, page::PageSize, search::AccountSearch};
use serde::{Deserialize, Serialize};
use store::ListedAccount;
use utoipa::{IntoParams, ToSchema};
use web::{ApiError, App, Caller, Problem, Query};

use crate::person::StaffPerson;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct AccountQuery {
    /// The beginning of a name, in any case and without accents if one likes; a customer number; a serial number; or the
    /// whole e-mail address of a person. Left out: every account.
    #[serde(default)]
    query: String,
    /// `next` of the page before.
    cursor: Option<String>,
}

/// A page of accounts, by name. One that is found by its number or a serial number stands first.
#[derive(Serialize, ToSchema)]
pub(crate) struct FoundAccounts {
    items: Vec<FoundAccount>,
    /// Who has the address that was looked for; null if none was, or nobody has it.
    person: Option<StaffPerson>,
    /// The cursor of the next page; null on the last.
    next: Option<String>,
}

#[derive(Serialize, ToSchema)]
struct FoundAccount {
    #[schema(example = "acc_01jd0x5m2nfe4r8v0t6w9y2zab")]
    id: String,
    #[schema(example = "C10423")]
    number: String,
    name: String,
    #[schema(value_type = String, example = "customer")]
    kind: AccountKind,
    /// `active`, `suspended` or `closed`.
    #[schema(value_type = String, example = "active")]
    status: AccountState,
}

/// Finds accounts.
#[utoipa::path(
    get,
    path = "/api/staff/accounts",
    tag = "staff",
    params(AccountQuery),
    responses(
        (status = 200, description = "A page of accounts", body = FoundAccounts),
        (status = 400, description = "A query or cursor that cannot be taken", body = Problem),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 404, description = "Not for this caller", body = Problem),
    ),
)]
pub(crate) async fn find_accounts(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<AccountQuery>,
) -> Result<Json<FoundAccounts>, ApiError> {
    let mut fields = web::Fields::new();
    let search = fields.take("/query", AccountSearch::parse(&query.query));
    let search = fields.finish(search).map_err(ApiError::in_query)?;
    let asked = format!("accounts\n{}", query.query);
    let from = caller.open_cursor(&asked, query.cursor.as_deref()).await?;
    let start = |right| {
        let (store, search, from) = (app.store().clone(), search.clone(), from.clone());
        async move { store.find_accounts(&right, &search, PageSize::default(), from.as_ref()).await }
    };
    let (_, _, found) = caller.read(start, Actor::may_find_accounts).await?;
    let next = caller.seal_cursor(&asked, found.next).await?;
    let items = found.items.into_iter().map(FoundAccount::from).collect();
    Ok(Json(FoundAccounts { items, person: found.person.as_ref().map(StaffPerson::from), next }))
}

impl From<ListedAccount> for FoundAccount {
    fn from(account: ListedAccount) -> Self {
        Self {
            id: account.id.to_string(),
            number: account.number.to_string(),
            name: account.name.to_string(),
            kind: account.kind,
            status: account.state,
        }
    }
}

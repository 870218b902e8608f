//! `GET /api/session/sessions`: where one is signed in (R206).

use std::cmp::Reverse;

use axum::{Json, extract::State};
use domain::{
    Actor, Timestamp,
    device::{Browser, System},
};
use serde::Serialize;
use store::{AccountChoice, SessionOfMine};
use utoipa::ToSchema;
use web::{ApiError, App, Caller, Problem};

/// A page of sessions; a person has at most ten, so it is the only one.
#[derive(Serialize, ToSchema)]
pub(crate) struct Sessions {
    items: Vec<SessionHere>,
    next: Option<String>,
}

#[derive(Serialize, ToSchema)]
struct SessionHere {
    /// Names the session, and opens nothing.
    id: String,
    /// What the browser says it is: `firefox`, `chrome`, `edge`, `safari`, `opera` or `other`.
    #[schema(value_type = String, example = "firefox")]
    browser: Browser,
    /// On what: `windows`, `macos`, `linux`, `android`, `ios` or `other`.
    #[schema(value_type = String, example = "windows")]
    system: System,
    #[schema(value_type = String, format = DateTime)]
    started_at: Timestamp,
    /// When it was last used, to within five minutes.
    #[schema(value_type = String, format = DateTime)]
    seen_at: Timestamp,
    /// Whether it is the one that asks.
    current: bool,
    /// The account it works in; null of one in none.
    account: Option<AccountOfSession>,
}

#[derive(Serialize, ToSchema)]
struct AccountOfSession {
    #[schema(example = "acc_01jd0x5m2nfe4r8v0t6w9y2zab")]
    id: String,
    name: String,
}

/// Lists one's sessions that count, the one used last first.
#[utoipa::path(
    get,
    path = "/api/session/sessions",
    tag = "session",
    responses((status = 200, description = "The sessions", body = Sessions), (status = 401, description = "Nobody is signed in", body = Problem)),
)]
pub(crate) async fn list_sessions(State(app): State<App>, caller: Caller) -> Result<Json<Sessions>, ApiError> {
    let query = |right| {
        let store = app.store().clone();
        async move { store.list_sessions(&right).await }
    };
    let (actor, _, (mut sessions, accounts)) = caller.read(query, Actor::may_list_sessions).await?;
    sessions.retain(|mine| counts(mine, &actor, &accounts, app.now()));
    sessions.sort_by_key(|mine| (Reverse(mine.session.seen_at), Reverse(mine.session.started_at), mine.hash.0.clone()));
    let item = |mine: SessionOfMine| SessionHere {
        current: mine.hash == *actor.session_hash(),
        id: mine.hash.0,
        browser: mine.session.device.browser,
        system: mine.session.device.system,
        started_at: mine.session.started_at,
        seen_at: mine.session.seen_at,
        account: accounts
            .iter()
            .find(|choice| mine.session.account.is_some_and(|(account, _)| account == choice.id))
            .map(|choice| AccountOfSession { id: choice.id.to_string(), name: choice.name.to_string() }),
    };
    Ok(Json(Sessions { items: sessions.into_iter().map(item).collect(), next: None }))
}

fn counts(mine: &SessionOfMine, actor: &Actor, accounts: &[AccountChoice], now: Timestamp) -> bool {
    let account = mine.session.account.map(|(account, _)| account);
    let membership = accounts.iter().find(|choice| Some(choice.id) == account).map(|choice| &choice.membership);
    mine.session.counts(actor.user(), membership, now)
}

//! Every function of the portal in one place: its routes for this machine, its operations for the document.

use axum::Router;
use web::App;

/// The operations of all functions, as each mounts them on Lambda.
pub fn routes() -> Router<App> {
    sign_up::routes()
        .merge(session::routes())
        .merge(reset::routes())
        .merge(profile::routes())
        .merge(licenses::routes())
        .merge(staff::routes())
        .merge(team::routes())
        .merge(partner::routes())
}

/// Areas whose operations are about an account.
const OF_ACCOUNTS: [&str; 2] = ["/api/licenses", "/api/team"];

/// Operations there that are for those alone who work in it themselves, as the policy says (`domain::access`).
const OF_ITS_OWN_PEOPLE: [&str; 11] = [
    "ask_for_access",
    "change_access",
    "download_release",
    "invite_guest",
    "keep_member",
    "list_account_activity",
    "list_review",
    "renew_guest",
    "replace_serial",
    "show_access",
    "show_managers",
];

/// The OpenAPI document of the whole API, as it is committed.
pub fn document() -> anyhow::Result<String> {
    let document = web::merge_documents([
        sign_up::document(),
        session::document(),
        reset::document(),
        profile::document(),
        licenses::document(),
        staff::document(),
        team::document(),
        partner::document(),
    ]);
    let document = web::taking_a_customer(document, |path, operation| {
        let id = operation.operation_id.as_deref().unwrap_or_default();
        let in_an_account = OF_ACCOUNTS.iter().any(|area| path.starts_with(area));
        let judged = operation.responses.responses.contains_key("403");
        id == "show_session" || in_an_account && judged && !OF_ITS_OWN_PEOPLE.contains(&id)
    });
    let mut text = serde_json::to_string_pretty(&document)?;
    text.push('\n');
    Ok(text)
}

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
    let mut text = serde_json::to_string_pretty(&document)?;
    text.push('\n');
    Ok(text)
}

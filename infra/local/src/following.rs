//! What follows a change, on one machine: done before the answer is handed out, so that a page that reads at once sees what
//! its own change made of the lists. In Lambda it is done after, and such a page may be ahead of it.

use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use web::App;

/// The API with what follows each answer done before it.
pub fn followed(api: Router, app: App) -> Router {
    api.layer(from_fn_with_state(app, answer))
}

async fn answer(State(app): State<App>, request: Request, next: Next) -> Response {
    let changes = !request.method().is_safe();
    let response = next.run(request).await;
    if changes {
        let store = app.store().clone();
        // A task of its own: whoever closes the page meanwhile does not break it off.
        drop(tokio::spawn(async move { store.do_what_follows().await }).await);
    }
    response
}

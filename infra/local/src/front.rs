//! One origin for everything, as CloudFront makes it on AWS: `/api` is the API's, `/mailbox` and `/storage` are this
//! machine's, and all other addresses are pages.

use std::net::SocketAddr;

use axum::Router;
use axum::extract::{ConnectInfo, Request};
use tower::ServiceExt;
use web::ClientAddress;

/// Puts the API in front of the pages. Neither router knows of the other.
pub fn front(api: Router, pages: Router) -> Router {
    Router::new().fallback(move |ConnectInfo(peer): ConnectInfo<SocketAddr>, mut request: Request| {
        let router = if is_api(request.uri().path()) { api.clone() } else { pages.clone() };
        request.extensions_mut().insert(ClientAddress(peer.ip()));
        async move { router.oneshot(request).await }
    })
}

fn is_api(path: &str) -> bool {
    path == "/api" || path.starts_with("/api/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_api_is_the_api() {
        for (path, expected) in
            [("/api", true), ("/api/session", true), ("/apis", false), ("/fr/api/x", false), ("/", false)]
        {
            assert_eq!(is_api(path), expected, "{path}");
        }
    }
}

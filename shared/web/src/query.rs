//! Query strings: exactly the fields that are asked for, each once.

use axum::extract::FromRequestParts;
use http::request::Parts;
use serde::de::DeserializeOwned;

use crate::{ApiError, App};

/// The query of a list.
pub struct Query<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<App> for Query<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, ApiError> {
        let parsed = axum::extract::Query::<T>::try_from_uri(&parts.uri);
        parsed.map(|axum::extract::Query(query)| Self(query)).map_err(|_| ApiError::InvalidQuery(Vec::new()))
    }
}

//! What the lists on a member's page have in common.

use axum::extract::{Path, rejection::PathRejection};
use domain::UserId;
use serde::Deserialize;
use utoipa::IntoParams;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct MemberPageQuery {
    /// `next` of the page before.
    cursor: Option<String>,
}

impl MemberPageQuery {
    pub(crate) fn cursor(&self) -> Option<&str> {
        self.cursor.as_deref()
    }
}

/// The member that a path names. What is no id names none.
pub(crate) fn user_id(user: Result<Path<String>, PathRejection>) -> Option<UserId> {
    user.ok().and_then(|Path(user)| UserId::parse(&user).ok())
}

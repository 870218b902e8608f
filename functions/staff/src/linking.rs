//! What giving a customer a partner and taking it away have in common.

use axum::extract::{Path, rejection::PathRejection};
use domain::{Actor, number::CustomerNumber};
use store::{Conflict, LinkRefused, Linking};
use web::{ApiError, App, Caller};

use crate::show_account::account_id;

/// Who acts, and on which account; none where there is none of that id.
pub(crate) async fn find(
    app: &App,
    caller: &Caller,
    id: Result<Path<String>, PathRejection>,
    number: Option<&CustomerNumber>,
) -> Result<(Actor, Option<Linking>), ApiError> {
    let id = account_id(id).ok();
    let start = |right| {
        let (store, number) = (app.store().clone(), number.cloned());
        async move {
            match id {
                Some(id) => store.find_linking(&right, id, number.as_ref()).await,
                None => Ok(None),
            }
        }
    };
    let (actor, _, linking) = caller.read(start, Actor::may_show_settings).await?;
    Ok((actor, linking))
}

/// What a refusal means.
pub(crate) fn refused(conflict: Conflict<LinkRefused>) -> ApiError {
    ApiError::refused(conflict, |arm| match arm {
        LinkRefused::Partner => ApiError::field("/partner_number", "partner_unusable"),
        LinkRefused::Actor | LinkRefused::Changed | LinkRefused::Listed => ApiError::Conflict,
    })
}

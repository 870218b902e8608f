//! `PUT /api/session/account`: choosing the account to work in (R111), or switching to another (R512).

use axum::{Json, extract::State, response::IntoResponse};
use credentials::Password;
use domain::{
    AccountId, Actor, Membership, Names,
    access::{ChooseAccount, Denied},
    actor::Found,
};
use serde::Deserialize;
use store::Choice;
use utoipa::ToSchema;
use web::{ApiError, App, Body, Caller, Gate, Problem};

use crate::me::Me;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChosenAccount {
    /// One of the accounts the person belongs to.
    account_id: String,
    /// Needed to switch; not for the first choice after signing in.
    #[serde(default)]
    #[schema(format = Password)]
    password: Option<String>,
}

/// Chooses the account to work in.
///
/// A new session begins there, and the one that asks ends. An account one does not belong to does not exist.
#[utoipa::path(
    put,
    path = "/api/session/account",
    tag = "session",
    request_body = ChosenAccount,
    responses(
        (status = 200, description = "At work there; the cookie is set anew", body = Me),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 404, description = "No account of one's own", body = Problem),
        (status = 422, description = "The password is needed, or wrong", body = Problem),
    ),
)]
pub(crate) async fn choose_account(
    State(app): State<App>,
    caller: Caller,
    Body(body): Body<ChosenAccount>,
) -> Result<impl IntoResponse, ApiError> {
    let account = AccountId::parse(&body.account_id).map_err(|_| Denied::Hidden)?;
    let (actor, choice) = tokio::join!(caller.actor(), app.store().find_choice(caller.user(), account));
    let (actor, choice) = (actor?, choice?);
    let right = actor.may_choose_account()?;
    prove(&app, &right, body.password, &choice).await?;
    let (Some(chosen), Some(membership)) = (choice.account, choice.membership) else {
        return Err(Denied::Hidden.into());
    };

    let started = web::new_session(&app, actor.user(), Some((account, &membership)), Vec::new())?;
    let changed = app.store().change_account(&right, &started.new, app.now()).await;
    changed.map_err(|conflict| ApiError::refused(conflict, |_| ApiError::Conflict))?;
    let names = Names {
        user: actor.user().id,
        session: started.new.hash.clone(),
        account: Some(account),
        saw_all_licenses: false,
    };
    let found = found(&actor, &started, chosen, membership);
    let there = Actor::judge(&names, found, app.now())?;
    Ok((web::started(&app, &started, None).await?, Json(Me::from(&there))))
}

/// Asks for the password where the right needs it. Asked before it is told whether the account is one's own.
async fn prove(app: &App, right: &ChooseAccount, password: Option<String>, choice: &Choice) -> Result<(), ApiError> {
    if !right.credentials_needed() {
        return Ok(());
    }
    let password = password
        .filter(|password| !password.is_empty())
        .ok_or_else(|| ApiError::field("/password", "password_needed"))?;
    let password = Password::typed(&password).map_err(|refused| ApiError::field("/password", refused.code()))?;
    let gate = Gate::for_user(app, right.authority().user).await?;
    if gate.verify(password, choice.password_hash.clone()).await? {
        Ok(())
    } else {
        Err(ApiError::field("/password", "password_wrong"))
    }
}

fn found(actor: &Actor, started: &web::Started, account: domain::Account, membership: Membership) -> Found {
    Found {
        session: Some(started.new.session.clone()),
        user: Some(actor.user().clone()),
        account: Some(account),
        membership: Some(membership),
    }
}

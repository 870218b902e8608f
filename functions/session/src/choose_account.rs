//! `PUT /api/session/account`: choosing the account to work in (R111), or switching to another (R512).

use axum::{Json, extract::State, response::IntoResponse};
use domain::{AccountId, Actor, Membership, Names, access::Denied, actor::Found, session::Lasting};
use serde::Deserialize;
use store::{AtHome, ChooseRefused, Spent};
use utoipa::ToSchema;
use web::{ApiError, App, Body, Caller, Problem, Typed};

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
    /// The same, where a second factor is on.
    #[serde(default)]
    code: String,
}

/// Chooses the account to work in.
///
/// A new session begins there, and the one that asks ends. An account one does not belong to does not exist; where one is a
/// guest whose time is over, one is told so.
#[utoipa::path(
    put,
    path = "/api/session/account",
    tag = "session",
    request_body = ChosenAccount,
    responses(
        (status = 200, description = "At work there; the cookie is set anew", body = Me),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not where the person stands, or their time as a guest there is over", body = Problem),
        (status = 404, description = "No account of one's own", body = Problem),
        (status = 409, description = "Something else changed meanwhile", body = Problem),
        (status = 422, description = "Password or code are needed, or wrong", body = Problem),
        (status = 429, description = "Tried too often", body = Problem),
    ),
)]
pub(crate) async fn choose_account(
    State(app): State<App>,
    caller: Caller,
    Body(body): Body<ChosenAccount>,
) -> Result<impl IntoResponse, ApiError> {
    let account = AccountId::parse(&body.account_id).map_err(|_| Denied::Hidden)?;
    let password = body.password.as_deref().filter(|password| !password.is_empty());
    let counted = async {
        match password {
            Some(password) => Typed { password, code: &body.code }.counted(&app, &caller).await.map(Some),
            None => Ok(None),
        }
    };
    let (actor, choice, counted) =
        tokio::join!(caller.actor(), app.store().find_choice(caller.user(), account), counted);
    let (actor, choice) = (actor?, choice?);
    let right = actor.may_choose_account()?;
    let (spent, expires_at) = if right.credentials_needed() {
        // Before it is told whether the account is one's own.
        let counted = counted?.ok_or_else(|| ApiError::field("/password", "password_needed"))?;
        let proven = counted.prove(&choice.proof, actor.user()).await?;
        (proven.spent, app.now().checked_add(Lasting::of(actor.user()).absolute()).map_err(ApiError::broken)?)
    } else {
        // No new proof of who it is: no longer than the session that asks.
        (Spent::Nothing, actor.session().expires_at)
    };
    let (Some(chosen), Some(membership), user_name) = (choice.account, choice.membership, choice.user_name) else {
        return Err(Denied::Hidden.into());
    };
    let home = home(&app, &actor, &membership).await?;
    if let Some(guest) = &membership.guest
        && !guest.counts(&chosen, home.0.as_ref(), home.1.as_ref(), app.now())
    {
        return Err(Denied::GuestEnded.into());
    }

    let started =
        web::new_session(&app, actor.user(), Some((account, &membership)), actor.session().device, expires_at);
    let changed = app.store().change_account(&right, &started.new, &spent, app.now()).await;
    changed.map_err(|conflict| {
        ApiError::refused(conflict, |arm| match arm {
            ChooseRefused::Actor | ChooseRefused::Membership => ApiError::Conflict,
            ChooseRefused::Code => ApiError::field("/code", "code_wrong"),
        })
    })?;
    let names = Names {
        user: actor.user().id,
        session: started.new.hash.clone(),
        account: Some(account),
        home: membership.guest.as_ref().map(|guest| guest.home),
        customer: None,
        saw_all_licenses: false,
    };
    let found = Found {
        session: Some(started.new.session.clone()),
        user: Some(actor.user().clone()),
        account: Some(chosen),
        membership: Some(membership),
        user_name,
        home,
        ..Found::default()
    };
    let there = Actor::judge(&names, found, app.settings().await?.team_area, app.now())?;
    Ok((web::started(&app, &started).await?, Json(Me::from(&there))))
}

/// Of a guest: their own account, and what they are in it. Most switch from there, and it was judged already.
async fn home(app: &App, actor: &Actor, membership: &Membership) -> Result<AtHome, ApiError> {
    let Some(guest) = &membership.guest else { return Ok(AtHome::default()) };
    Ok(match actor.at_work_in(guest.home) {
        Some((account, there)) => (Some(account.clone()), Some(there.clone())),
        None => app.store().at_home(guest.home, actor.user().id).await?,
    })
}

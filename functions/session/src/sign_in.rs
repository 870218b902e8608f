//! `POST /api/session`: signing in (R106).

use axum::{Json, extract::State, response::IntoResponse};
use credentials::Password;
use domain::{
    Actor, Membership, MembershipStatus, Names, Timestamp, UserId,
    actor::Found,
    session::{ABSOLUTE, MOST, SessionHash},
    sign_in_name::SignInName,
};
use serde::Deserialize;
use store::{AccountChoice, ChooseRefused, Login};
use utoipa::ToSchema;
use web::{ApiError, App, Body, ClientNetwork, Device, Fields, Gate, Problem};

use crate::me::Me;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SignIn {
    /// An e-mail address, a user name such as `C10423/anna`, or a customer number.
    #[schema(example = "anna@acme.example")]
    name: String,
    #[schema(format = Password)]
    password: String,
}

/// Signs in.
///
/// A wrong name and a wrong password are one answer, in one time. Whoever belongs to one account works in it at once;
/// whoever belongs to several chooses next.
#[utoipa::path(
    post,
    path = "/api/session",
    tag = "session",
    request_body = SignIn,
    responses(
        (status = 200, description = "Signed in; the cookie is set", body = Me),
        (status = 401, description = "Name or password are wrong", body = Problem),
        (status = 422, description = "Fields that cannot be taken", body = Problem),
        (status = 429, description = "Tried too often", body = Problem),
    ),
)]
pub(crate) async fn sign_in(
    State(app): State<App>,
    network: ClientNetwork,
    device: Device,
    Body(body): Body<SignIn>,
) -> Result<impl IntoResponse, ApiError> {
    let mut fields = Fields::new();
    let name = fields.take("/name", SignInName::parse(&body.name));
    let password = fields.take_password("/password", Password::typed(&body.password));
    let (name, password) = fields.finish(name.zip(password))?;

    let (gate, user) = Gate::for_name(&app, &name, &network, &device).await?;
    let login = app.store().login(user.unwrap_or_else(|| UserId::new(Timestamp::UNIX_EPOCH, [0; 10]))).await?;
    if !gate.verify(password, login.password_hash.clone()).await? {
        return Err(ApiError::SignInFailed);
    }
    let (actor, started) = begin(&app, login).await?;
    Ok((web::started_from(&app, &started, &name).await?, Json(Me::from(&actor))))
}

/// Begins the session of somebody whose password was right.
async fn begin(app: &App, login: Login) -> Result<(Actor, web::Started), ApiError> {
    let user = login.user.ok_or(ApiError::SignInFailed)?;
    let only = only_account(&login.accounts);
    let working = only.map(|choice| (choice.id, &choice.membership));
    let started = web::new_session(
        app,
        &user,
        working,
        to_end(login.sessions),
        app.now().checked_add(ABSOLUTE).map_err(ApiError::broken)?,
    );
    let account = async {
        match only {
            Some(choice) => app.store().find_account(choice.id).await,
            None => Ok(None),
        }
    };
    let begun = app.store().begin_session(user.id, &started.new, app.now());
    let (begun, account) = tokio::join!(begun, account);
    begun.map_err(|conflict| {
        ApiError::refused(conflict, |arm| match arm {
            ChooseRefused::Actor => ApiError::SignInFailed,
            ChooseRefused::Membership => ApiError::Conflict,
        })
    })?;
    let names = Names {
        user: user.id,
        session: started.new.hash.clone(),
        account: only.map(|choice| choice.id),
        saw_all_licenses: false,
    };
    let found = Found {
        session: Some(started.new.session.clone()),
        user: Some(user),
        account: account?,
        membership: only.map(|choice| choice.membership.clone()),
    };
    Ok((Actor::judge(&names, found, app.now())?, started))
}

/// The account to begin in: the only one, or the only one that is not switched off.
fn only_account(accounts: &[AccountChoice]) -> Option<&AccountChoice> {
    let active = |choice: &&AccountChoice| is_active(&choice.membership);
    let mut candidates = accounts.iter().filter(active);
    match (candidates.next(), candidates.next()) {
        (Some(only), None) => Some(only),
        (None, _) if accounts.len() == 1 => accounts.first(),
        _ => None,
    }
}

fn is_active(membership: &Membership) -> bool {
    match membership.status {
        MembershipStatus::Active => true,
        MembershipStatus::Deactivated => false,
    }
}

/// The sessions that make room for one more, oldest first.
fn to_end(mut sessions: Vec<(SessionHash, Timestamp)>) -> Vec<SessionHash> {
    sessions.sort_by_key(|(_, began)| *began);
    let over = (sessions.len() + 1).saturating_sub(MOST);
    sessions.into_iter().take(over).map(|(hash, _)| hash).collect()
}

//! `POST /api/session`: signing in (R106).

use axum::{Json, extract::State, response::IntoResponse};
use credentials::Password;
use domain::{
    Actor, Membership, MembershipStatus, Names, Timestamp, User, UserId, UserStatus,
    actor::Found,
    letter::Message,
    profile::Reversal,
    session::{Lasting, MOST, SessionHash},
    sign_in_name::SignInName,
};
use serde::Deserialize;
use store::{AccountChoice, BeginRefused, Notice, PasswordToSet, SigningIn, Spent};
use utoipa::ToSchema;
use web::{ApiError, App, Body, ClientDevice, ClientNetwork, CodeGate, Device, Fields, Gate, Problem};

use crate::{
    me::Me,
    own_password::{self, OwnPassword, Sent},
};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SignIn {
    /// An e-mail address, a user name such as `C10423/anna`, or a customer number.
    #[schema(example = "anna@acme.example")]
    name: String,
    #[schema(format = Password)]
    password: String,
    /// Where a second factor is on: six digits of the app, or a recovery code.
    #[serde(default)]
    #[schema(example = "287082")]
    code: String,
    /// Where the password is an initial one: one's own, to have from now on. At least 15 characters.
    #[serde(default)]
    #[schema(format = Password)]
    new_password: String,
}

/// Signs in.
///
/// A wrong name and a wrong password are one answer, in one time. Whoever belongs to one account works in it at once;
/// whoever belongs to several chooses next, and the vendor's people begin at the console. Where a second factor is on, the right password alone is answered with
/// `second_factor_needed`, and the same request is sent again with a code.
///
/// An initial password is good for 72 hours and signs in once, together with the password that takes its place:
/// alone it is answered with `new_password_needed`, later with `initial_password_expired`. With the new one all other
/// sessions of the person end, and a mail tells them. A new password beside one that is not initial is refused
/// (`new_password_unasked`).
///
/// An account's user name signs in only while its person is active there: otherwise the right password is answered with
/// `user_name_deactivated`.
#[utoipa::path(
    post,
    path = "/api/session",
    tag = "session",
    request_body = SignIn,
    responses(
        (status = 200, description = "Signed in; the cookie is set", body = Me),
        (status = 401, description = "Name or password are wrong, or a code or a new password is needed too", body = Problem),
        (status = 403, description = "The login is being closed, the user name is switched off, or the initial password is past its time", body = Problem),
        (status = 409, description = "Something else changed meanwhile: try again", body = Problem),
        (status = 422, description = "Fields that cannot be taken, or a wrong code", body = Problem),
        (status = 429, description = "Tried too often", body = Problem),
    ),
)]
pub(crate) async fn sign_in(
    State(app): State<App>,
    network: ClientNetwork,
    browser: Device,
    device: ClientDevice,
    Body(body): Body<SignIn>,
) -> Result<impl IntoResponse, ApiError> {
    let mut fields = Fields::new();
    let name = fields.take("/name", SignInName::parse(&body.name));
    let password = fields.take_password("/password", Password::typed(&body.password));
    let (name, password) = fields.finish(name.zip(password))?;

    let (gate, user) = Gate::for_name(&app, &name, &network, &browser).await?;
    let user = user.unwrap_or_else(|| UserId::new(Timestamp::UNIX_EPOCH, [0; 10]));
    // The key of links beside the login: a letter about a new device may be needed, and it stays in memory.
    let (login, link_key) = tokio::join!(app.store().login(user), app.link_key());
    link_key?;
    let login = login?;
    if !gate.verify(password, login.proof.password_hash.clone()).await? {
        return Err(ApiError::SignInFailed);
    }
    let user = login.user.as_ref().ok_or(ApiError::SignInFailed)?;
    let initial_until = login.proof.initial_until;
    match (user.status, initial_until) {
        (UserStatus::Active, _) | (UserStatus::Invited, Some(_)) => {}
        (UserStatus::Closing, _) => return Err(ApiError::LoginClosing),
        (UserStatus::Invited, None) => return Err(ApiError::SignInFailed),
    }
    if !counts(&name, user, &login.accounts) {
        return Err(ApiError::UserNameDeactivated);
    }
    let sent = Sent { password: &body.password, new: &body.new_password };
    // Before a code is asked for: who mistypes the new one has not used up a code of the app.
    let chosen = own_password::chosen(&app, user, initial_until, sent).await?;
    let spent = match &login.proof.second_factor {
        // Two reads at once are not one moment: the person may be read after what they sign in with.
        None if user.second_factor => return Err(ApiError::Conflict),
        None => Spent::Nothing,
        Some(_) if body.code.trim().is_empty() => return Err(ApiError::SecondFactorNeeded),
        // Counted behind the right password only: a stranger cannot use up the tries of somebody they know the name of.
        Some(factor) => CodeGate::for_user(&app, user).await?.check(factor, &body.code, app.now())?,
    };
    let known = browser.knows(&app.pseudonym(&name.claim()).await?);
    let notice = if known { None } else { about_new_device(&app, user, device.0).await? };
    let own = match chosen {
        None => None,
        Some(chosen) => Some(OwnPassword::new(&app, user, chosen).await?),
    };
    let own = own.as_ref().map(|own| own.to_set(&app, user));
    let password_hash = login.proof.password_hash.unwrap_or_default();
    let signing_in = SigningIn { spent, password_hash, own, ends: to_end(login.sessions), notice };
    let (actor, started) = begin(&app, user, &login.accounts, device.0, &signing_in).await?;
    Ok((web::started_from(&app, &started, &name).await?, Json(Me::from(&actor))))
}

/// The letter about a sign-in from a device not seen before (R206). Somebody who never signed in has no device that was.
async fn about_new_device(app: &App, user: &User, device: domain::device::Device) -> Result<Option<Notice>, ApiError> {
    if user.signed_in_at.is_none() {
        return Ok(None);
    }
    let message = Message::NewSignIn { browser: device.browser, system: device.system };
    app.notice(user, message, Reversal::SignIn).await.map(Some)
}

/// Begins the session of somebody who proved who they are.
async fn begin(
    app: &App,
    user: &User,
    accounts: &[AccountChoice],
    device: domain::device::Device,
    signing_in: &SigningIn<'_>,
) -> Result<(Actor, web::Started), ApiError> {
    let only = only_account(accounts).filter(|_| !user.begins_at_console());
    let working = only.map(|choice| (choice.id, &choice.membership));
    let until = app.now().checked_add(Lasting::of(user).absolute()).map_err(ApiError::broken)?;
    let user = signing_in.own.as_ref().map_or_else(|| user.clone(), PasswordToSet::person_then);
    let started = web::new_session(app, &user, working, device, until);
    let account = async {
        match only {
            Some(choice) => app.store().find_account_and_name(choice.id, user.id).await,
            None => Ok((None, None)),
        }
    };
    let begun = app.store().begin_session(user.id, &started.new, signing_in, app.now());
    let (begun, account) = tokio::join!(begun, account);
    begun.map_err(|conflict| {
        ApiError::refused(conflict, |arm| match arm {
            BeginRefused::Actor => ApiError::SignInFailed,
            BeginRefused::Changed | BeginRefused::Membership => ApiError::Conflict,
            BeginRefused::Code => ApiError::field("/code", "code_wrong"),
        })
    })?;
    let names = Names {
        user: user.id,
        session: started.new.hash.clone(),
        account: only.map(|choice| choice.id),
        home: None,
        customer: None,
        saw_all_licenses: false,
    };
    let (account, user_name) = account?;
    let found = Found {
        session: Some(started.new.session.clone()),
        user: Some(user),
        account,
        membership: only.map(|choice| choice.membership.clone()),
        user_name,
        ..Found::default()
    };
    Ok((Actor::judge(&names, found, app.settings().await?.team_area, app.now())?, started))
}

/// Whether a name signs in: an account's user name only for who is active there (R306). An address is the person's own;
/// who has proven none has no other name, and comes in though they were taken out of the account, to prove one (R308).
fn counts(name: &SignInName, user: &User, accounts: &[AccountChoice]) -> bool {
    match name {
        SignInName::UserName(name) => {
            let (number, _) = name.parts();
            match accounts.iter().find(|choice| choice.number.as_str() == number) {
                Some(choice) => is_active(&choice.membership),
                None => !user.email_proven,
            }
        }
        SignInName::Email(_) | SignInName::CustomerNumber(_) | SignInName::Formless(_) => true,
    }
}

/// The account to begin in: the only one they belong to, or the only one that is not switched off. Where they are a guest,
/// they begin because they chose to (R512).
fn only_account(accounts: &[AccountChoice]) -> Option<&AccountChoice> {
    let own = || accounts.iter().filter(|choice| choice.membership.guest.is_none());
    let mut candidates = own().filter(|choice| is_active(&choice.membership));
    match (candidates.next(), candidates.next()) {
        (Some(only), None) => Some(only),
        (None, _) if own().count() == 1 => own().next(),
        _ => None,
    }
}

fn is_active(membership: &Membership) -> bool {
    match membership.status {
        MembershipStatus::Active => true,
        MembershipStatus::Deactivated | MembershipStatus::Unlinked => false,
    }
}

/// The sessions that make room for one more, oldest first.
fn to_end(mut sessions: Vec<(SessionHash, Timestamp)>) -> Vec<SessionHash> {
    sessions.sort_by_key(|(_, began)| *began);
    let over = (sessions.len() + 1).saturating_sub(MOST);
    sessions.into_iter().take(over).map(|(hash, _)| hash).collect()
}

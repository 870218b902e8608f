//! `POST /api/sign-up/invitations/acceptances`: accepting an invitation with a login that is made by it (R303).

use axum::{Json, extract::State};
use credentials::Password;
use domain::{
    Account, Language, User, UserId, UserStatus,
    invitation::{InvitationToMe, NotAccepted},
    name::PersonName,
    nickname::Nickname,
};
use serde::{Deserialize, Serialize};
use store::{AcceptRefused, Accepting, Conflict, NewLogin};
use utoipa::ToSchema;
use web::{ApiError, App, Body, Caller, Fields, Problem};

use crate::invitation::{self, InvitingAccount};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Acceptance {
    /// What stands behind the `#` in the mailed link.
    token: String,
    first_name: String,
    last_name: String,
    /// At least 15 characters.
    #[schema(format = Password)]
    password: String,
    /// `en`, `fr` or `de`.
    language: String,
}

/// A login that can be signed in with now.
#[derive(Serialize, ToSchema)]
pub(crate) struct AcceptedInvitation {
    /// The address to sign in with.
    email: String,
    /// The account it belongs to.
    account: InvitingAccount,
}

/// Accepts an invitation to an address that has no login: makes the login, which belongs to the account. The terms in force
/// are accepted by that.
///
/// Works once, and by the mailed link alone, which proves the address. Where that has a login, its person signs in and
/// accepts there.
#[utoipa::path(
    post,
    path = "/api/sign-up/invitations/acceptances",
    tag = "sign-up",
    request_body = Acceptance,
    responses(
        (status = 200, description = "The login is there", body = AcceptedInvitation),
        (status = 403, description = "Somebody else is signed in here", body = Problem),
        (status = 409, description = "The address has a login, the link was not mailed, it is a guest's, or the account lets nobody in at the moment", body = Problem),
        (status = 410, description = "It was accepted, declined or taken back, is too old, superseded, or its sender left", body = Problem),
        (status = 422, description = "Fields that cannot be taken", body = Problem),
        (status = 429, description = "Tried too often", body = Problem),
    ),
)]
pub(crate) async fn accept_invitation(
    State(app): State<App>,
    caller: Result<Caller, ApiError>,
    Body(body): Body<Acceptance>,
) -> Result<Json<AcceptedInvitation>, ApiError> {
    let mut fields = Fields::new();
    let first_name = fields.take("/first_name", PersonName::parse(&body.first_name));
    let last_name = fields.take("/last_name", PersonName::parse(&body.last_name));
    let language = fields.take("/language", Language::parse(&body.language));
    // Judged by what is known of the person once they are; what is no password at all is told with the rest.
    let typed = fields.take_password("/password", Password::typed(&body.password));
    let (names, (language, _)) = fields.finish(first_name.zip(last_name).zip(language.zip(typed)))?;

    // Whoever is signed in no more is nobody here.
    let signed_in = async { caller.ok()?.actor().await.ok() };
    let (linked, signed_in) = tokio::join!(invitation::by_link(&app, &body.token), signed_in);
    let linked = linked?;
    let email = linked.invitation.invited.email.clone();
    if signed_in.is_some_and(|actor| actor.user().email.claim() != email.claim()) {
        return Err(ApiError::InvitationForAnother(email));
    }
    if !linked.invitation.mailed {
        return Err(NotAccepted::HandedOver.into());
    }
    // Whoever works at the partner has a login there.
    if linked.invitation.invited.guest.is_some() {
        return Err(NotAccepted::NotOfPartner.into());
    }
    let account = linked.account;
    let user = new_user(&app, names, &linked.invitation.invited.email, language);
    let vendor = app.vendor().await?;
    let mut known = web::known_words(&user, &vendor);
    known.extend([account.name.as_str(), account.number.as_str()]);
    let mut fields = Fields::new();
    let password = fields.take_password("/password", Password::chosen(&body.password, &known));
    let hash = app.hash(fields.finish(password)?).await?;

    let invitation = InvitationToMe::from((linked.invitation, account.number.clone()));
    let letter = invitation::accepted(&app, &invitation, &account, (user.full_name(), None));
    let accepting = Accepting {
        invitation: &invitation,
        account: &account,
        user: &user,
        guest: None,
        letter: &letter,
        event: app.event_id(),
    };
    let new = NewLogin {
        token_hash: &linked.token_hash,
        password_hash: hash.to_store(),
        terms_version: &vendor.terms_version,
        event: app.event_id(),
    };
    let accepted = app.store().accept_with_new_login(&accepting, &new, app.now()).await;
    if let Err(conflict) = accepted {
        return Err(refused(&app, conflict, &invitation, &account).await);
    }
    Ok(Json(AcceptedInvitation { email: email.to_string(), account: InvitingAccount::from(&account) }))
}

fn new_user(app: &App, names: (PersonName, PersonName), email: &domain::EmailAddress, language: Language) -> User {
    let id = UserId::new(app.now(), credentials::random());
    let nickname = Some(Nickname::assigned(credentials::random()));
    User { nickname, ..User::new(id, names, email.clone(), language, UserStatus::Active) }
}

/// What a refusal means.
pub(crate) async fn refused(
    app: &App,
    conflict: Conflict<AcceptRefused>,
    invitation: &InvitationToMe,
    account: &Account,
) -> ApiError {
    match conflict {
        Conflict::Store(error) => error.into(),
        Conflict::Refused(AcceptRefused::Invitation) => invitation::why_not(app, account.id, invitation.id).await,
        Conflict::Refused(AcceptRefused::InviterGone) => NotAccepted::InviterGone.into(),
        Conflict::Refused(AcceptRefused::Address) => NotAccepted::HasLogin.into(),
        Conflict::Refused(AcceptRefused::AlreadyMember) => NotAccepted::Member.into(),
        Conflict::Refused(AcceptRefused::NotOfPartner) => NotAccepted::NotOfPartner.into(),
        Conflict::Refused(AcceptRefused::Account | AcceptRefused::Nickname | AcceptRefused::Actor) => {
            ApiError::Conflict
        }
    }
}

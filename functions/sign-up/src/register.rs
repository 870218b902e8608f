//! `POST /api/sign-up/registrations`: signing up (R101).

use axum::{Json, extract::State};
use credentials::{Password, sha256_hex};
use domain::{
    EmailAddress, Language, RegistrationId, code::ActivationCode, name::PersonName, registration::Registration,
    vendor::Vendor,
};
use http::StatusCode;
use serde::{Deserialize, Serialize};
use store::NewRegistration;
use utoipa::ToSchema;
use web::{ApiError, App, Body, ClientNetwork, Fields, Problem};

use crate::letter::{self, Handle};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewLogin {
    /// The address to sign in with; proven by a mailed link.
    #[schema(example = "anna@acme.example")]
    email: String,
    /// At least 15 characters.
    #[schema(format = Password)]
    password: String,
    first_name: String,
    last_name: String,
    /// `en`, `fr` or `de`.
    language: String,
    /// The version of terms and privacy notice that the page showed and the person accepted.
    #[schema(example = "2026-05")]
    terms_version: String,
    /// If the person has one: claims its order when the address is proven.
    #[serde(default)]
    activation_code: Option<String>,
}

/// A sign-up that waits for its address to be proven.
#[derive(Serialize, ToSchema)]
pub(crate) struct Registered {
    /// Keeps the right to correct the address; not an id to show.
    pub registration: String,
}

struct Parsed {
    email: EmailAddress,
    password: Password,
    first_name: PersonName,
    last_name: PersonName,
    language: Language,
    code: Option<ActivationCode>,
}

/// Signs up.
///
/// The answer is the same whether or not the address has a login: the mail tells.
#[utoipa::path(
    post,
    path = "/api/sign-up/registrations",
    tag = "sign-up",
    request_body = NewLogin,
    responses(
        (status = 202, description = "A mail is on its way", body = Registered),
        (status = 409, description = "The terms have changed since the page was shown", body = Problem),
        (status = 422, description = "Fields that cannot be taken", body = Problem),
        (status = 429, description = "Tried too often", body = Problem),
    ),
)]
pub(crate) async fn register(
    State(app): State<App>,
    network: ClientNetwork,
    Body(body): Body<NewLogin>,
) -> Result<(StatusCode, Json<Registered>), ApiError> {
    let vendor = app.vendor().await?;
    let new = parse(&body, &vendor)?;
    if body.terms_version != vendor.terms_version {
        return Err(ApiError::TermsChanged);
    }
    let now = app.now();
    let per_network = letter::per_network(&app, &network).await?;
    let per_address = letter::per_address(&app, &new.email).await?;
    let code_hash = new.code.as_ref().map(|code| sha256_hex(code.bytes()));
    let code = async {
        match &code_hash {
            Some(hash) => app.store().find_code(hash).await,
            None => Ok(None),
        }
    };
    let (network, has_login, code) =
        tokio::join!(app.count(&per_network, now), app.store().has_login(&new.email, now), code);
    network?;
    let code = match code_hash {
        Some(_) => Some(web::usable_code(code?, "/activation_code")?),
        None => None,
    };

    let id = RegistrationId::new(now, credentials::random());
    let handle = Handle::new(id);
    let linked = letter::write(&app, id, &new.email, &new.first_name, new.language, has_login?.is_some()).await?;
    let password_hash = app.hash(new.password).await?.to_store().to_owned();
    let registration = Registration {
        id,
        email: new.email,
        first_name: new.first_name,
        last_name: new.last_name,
        language: new.language,
        terms_version: body.terms_version,
        signed_up_at: now,
    };
    let (letter, token_hash, link_expires_at) = (linked.letter, linked.token_hash, linked.expires_at);
    let handle_hash = handle.hash();
    let kept = NewRegistration { registration, password_hash, handle_hash, letter, token_hash, link_expires_at, code };
    let written = app.store().register(&kept, &per_address, now).await;
    written.map_err(|conflict| letter::refused(conflict, &per_address, now))?;
    Ok((StatusCode::ACCEPTED, Json(Registered { registration: handle.reveal() })))
}

fn parse(body: &NewLogin, vendor: &Vendor) -> Result<Parsed, ApiError> {
    let mut fields = Fields::new();
    let first_name = fields.take("/first_name", PersonName::parse(&body.first_name));
    let last_name = fields.take("/last_name", PersonName::parse(&body.last_name));
    let email = fields.take("/email", EmailAddress::parse(&body.email));
    let known = web::words_about([&body.first_name, &body.last_name], &body.email, vendor);
    let password = fields.take_password("/password", Password::chosen(&body.password, &known));
    let language = fields.take("/language", Language::parse(&body.language));
    if body.terms_version.trim().is_empty() {
        fields.refuse("/terms_version", "required", Vec::new());
    }
    let typed = body.activation_code.as_deref().filter(|code| !code.trim().is_empty());
    let code = match typed {
        Some(code) => fields.take("/activation_code", ActivationCode::parse(code)),
        None => None,
    };
    let taken = (|| {
        Some(Parsed {
            email: email?,
            password: password?,
            first_name: first_name?,
            last_name: last_name?,
            language: language?,
            code,
        })
    })();
    fields.finish(taken)
}

//! `POST /api/profile/change-requests`: asking the vendor to change what is protected (R201).

use axum::{Json, extract::State};
use domain::{
    EmailAddress, RequestId, User,
    letter::{Message, Recipient},
    name::{AccountName, PersonName, Reason},
    profile::optional,
    request::{RequestKind, Wish},
};
use http::StatusCode;
use serde::{Deserialize, Serialize};
use store::{Asker, NewRequest, Notice, RequestRefused};
use utoipa::ToSchema;
use web::{ApiError, App, Body, Caller, Fields, Problem};

/// What is asked for, by `kind`; fields of another kind stay empty.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WantedChange {
    /// `name` and `email` of an owner, `company`, `license_contact`, `missing_person` (somebody is not among the people of
    /// one's account) or `two_logins` (both are one's own).
    #[schema(example = "company")]
    kind: String,
    /// Of an owner, or of the new license contact.
    #[serde(default)]
    first_name: String,
    #[serde(default)]
    last_name: String,
    /// Of an owner, or of the new license contact.
    #[serde(default)]
    email: String,
    /// Of the company.
    #[serde(default)]
    name: String,
    /// Who is missing, or which logins: in the person's words, up to 500 characters.
    #[serde(default)]
    text: String,
    /// Why; may be empty.
    #[serde(default)]
    reason: String,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct Requested {
    #[schema(example = "req_01jd0x5m2nfe4r8v0t6w9y2zab")]
    id: String,
}

/// Asks the vendor for a change of what is protected: one of each kind at a time.
#[utoipa::path(
    post,
    path = "/api/profile/change-requests",
    tag = "profile",
    request_body = WantedChange,
    responses(
        (status = 201, description = "Asked", body = Requested),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not where the person stands", body = Problem),
        (status = 409, description = "One of that kind waits already, or something else changed meanwhile", body = Problem),
        (status = 422, description = "Fields that cannot be taken", body = Problem),
    ),
)]
pub(crate) async fn request_change(
    State(app): State<App>,
    caller: Caller,
    Body(body): Body<WantedChange>,
) -> Result<(StatusCode, Json<Requested>), ApiError> {
    let (wish, reason) = parse(&body)?;
    let actor = caller.actor().await?;
    let right = actor.may_request_change()?;
    let user: &User = actor.user();
    let kind = wish.kind();
    match kind {
        RequestKind::Company | RequestKind::LicenseContact | RequestKind::MissingPerson => {
            right.account()?;
        }
        RequestKind::Name
        | RequestKind::Email
        | RequestKind::TakenBack
        | RequestKind::Renewal
        | RequestKind::Claim
        | RequestKind::Dispute
        | RequestKind::TwoLogins
        | RequestKind::Access => {}
    }
    let id = RequestId::new(app.now(), credentials::random());
    let letter = app.letter(Recipient::User(user.id), Message::ChangeRequested { kind });
    // A request about a company is about the one they work in; the right says whether they do.
    let by = Asker::of(user, right.account().ok().and(actor.account()));
    let new = NewRequest { id, by, wish, reason };
    let notice = Notice { letter, undo: None };
    let asked = app.store().request_change(&right, &new, &notice, app.event_id(), app.now()).await;
    asked.map_err(|conflict| {
        ApiError::refused(conflict, |arm| match arm {
            RequestRefused::Waiting => ApiError::AlreadyAsked,
            RequestRefused::Actor => ApiError::Conflict,
        })
    })?;
    Ok((StatusCode::CREATED, Json(Requested { id: id.to_string() })))
}

fn parse(body: &WantedChange) -> Result<(Wish, Option<Reason>), ApiError> {
    let mut fields = Fields::new();
    let reason = fields.take("/reason", optional(&body.reason, Reason::parse));
    let names = |fields: &mut Fields| {
        let first_name = fields.take("/first_name", PersonName::parse(&body.first_name));
        first_name.zip(fields.take("/last_name", PersonName::parse(&body.last_name)))
    };
    let wish = match body.kind.as_str() {
        "name" => names(&mut fields).map(|(first_name, last_name)| Wish::Name { first_name, last_name }),
        "email" => fields.take("/email", EmailAddress::parse(&body.email)).map(|email| Wish::Email { email }),
        "company" => fields.take("/name", AccountName::parse(&body.name)).map(|name| Wish::Company { name }),
        "license_contact" => {
            let names = names(&mut fields);
            let email = fields.take("/email", EmailAddress::parse(&body.email));
            names.zip(email).map(|((first_name, last_name), email)| Wish::LicenseContact {
                first_name,
                last_name,
                email,
            })
        }
        "missing_person" => fields.take("/text", Reason::parse(&body.text)).map(|text| Wish::MissingPerson { text }),
        "two_logins" => fields.take("/text", Reason::parse(&body.text)).map(|text| Wish::TwoLogins { text }),
        _ => {
            let kinds = "name, email, company, license_contact, missing_person, two_logins";
            let allowed = ("allowed", kinds.to_owned());
            fields.refuse("/kind", "choice_invalid", vec![allowed]);
            None
        }
    };
    fields.finish(wish.zip(reason))
}

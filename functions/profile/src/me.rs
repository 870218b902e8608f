//! One's own profile, as pages show it.

use domain::{Actor, Role, Timestamp, User, request::RequestKind};
use serde::Serialize;
use store::{Mine, PendingRequest};
use utoipa::ToSchema;

/// One's own profile. What is not known is an empty text.
#[derive(Serialize, ToSchema)]
pub(crate) struct MyProfile {
    /// The address one signs in with, once it is proven to be one's own.
    email: String,
    /// Whether it is. One that is not was written down by an account's team; asking for the same address mails the link
    /// that proves it.
    email_proven: bool,
    /// What one signs in with in the account one works in; empty if that gave one no user name.
    #[schema(example = "C10423/anna")]
    user_name: String,
    first_name: String,
    last_name: String,
    #[schema(example = "Dr.")]
    title: String,
    job_title: String,
    phone: String,
    street: String,
    postal_code: String,
    city: String,
    /// ISO 3166-1 alpha-2.
    #[schema(example = "FR")]
    country: String,
    /// `en`, `fr` or `de`.
    language: &'static str,
    /// What the forum calls one.
    nickname: String,
    /// Whether one owns an account; then name and address are changed by the vendor.
    owner: bool,
    /// The company of the account one works in.
    company: Option<MyCompany>,
    second_factor: MyFactor,
    /// What one asked of the vendor and is not decided.
    requests: Vec<MyRequest>,
}

#[derive(Serialize, ToSchema)]
struct MyCompany {
    name: String,
    #[schema(example = "C10423")]
    number: String,
    /// Whether the membership is verified; an unverified claim shows nothing of the account.
    verified: bool,
    second_factor_required: bool,
}

#[derive(Serialize, ToSchema)]
struct MyFactor {
    on: bool,
    /// Whether the account one works in requires it.
    required: bool,
    recovery_codes_left: usize,
}

#[derive(Serialize, ToSchema)]
struct MyRequest {
    #[schema(example = "req_01jd0x5m2nfe4r8v0t6w9y2zab")]
    id: String,
    /// `name`, `email`, `company`, `license_contact`, `renewal`, `claim`, `missing_person`,
    /// `two_logins` or `access`.
    #[schema(value_type = String, example = "company")]
    kind: RequestKind,
    #[schema(value_type = String, format = DateTime)]
    asked_at: Timestamp,
    /// What was asked for, in one line.
    wish: String,
}

impl MyProfile {
    pub fn of(actor: &Actor, user: &User, mine: &Mine, now: Timestamp) -> Self {
        let profile = &user.profile;
        let company = actor.workplace().map(|account| MyCompany {
            name: account.name.to_string(),
            number: account.number.to_string(),
            verified: true,
            second_factor_required: account.second_factor_required,
        });
        let factor = mine.proof.second_factor.as_ref();
        Self {
            email: user.email.to_string(),
            email_proven: user.email_proven,
            user_name: shown(actor.user_name()),
            first_name: user.first_name.to_string(),
            last_name: user.last_name.to_string(),
            title: shown(profile.title.as_ref()),
            job_title: shown(profile.job_title.as_ref()),
            phone: shown(profile.phone.as_ref()),
            street: shown(profile.street.as_ref()),
            postal_code: shown(profile.postal_code.as_ref()),
            city: shown(profile.city.as_ref()),
            country: shown(profile.country.as_ref()),
            language: user.language.tag(),
            nickname: shown(user.nickname.as_ref()),
            owner: owns(mine),
            second_factor: MyFactor {
                on: factor.is_some(),
                required: company.as_ref().is_some_and(|company| company.second_factor_required),
                recovery_codes_left: factor.map_or(0, |factor| factor.recovery.len()),
            },
            company,
            requests: mine.requests.iter().filter(|request| request.is_shown(now)).map(MyRequest::from).collect(),
        }
    }
}

/// Whether the person owns an account.
pub(crate) fn owns(mine: &Mine) -> bool {
    mine.accounts.iter().any(|choice| match choice.membership.role {
        Role::Owner => true,
        Role::Manager | Role::Member => false,
    })
}

impl From<&PendingRequest> for MyRequest {
    fn from(request: &PendingRequest) -> Self {
        Self {
            id: request.id.to_string(),
            kind: request.wish.kind(),
            asked_at: request.asked_at,
            wish: request.wish.line(),
        }
    }
}

fn shown<T: std::fmt::Display>(value: Option<&T>) -> String {
    value.map(ToString::to_string).unwrap_or_default()
}

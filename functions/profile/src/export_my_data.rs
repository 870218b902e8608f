//! `POST /api/profile/export`: everything the portal holds about one (R208).

use axum::{Json, extract::State};
use domain::{
    Actor, MembershipStatus, Permission, Role, Timestamp, UserStatus, device::Device, log::Event, request::Wish,
};
use serde::Serialize;
use store::{ExportRefused, Held, Mine};
use utoipa::ToSchema;
use web::{ApiError, App, Body, Caller, Problem};

use crate::{me::MyProfile, proof::WithCode};

/// Everything the portal holds about a person. Passwords, codes and secrets are held as hashes or not at all, and are
/// not in it; entries in a company's own log belong to the company.
#[derive(Serialize, ToSchema)]
pub(crate) struct MyData {
    /// When it was put together.
    #[schema(value_type = String, format = DateTime)]
    made_at: Timestamp,
    id: String,
    /// `active`.
    #[schema(value_type = String, example = "active")]
    status: UserStatus,
    #[schema(value_type = Option<String>, format = DateTime)]
    signed_in_at: Option<Timestamp>,
    profile: MyProfile,
    memberships: Vec<MyMembership>,
    sessions: Vec<HeldSession>,
    licenses: Vec<HeldLicense>,
    requests: Vec<HeldRequest>,
    /// What one did, newest first.
    log: Vec<HeldEvent>,
}

#[derive(Serialize, ToSchema)]
struct MyMembership {
    account: String,
    number: String,
    #[schema(value_type = String, example = "member")]
    role: Role,
    #[schema(value_type = Vec<String>)]
    permissions: Vec<Permission>,
    #[schema(value_type = String, example = "active")]
    status: MembershipStatus,
}

#[derive(Serialize, ToSchema)]
struct HeldSession {
    #[schema(value_type = String, format = DateTime)]
    started_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    seen_at: Timestamp,
    #[schema(value_type = Object)]
    device: Device,
}

#[derive(Serialize, ToSchema)]
struct HeldLicense {
    /// The account's number.
    account: String,
    serial_number: String,
    product: String,
}

#[derive(Serialize, ToSchema)]
struct HeldRequest {
    #[schema(value_type = String, format = DateTime)]
    asked_at: Timestamp,
    #[schema(value_type = Object)]
    wish: Wish,
}

#[derive(Serialize, ToSchema)]
struct HeldEvent {
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    #[serde(flatten)]
    #[schema(value_type = Object)]
    event: Event,
}

/// Hands out everything held about one, as JSON.
#[utoipa::path(
    post,
    path = "/api/profile/export",
    tag = "profile",
    request_body = WithCode,
    responses(
        (status = 200, description = "All of it", body = MyData),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 409, description = "Something else changed meanwhile", body = Problem),
        (status = 422, description = "Password or code are wrong", body = Problem),
        (status = 429, description = "Tried too often", body = Problem),
    ),
)]
pub(crate) async fn export_my_data(
    State(app): State<App>,
    caller: Caller,
    Body(body): Body<WithCode>,
) -> Result<Json<MyData>, ApiError> {
    let query = |right| {
        let store = app.store().clone();
        async move { store.mine(&right).await }
    };
    let (read, counted) =
        tokio::join!(caller.read(query, Actor::may_show_profile), body.typed().counted(&app, &caller));
    let (actor, _, mine) = read?;
    let right = actor.may_export_my_data()?;
    let proven = counted?.prove(&mine.proof, actor.user()).await?;
    let store = app.store();
    let event = app.event_id();
    let (noted, held) = tokio::join!(
        store.note_export(&right, &proven.spent, event, app.now()),
        store.held(&right, &mine.accounts, actor.user().second_factor, event),
    );
    noted.map_err(|conflict| {
        ApiError::refused(conflict, |arm| match arm {
            ExportRefused::Actor => ApiError::Conflict,
            ExportRefused::Code => ApiError::field("/code", "code_wrong"),
        })
    })?;
    Ok(Json(MyData::of(&actor, mine, held?, app.now())))
}

impl MyData {
    fn of(actor: &Actor, mine: Mine, held: Held, now: Timestamp) -> Self {
        let user = actor.user();
        let profile = MyProfile::of(actor, user, &mine, now);
        let number = |account| {
            let choice = mine.accounts.iter().find(|choice| choice.id == account);
            choice.map(|choice| choice.number.to_string()).unwrap_or_default()
        };
        let licenses = held.licenses.iter().map(|(account, license)| HeldLicense {
            account: number(*account),
            serial_number: license.serial_number.to_string(),
            product: license.product_name.to_string(),
        });
        let sessions = held.sessions.iter().map(|session| HeldSession {
            started_at: session.started_at,
            seen_at: session.seen_at,
            device: session.device,
        });
        let memberships = mine.accounts.iter().map(|choice| MyMembership {
            account: choice.name.to_string(),
            number: choice.number.to_string(),
            role: choice.membership.role,
            permissions: choice.membership.permissions.iter().copied().collect(),
            status: choice.membership.status,
        });
        Self {
            made_at: now,
            id: user.id.to_string(),
            status: user.status,
            signed_in_at: user.signed_in_at,
            profile,
            memberships: memberships.collect(),
            sessions: sessions.collect(),
            licenses: licenses.collect(),
            requests: mine
                .requests
                .into_iter()
                .map(|request| HeldRequest { asked_at: request.asked_at, wish: request.wish })
                .collect(),
            log: held.log.into_iter().map(|(at, event)| HeldEvent { at, event }).collect(),
        }
    }
}

//! `GET /api/team/invitations`: the account's invitations and where each stands (R309).

use axum::{Json, extract::State};
use domain::{
    Actor, Role, Timestamp,
    guest::GuestDays,
    invitation::{InvitationState, TeamInvitation},
    page::PageSize,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use web::{ApiError, App, Caller, Problem, Query};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct InvitationQuery {
    /// `next` of the page before.
    cursor: Option<String>,
}

/// A page of invitations, the newest first.
#[derive(Serialize, ToSchema)]
pub(crate) struct Invitations {
    items: Vec<InvitationItem>,
    /// The cursor of the next page; null on the last.
    next: Option<String>,
}

#[derive(Serialize, ToSchema)]
struct InvitationItem {
    #[schema(example = "inv_01jd0x5m2nfe4r8v0t6w9y2zab")]
    id: String,
    email: String,
    first_name: String,
    last_name: String,
    /// What they become: `manager` or `member`.
    #[schema(value_type = String, example = "member")]
    role: Role,
    /// As a guest, for how many days; null of whoever is to belong to the account.
    guest_days: Option<u16>,
    /// `queued`, `delivered`, `bounced` (the mail reached nobody), `handed_over` (its link was made to be handed over),
    /// `opened`, `accepted`, `declined`, `expired` or `revoked`.
    #[schema(value_type = String, example = "delivered")]
    state: InvitationState,
    /// When it was sent last, or its link made.
    #[schema(value_type = String, format = DateTime)]
    sent_at: Timestamp,
    /// Until when it is, or was, good.
    #[schema(value_type = String, format = DateTime)]
    expires_at: Timestamp,
    /// When somebody opened the link that is good now.
    #[schema(value_type = Option<String>, format = DateTime)]
    opened_at: Option<Timestamp>,
    /// First and last name of who sent it last.
    invited_by: String,
}

/// Lists the account's invitations.
#[utoipa::path(
    get,
    path = "/api/team/invitations",
    tag = "team",
    params(InvitationQuery),
    responses(
        (status = 200, description = "A page of invitations", body = Invitations),
        (status = 400, description = "A query or cursor that cannot be taken", body = Problem),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not where the person stands, or they do not look after the team", body = Problem),
    ),
)]
pub(crate) async fn list_invitations(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<InvitationQuery>,
) -> Result<Json<Invitations>, ApiError> {
    const ASKED: &str = "team-invitations";
    let from = caller.open_cursor(ASKED, query.cursor.as_deref()).await?;
    let start = |right| {
        let (store, from) = (app.store().clone(), from.clone());
        async move { store.list_invitations(&right, PageSize::default(), from.as_ref()).await }
    };
    let (_, _, page) = caller.read(start, Actor::may_list_members).await?;
    let (next, now) = (caller.seal_cursor(ASKED, page.next).await?, app.now());
    Ok(Json(Invitations { items: page.items.into_iter().map(|one| item(one, now)).collect(), next }))
}

fn item(invitation: TeamInvitation, now: Timestamp) -> InvitationItem {
    InvitationItem {
        id: invitation.id.to_string(),
        state: invitation.state_at(now),
        sent_at: invitation.sent_at,
        expires_at: invitation.expires_at,
        opened_at: invitation.opened_at,
        invited_by: invitation.by_name,
        email: invitation.invited.email.to_string(),
        first_name: invitation.invited.first_name.to_string(),
        last_name: invitation.invited.last_name.to_string(),
        role: invitation.invited.role,
        guest_days: invitation.invited.guest.map(GuestDays::get),
    }
}

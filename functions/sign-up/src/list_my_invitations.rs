//! `GET /api/sign-up/invitations`: the accounts that invite one (R304).

use axum::{Json, extract::State};
use domain::{Role, Timestamp, guest::GuestDays, invitation::InvitationToMe};
use serde::Serialize;
use utoipa::ToSchema;
use web::{ApiError, App, Caller, Problem};

use crate::invitation::InvitingAccount;

/// The invitations that wait for an answer, the newest first; all of them.
#[derive(Serialize, ToSchema)]
pub(crate) struct MyInvitations {
    items: Vec<MyInvitation>,
    next: Option<String>,
}

#[derive(Serialize, ToSchema)]
struct MyInvitation {
    account: InvitingAccount,
    /// First and last name of who invites.
    invited_by: String,
    /// What one becomes: `manager` or `member`.
    #[schema(value_type = String, example = "member")]
    role: Role,
    /// As a guest, for how many days; null of whoever is to belong to the account.
    guest_days: Option<u16>,
    #[schema(value_type = String, format = DateTime)]
    expires_at: Timestamp,
}

/// Lists the invitations to one's address, however one came by one's login. Only of an address that is proven to be theirs.
#[utoipa::path(
    get,
    path = "/api/sign-up/invitations",
    tag = "sign-up",
    responses(
        (status = 200, description = "What waits for an answer", body = MyInvitations),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not where the person stands", body = Problem),
    ),
)]
pub(crate) async fn list_my_invitations(
    State(app): State<App>,
    caller: Caller,
) -> Result<Json<MyInvitations>, ApiError> {
    let right = caller.actor().await?.may_list_my_invitations()?;
    let waiting = app.store().my_invitations(&right, app.now()).await?;
    let item = |invitation: InvitationToMe| MyInvitation {
        account: InvitingAccount {
            id: invitation.account.to_string(),
            name: invitation.account_name.to_string(),
            number: invitation.customer_number.to_string(),
        },
        invited_by: invitation.by_name,
        role: invitation.invited.role,
        guest_days: invitation.invited.guest.map(GuestDays::get),
        expires_at: invitation.expires_at,
    };
    Ok(Json(MyInvitations { items: waiting.into_iter().map(item).collect(), next: None }))
}

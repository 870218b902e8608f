//! `POST /api/reset/requests`: asking for a way to a new password (R108), or to the first (R104).

use axum::extract::State;
use credentials::LinkKey;
use domain::{
    AccountId, InvitationId, Timestamp, UserId,
    invitation::{InvitationToMe, link_subject},
    letter::{Letter, LinkPurpose, Message, Recipient},
    sign_in_name::SignInName,
};
use http::StatusCode;
use serde::Deserialize;
use store::{AskedReset, Conflict, ResetNotAsked, Throttle};
use utoipa::ToSchema;
use web::{ApiError, App, Body, ClientNetwork, Fields, Problem};

/// Requests from one network in an hour: as for signing up, a class of students may sit behind it.
const PER_NETWORK: u32 = 60;
/// Letters in [`WINDOW`] to a name, and to a person, who may have several: one, and another for who cannot find it.
const LETTERS: u32 = 2;
/// As long as a link is good. So whenever a letter is refused, one was written in the same window, and its link lasts
/// until the window's end at least: strangers who use the letters up keep nobody out.
const WINDOW: i64 = LinkPurpose::ResetPassword.lifetime().as_secs();

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewReset {
    /// What the person signs in with: an e-mail address, a user name such as `C10423/anna`, or a customer number.
    #[schema(example = "anna@acme.example")]
    name: String,
}

/// Asks for a mail with a link that sets a new password.
///
/// The answer is always the same, whether or not somebody has the name: the same is read and written, in the same time.
/// Whoever was invited and never signed in is sent the way to their first password; whoever has no login and is invited to
/// an account, that invitation again, as long as it is good. A newer link ends the older; where too many were asked for, the
/// last stays good.
#[utoipa::path(
    post,
    path = "/api/reset/requests",
    tag = "reset",
    request_body = NewReset,
    responses(
        (status = 204, description = "If somebody has the name, a mail is on its way to them"),
        (status = 422, description = "No name", body = Problem),
        (status = 429, description = "Tried too often", body = Problem),
    ),
)]
pub(crate) async fn request_reset(
    State(app): State<App>,
    network: ClientNetwork,
    Body(body): Body<NewReset>,
) -> Result<StatusCode, ApiError> {
    let mut fields = Fields::new();
    let name = fields.take("/name", SignInName::parse(&body.name));
    let name = fields.finish(name)?;

    let now = app.now();
    let per_network = crate::per_network(&app, "reset-network", &network, PER_NETWORK).await?;
    let pseudonym = app.pseudonym(&name.claim()).await?;
    let (counted, found, invited, link_key) = tokio::join!(
        app.count(&per_network, now),
        app.store().whose(&name),
        app.store().newest_invitation_to(&name, now),
        app.link_key()
    );
    counted?;
    let expires_at = now.checked_add(LinkPurpose::ResetPassword.lifetime()).map_err(ApiError::broken)?;
    let asking = Asking { app: &app, link_key: link_key?, found: found?, pseudonym, expires_at };
    // Whoever has a login finds invitations there.
    let invited = invited?.filter(|_| asking.found.is_none());
    match asking.ask(invited.as_ref(), now).await {
        // Answered or taken back meanwhile.
        Err(Conflict::Refused(ResetNotAsked::NotInvited)) => taken(asking.ask(None, now).await),
        other => taken(other),
    }
}

fn taken(asked: Result<(), Conflict<ResetNotAsked>>) -> Result<StatusCode, ApiError> {
    match asked {
        Ok(()) | Err(Conflict::Refused(ResetNotAsked::TooManyLetters | ResetNotAsked::NotInvited)) => {
            Ok(StatusCode::NO_CONTENT)
        }
        Err(Conflict::Store(error)) => Err(error.into()),
    }
}

/// Somebody who asks by a name.
struct Asking<'a> {
    app: &'a App,
    link_key: &'a LinkKey,
    /// Whose it is.
    found: Option<UserId>,
    pseudonym: String,
    /// Until when the way to a password is good.
    expires_at: Timestamp,
}

impl Asking<'_> {
    async fn ask(&self, invited: Option<&InvitationToMe>, now: Timestamp) -> Result<(), Conflict<ResetNotAsked>> {
        let (nobodys_account, nobodys_invitation, nobody) = nobody(&self.pseudonym);
        let user = self.found.unwrap_or(nobody);
        let (letter, purpose) = self.letter(user, invited);
        let token = self.link_key.token(letter.id, purpose);
        let throttle = |kind, whom| Throttle { kind, whom, most: LETTERS, window: WINDOW };
        let asked = AskedReset {
            user,
            letter: &letter,
            token_hash: &token.hash(),
            link_expires_at: self.expires_at,
            letters: &[throttle("reset-name", self.pseudonym.clone()), throttle("reset-user", user.to_string())],
            invitation: invited.map_or((nobodys_account, nobodys_invitation), |it| (it.account, it.id)),
            invited: invited.is_some(),
            event: self.app.event_id(),
        };
        self.app.store().ask_for_reset(&asked, now).await
    }

    /// The letter, and what its link is for. An invitation goes to the address it is for, never to what was typed.
    fn letter(&self, user: UserId, invited: Option<&InvitationToMe>) -> (Letter, LinkPurpose) {
        let recipient = match self.found {
            Some(user) => Recipient::User(user),
            None => Recipient::Nobody,
        };
        let mut reset = self.app.letter(recipient, Message::ResetPassword);
        reset.link_subject = Some(user.to_string());
        let Some(invitation) = invited else { return (reset, LinkPurpose::ResetPassword) };
        let invited = invitation.invited.clone();
        let message = invited.letter(invitation.account_name.clone(), invitation.by_name.clone());
        let recipient =
            Recipient::Address { email: invited.email, name: invited.first_name, language: invited.language };
        let letter = Letter {
            recipient,
            message: Message::Team(message),
            link_subject: Some(link_subject(invitation.account, invitation.id)),
            ..reset
        };
        (letter, LinkPurpose::TeamInvitation)
    }
}

/// Whose a name is that nobody has, and the invitation that waits for nobody: the same ids each time, so that letters are
/// counted like anybody's. None is of 1970, and without the key of pseudonyms none can be told from another.
fn nobody(pseudonym: &str) -> (AccountId, InvitationId, UserId) {
    let mut random = [0; 10];
    for (place, byte) in random.iter_mut().zip(pseudonym.bytes()) {
        *place = byte;
    }
    let epoch = Timestamp::UNIX_EPOCH;
    (AccountId::new(epoch, random), InvitationId::new(epoch, random), UserId::new(epoch, random))
}

//! `POST /api/sign-up/account-claims`: asking to join an account by a number one knows (R102).

use axum::extract::State;
use domain::{
    AccountId, AccountStatus, Membership, Permission, Permissions, RequestId, Role, Timestamp, User, UserId,
    claim::{Reference, same_company},
    letter::{Message, Recipient},
    name::AccountName,
    rights::ClaimAccount,
};
use http::StatusCode;
use serde::Deserialize;
use store::{
    AskRefused, AskedToJoin, ClaimCourse, ClaimGround, Conflict, DecisionRefused, NamedNumber, Nobody, Throttle,
    Verified,
};
use utoipa::ToSchema;
use web::{ApiError, App, Body, Caller, Problem};

/// How often one person may ask in an hour (B7 of our security decisions). Counted by who asks alone, so that strangers
/// use up nobody's tries.
const PER_HOUR: u32 = 5;
/// How often it is begun anew where something changed between reading and writing.
const TRIES: u32 = 3;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AccountClaim {
    /// A customer number or the serial number of a license, in any case, with any dashes.
    #[schema(example = "C10423")]
    reference: String,
}

/// Asks to join an account.
///
/// The answer is always the same, whether or not there is an account of that number and whatever it says to it: the same
/// is read and written, and a mail confirms that it was asked.
#[utoipa::path(
    post,
    path = "/api/sign-up/account-claims",
    tag = "sign-up",
    request_body = AccountClaim,
    responses(
        (status = 202, description = "If there is such an account, somebody decides"),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not where the person stands", body = Problem),
        (status = 409, description = "Something else changed meanwhile", body = Problem),
        (status = 422, description = "Neither a customer number nor a serial number", body = Problem),
        (status = 429, description = "Tried too often", body = Problem),
    ),
)]
pub(crate) async fn ask_to_join(
    State(app): State<App>,
    caller: Caller,
    Body(body): Body<AccountClaim>,
) -> Result<StatusCode, ApiError> {
    let reference = match Reference::parse(&body.reference) {
        Ok(reference) => reference,
        Err(invalid) => {
            // Whether they may at all is told first.
            caller.actor().await?.may_claim_account()?;
            return Err(ApiError::field("/reference", invalid.code()));
        }
    };
    let (actor, named) = tokio::join!(caller.actor(), app.store().whose_number(&reference));
    let actor = actor?;
    let asking = Asking {
        right: &actor.may_claim_account()?,
        user: actor.user(),
        nobody: nobody(&app.pseudonym(&reference.claim()).await?),
        tries: Throttle { kind: "claim-account", whom: actor.user().id.to_string(), most: PER_HOUR, window: 3_600 },
        reference,
    };
    let mut named = named?;
    for _ in 0..TRIES {
        match asking.ask(&app, named).await? {
            Course::Done => return Ok(StatusCode::ACCEPTED),
            Course::Anew => named = app.store().whose_number(&asking.reference).await?,
        }
    }
    Err(ApiError::Conflict)
}

/// What a try came to.
enum Course {
    Done,
    /// Something changed meanwhile.
    Anew,
}

/// Somebody asking by a number.
struct Asking<'a> {
    right: &'a ClaimAccount,
    user: &'a User,
    reference: Reference,
    nobody: Nobody,
    tries: Throttle,
}

impl Asking<'_> {
    async fn ask(&self, app: &App, named: Option<NamedNumber>) -> Result<Course, ApiError> {
        let now = app.now();
        let ground = app.store().claim_ground(self.user.id, named, self.nobody, now).await?;
        if self.joins_by_rule(app, &ground).await? {
            return self.join(app, &ground).await;
        }
        let (recipient, account_name) = match &ground.account {
            Some(account) if ground.owner_reads(&self.reference) => {
                (Recipient::OwnerOf(account.id), account.name.clone())
            }
            _ => (Recipient::Nobody, AccountName::parse(&self.reference.to_string()).map_err(ApiError::broken)?),
        };
        let (person_name, person_email) = (self.user.full_name(), self.user.email.clone());
        let to_owner = app.letter(recipient, Message::ClaimWaiting { account_name, person_name, person_email });
        let received = Message::ClaimReceived { reference: self.reference.clone() };
        let to_person = app.letter(Recipient::User(self.user.id), received);
        let asked = AskedToJoin {
            user: self.user,
            reference: &self.reference,
            nobody: self.nobody,
            id: RequestId::new(now, credentials::random()),
            dispute: RequestId::new(now, credentials::random()),
            letters: [&to_owner, &to_person],
            event: app.event_id(),
            tries: &self.tries,
        };
        match app.store().ask_to_join(self.right, &asked, &ground, now).await {
            Ok(()) => Ok(Course::Done),
            Err(Conflict::Refused(AskRefused::Changed)) => Ok(Course::Anew),
            Err(Conflict::Refused(AskRefused::Actor)) => Err(ApiError::Conflict),
            Err(Conflict::Refused(AskRefused::Throttle)) => Err(ApiError::TooManyTries(self.tries.used_up(now))),
            Err(Conflict::Store(error)) => Err(error.into()),
        }
    }

    /// Whether the vendor lets them in at once: a serial number nobody else asks by, and an address of the owner's
    /// company. Where the vendor has such a rule, an owner is read for each number, also where there is none.
    async fn joins_by_rule(&self, app: &App, ground: &ClaimGround) -> Result<bool, ApiError> {
        if !app.vendor().await?.claims_by_domain {
            return Ok(false);
        }
        let owner = ground.account.as_ref().map_or(self.nobody.user, |account| account.owner);
        let owner = app.store().find_person(owner).await?;
        let serial = match self.reference {
            Reference::SerialNumber(_) => ground.rival.is_none() && !ground.taken_out,
            Reference::CustomerNumber(_) => false,
        };
        let waits = match ground.course(&self.reference) {
            ClaimCourse::New | ClaimCourse::Again => {
                ground.account.as_ref().is_some_and(|account| matches!(account.status, AccountStatus::Active))
            }
            ClaimCourse::Member | ClaimCourse::Kept => false,
        };
        Ok(serial && waits && owner.is_some_and(|owner| same_company(&owner.email, &self.user.email)))
    }

    /// Joins as with an activation code: who has bought may see what was.
    async fn join(&self, app: &App, ground: &ClaimGround) -> Result<Course, ApiError> {
        let Some(account) = &ground.account else { return Ok(Course::Anew) };
        let (now, before) = (app.now(), ground.pending(self.user.id)?);
        let membership = Membership::joined(Role::Member, Permissions::from([Permission::ViewOrders]), now);
        let verified = Verified { account, user: self.user, membership: &membership };
        let letters = crate::deciding::letters(app, account, self.user.id, &self.user.full_name(), &self.user.email);
        let told = (&letters[..], app.event_id());
        let joined = app.store().join_by_rule(self.right, before.as_ref(), &verified, &self.tries, told, now).await;
        match joined {
            Ok(()) => Ok(Course::Done),
            Err(Conflict::Refused(DecisionRefused::Actor)) => Err(ApiError::Conflict),
            Err(Conflict::Refused(DecisionRefused::Throttle)) => Err(ApiError::TooManyTries(self.tries.used_up(now))),
            // Decided, joined or suspended meanwhile.
            Err(Conflict::Refused(
                DecisionRefused::Gone
                | DecisionRefused::AlreadyMember
                | DecisionRefused::Account
                | DecisionRefused::Claimant,
            )) => Ok(Course::Anew),
            Err(Conflict::Store(error)) => Err(error.into()),
        }
    }
}

/// Whose a number is that nobody has: the same ids each time. No account and no person is of 1970, and without the key
/// of pseudonyms none can be told from another.
fn nobody(pseudonym: &str) -> Nobody {
    let mut random = [0; 10];
    for (place, byte) in random.iter_mut().zip(pseudonym.bytes()) {
        *place = byte;
    }
    let epoch = Timestamp::UNIX_EPOCH;
    Nobody { account: AccountId::new(epoch, random), user: UserId::new(epoch, random) }
}

//! `POST /api/partner/customers`: making a customer's account on behalf of the vendor (R511).

use axum::{Json, extract::State};
use domain::{
    AccountId, Actor, UserId, UserStatus,
    access::Denied,
    actor::{CameFrom, Capacity},
    number::CustomerNumber,
    rights::CreateCustomer,
};
use http::StatusCode;
use serde::Serialize;
use store::{Conflict, CreateRefused, Creating, NewCustomer, Throttle};
use utoipa::ToSchema;
use web::{ApiError, App, Body, Caller, Problem};

use crate::{
    new_customer::{Drawn, drawn},
    wanted_customer::{Wanted, WantedCustomer, parse},
};

/// Accounts a partner makes in a day: a good day's work, too few to fill the vendor's books by mistake.
const PER_PARTNER: u32 = 100;
/// Mails to one address in an hour, as many as invitations to teams send.
const PER_ADDRESS: u32 = 5;
/// An hour, in seconds.
const HOUR: i64 = 3_600;
/// How often a customer number is drawn again that is somebody's, before somebody looks why.
const DRAWS: u32 = 5;

/// The account that was made.
#[derive(Serialize, ToSchema)]
pub(crate) struct CreatedCustomer {
    #[schema(example = "acc_01jd0x5m2nfe4r8v0t6w9y2zab")]
    id: String,
    #[schema(example = "C900482011")]
    number: String,
}

impl CreatedCustomer {
    fn of((id, number): (AccountId, CustomerNumber)) -> (StatusCode, Json<Self>) {
        (StatusCode::CREATED, Json(Self { id: id.to_string(), number: number.to_string() }))
    }
}

/// Makes the account of a new customer, whom the partner looks after from then on, and starts a trial there if one is
/// asked for.
///
/// For partners whom the vendor lets act on its behalf. The owner gets a mail; whoever has the address already owns the
/// account with the login they have, and neither the answer nor its cost tells which. Sent again with the same `request`
/// within a day, it makes no second account and answers the same.
#[utoipa::path(
    post,
    path = "/api/partner/customers",
    tag = "partner",
    request_body = WantedCustomer,
    responses(
        (status = 201, description = "Made", body = CreatedCustomer),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not on behalf of the vendor, or not where the person stands", body = Problem),
        (status = 404, description = "In no account of a partner, or as a guest", body = Problem),
        (status = 409, description = "Something else changed meanwhile", body = Problem),
        (status = 422, description = "Fields that cannot be taken", body = Problem),
        (status = 429, description = "Too many accounts in a day, or mails to that address", body = Problem),
    ),
)]
pub(crate) async fn create_customer(
    State(app): State<App>,
    caller: Caller,
    Body(body): Body<WantedCustomer>,
) -> Result<(StatusCode, Json<CreatedCustomer>), ApiError> {
    let wanted = parse(&body)?;
    let nobody = UserId::new(app.now(), credentials::random());
    let start = |right| {
        let (store, wanted) = (app.store().clone(), wanted.clone());
        async move {
            let email = (&wanted.owner.email, nobody);
            store.find_creating(&right, &wanted.once, email, wanted.product.as_ref()).await
        }
    };
    // The key of links is read once by each process; beside the rest, so that nobody waits for it.
    let (read, link_key) = tokio::join!(caller.read(start, Actor::may_list_customers), app.link_key());
    let (actor, _, found) = read?;
    let right = actor.may_create_customer()?;
    link_key?;
    // A customer is somebody else: who acts would be asked for as themselves and made the owner in one.
    if wanted.owner.email.claim() == actor.user().email.claim() {
        return Err(ApiError::field("/owner/email", "own_address_as_owner"));
    }
    if let Some(done) = found.done {
        return Ok(CreatedCustomer::of(done));
    }
    let counts = counts(&app, &right, &wanted).await?;
    for _ in 0..DRAWS {
        let drawn = drawn(&app, &actor, &wanted, &found, nobody).await?;
        match create(&app, &actor, (&right, &wanted, &found), &drawn, &counts).await {
            Ok(()) => return Ok(CreatedCustomer::of((drawn.account.id, drawn.account.number))),
            Err(Conflict::Refused(CreateRefused::Number)) => {}
            // A second click, which came second.
            Err(Conflict::Refused(CreateRefused::Done)) => {
                let done = app.store().created_before(right.account(), &wanted.once).await?;
                return Ok(CreatedCustomer::of(done.ok_or(ApiError::Conflict)?));
            }
            Err(conflict) => return Err(refused(&app, conflict, &counts)),
        }
    }
    Err(ApiError::broken("every customer number that was drawn is somebody's"))
}

async fn create(
    app: &App,
    actor: &Actor,
    (right, wanted, found): (&CreateCustomer, &Wanted, &Creating),
    drawn: &Drawn,
    counts: &[Throttle; 2],
) -> Result<(), Conflict<CreateRefused>> {
    let trial = drawn.trial();
    let new = NewCustomer {
        once: &wanted.once,
        account: &drawn.account,
        owner: (&drawn.owner, found.owner.is_some()),
        named: (wanted.owner.first_name.clone(), wanted.owner.last_name.clone()),
        invitation: &drawn.invitation,
        trial: trial.as_ref(),
        letters: &drawn.letters,
        counts,
        from: CameFrom {
            capacity: Capacity::Partner,
            home: right.account(),
            home_name: drawn.partner_name.clone(),
            name: actor.user().full_name(),
            generation: right.authority().membership_generation,
        },
        events: [app.event_id(), app.event_id(), app.event_id()],
    };
    app.store().create_customer(right, &new, app.now()).await
}

async fn counts(app: &App, right: &CreateCustomer, wanted: &Wanted) -> Result<[Throttle; 2], ApiError> {
    let throttle = |kind, whom, most, window| Throttle { kind, whom, most, window };
    Ok([
        throttle("create-customer", right.account().to_string(), PER_PARTNER, 24 * HOUR),
        throttle("invite-address", app.pseudonym(&wanted.owner.email.claim()).await?, PER_ADDRESS, HOUR),
    ])
}

fn refused(app: &App, conflict: Conflict<CreateRefused>, counts: &[Throttle; 2]) -> ApiError {
    ApiError::refused(conflict, |arm| match arm {
        CreateRefused::Address => ApiError::field("/owner/email", "owner_unavailable"),
        CreateRefused::Throttle(1) => ApiError::field("/owner/email", "invited_too_often"),
        CreateRefused::Throttle(place) => {
            counts.get(place).map_or(ApiError::Conflict, |count| ApiError::TooManyTries(count.used_up(app.now())))
        }
        CreateRefused::Actor | CreateRefused::Done | CreateRefused::Number | CreateRefused::Changed => {
            ApiError::Conflict
        }
    })
}

/// Whether somebody can own an account: not who closes their login.
pub(crate) fn able(found: &Creating) -> Result<(), ApiError> {
    match found.owner.as_ref().map(|owner| owner.status) {
        None | Some(UserStatus::Invited | UserStatus::Active) => Ok(()),
        Some(UserStatus::Closing) => Err(ApiError::field("/owner/email", "owner_unavailable")),
    }
}

/// The partner's account.
pub(crate) fn partner(actor: &Actor) -> Result<&domain::Account, ApiError> {
    actor.account().ok_or(ApiError::Denied(Denied::NoAccount))
}

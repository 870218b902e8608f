//! Deciding who belongs to an account: what verifying and refusing have in common.

use axum::extract::{Path, rejection::PathRejection};
use domain::{
    Account, Actor, EmailAddress, User, UserId,
    access::Denied,
    letter::{Letter, Message, Recipient},
};
use store::{DecisionRefused, PendingClaim};
use web::{ApiError, App, Caller};

/// Who decides, and on what: read with the right to list, at once.
pub(crate) async fn read(
    app: &App,
    caller: &Caller,
    claimant: Result<Path<String>, PathRejection>,
) -> Result<(Actor, PendingClaim, User), ApiError> {
    // What names nobody is looked for as nobody: whether they may is told first.
    let claimant = claimant.ok().and_then(|Path(id)| UserId::parse(&id).ok());
    let query = |right| {
        let store = app.store().clone();
        async move {
            match claimant {
                Some(claimant) => {
                    let (claim, person) =
                        tokio::try_join!(store.find_claim(&right, claimant), store.find_person(claimant))?;
                    Ok(claim.zip(person))
                }
                None => Ok(None),
            }
        }
    };
    let (actor, _, found) = caller.read(query, Actor::may_list_claims).await?;
    let (claim, person) = found.ok_or(Denied::Hidden)?;
    Ok((actor, claim, person))
}

/// The letters about somebody who belongs to an account now: to them, and to its owner.
pub(crate) fn letters(
    app: &App,
    account: &Account,
    claimant: UserId,
    person_name: &str,
    person_email: &EmailAddress,
) -> [Letter; 2] {
    let to_person =
        Message::ClaimVerified { account_name: account.name.clone(), customer_number: account.number.clone() };
    let to_owner = Message::MemberVerified {
        account_name: account.name.clone(),
        person_name: person_name.to_owned(),
        person_email: person_email.clone(),
    };
    [app.letter(Recipient::User(claimant), to_person), app.letter(Recipient::OwnerOf(account.id), to_owner)]
}

/// What a refused decision means.
pub(crate) fn refused(arm: DecisionRefused) -> ApiError {
    match arm {
        DecisionRefused::Gone => Denied::Hidden.into(),
        DecisionRefused::Claimant => ApiError::ClaimantGone,
        DecisionRefused::AlreadyMember => ApiError::AlreadyMember,
        DecisionRefused::Actor | DecisionRefused::Account | DecisionRefused::Throttle => ApiError::Conflict,
    }
}

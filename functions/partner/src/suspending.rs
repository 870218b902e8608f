//! What suspending a customer and ending that have in common.

use domain::{
    Account, Actor, Suspender,
    access::Denied,
    letter::{CustomerLetter, Letter, Message, Recipient},
    rights::SuspendCustomer,
};
use store::{Conflict, SuspensionRefused};
use web::{ApiError, App, Caller};

use crate::vendor;

/// A customer that somebody suspends or reactivates.
pub(crate) struct Suspending {
    actor: Actor,
    pub right: SuspendCustomer,
}

impl Suspending {
    /// Who acts on the customer, if they may.
    pub(crate) async fn of(caller: &Caller) -> Result<Self, ApiError> {
        let actor = caller.actor().await?;
        Ok(Self { right: actor.may_suspend_customer()?, actor })
    }

    /// The customer.
    pub(crate) fn customer(&self) -> Result<&Account, ApiError> {
        self.actor.account().ok_or(ApiError::Denied(Denied::Hidden))
    }

    /// The partner.
    pub(crate) fn partner(&self) -> Result<Suspender, ApiError> {
        let home = self.actor.home().ok_or(ApiError::Denied(Denied::Hidden))?;
        Ok(Suspender { account: home.id, name: home.name.clone() })
    }

    /// Whose name the letters say.
    pub(crate) fn person_name(&self) -> String {
        self.actor.user().full_name()
    }
}

/// The letters: to the customer's owner, and to the vendor.
pub(crate) async fn letters(
    app: &App,
    customer: &Account,
    to_owner: CustomerLetter,
    to_vendor: CustomerLetter,
) -> Result<[Letter; 2], ApiError> {
    let recipient = vendor::support(app).await?;
    Ok([
        app.letter(Recipient::OwnerOf(customer.id), Message::Customer(to_owner)),
        app.letter(recipient, Message::Customer(to_vendor)),
    ])
}

/// What a refusal means.
pub(crate) fn refused(conflict: Conflict<SuspensionRefused>) -> ApiError {
    ApiError::refused(conflict, |arm| match arm {
        SuspensionRefused::Actor | SuspensionRefused::Customer => ApiError::Conflict,
    })
}

//! Carrying out a decision: a file for each kind that does something.

mod access;
mod claim;
mod company;
mod email;
mod license_contact;
mod name;

use domain::{
    AccountId, User, UserStatus,
    letter::{Letter, Message, Recipient},
    name::Reason,
    request::Wish,
    rights::WorkDesk,
};
use store::{Conflict, DecideRefused, Decided, DeskRequest};
use web::{ApiError, App};

/// What carrying out a decision comes to.
pub(crate) type Carried = Result<(), Conflict<DecideRefused>>;

/// A decision that counts.
pub(crate) struct Deciding<'a> {
    pub app: &'a App,
    pub right: &'a WorkDesk,
    pub request: &'a DeskRequest,
    /// Why.
    pub reason: Option<Reason>,
}

impl Deciding<'_> {
    /// Does what was asked for: one way for each kind.
    pub async fn approve(&self) -> Result<Carried, ApiError> {
        match &self.request.wish {
            Wish::Name { first_name, last_name } => self.name(first_name, last_name).await,
            Wish::Email { email } => self.email(email).await,
            Wish::Company { name } => self.company(name).await,
            Wish::LicenseContact { first_name, last_name, email } => {
                self.license_contact((first_name, last_name), email).await
            }
            Wish::Claim { .. } | Wish::Dispute { .. } => self.claim(true).await,
            Wish::Access { access, partner, .. } => self.access(*access, *partner).await,
            // The order that renews it is recorded by itself; what was asked for in words was done by whoever approves.
            Wish::Renewal { .. } | Wish::MissingPerson { .. } | Wish::TwoLogins { .. } => {
                Ok(self.close(self.decided(true, vec![self.done_for_asker()])).await)
            }
            // It was only to be looked at.
            Wish::TakenBack { .. } => Ok(self.close(self.decided(true, Vec::new())).await),
        }
    }

    /// Leaves everything as it is, and says why.
    pub async fn refuse(&self) -> Result<Carried, ApiError> {
        match &self.request.wish {
            Wish::Claim { .. } | Wish::Dispute { .. } => self.claim(false).await,
            Wish::Name { .. }
            | Wish::Email { .. }
            | Wish::Company { .. }
            | Wish::LicenseContact { .. }
            | Wish::Renewal { .. }
            | Wish::TakenBack { .. }
            | Wish::MissingPerson { .. }
            | Wish::TwoLogins { .. }
            | Wish::Access { .. } => {
                let kind = self.request.wish.kind();
                let refused = |reason| Message::ChangeRefused { kind, reason };
                let letter =
                    self.reason.clone().map(|why| self.app.letter(Recipient::User(self.request.user), refused(why)));
                Ok(self.close(self.decided(false, letter.into_iter().collect())).await)
            }
        }
    }

    async fn close(&self, decided: Decided) -> Carried {
        self.app.store().close_request(self.right, self.request, &decided).await
    }

    fn decided(&self, approved: bool, letters: Vec<Letter>) -> Decided {
        Decided { approved, reason: self.reason.clone(), letters, event: self.app.event_id(), at: self.app.now() }
    }

    /// What an approval that does something writes.
    fn approved(&self, letters: Vec<Letter>) -> Decided {
        self.decided(true, letters)
    }

    /// To somebody: it is done.
    fn done(&self, recipient: Recipient) -> Letter {
        self.app.letter(recipient, Message::ChangeApproved { kind: self.request.wish.kind() })
    }

    /// To whoever asked: it is done.
    fn done_for_asker(&self) -> Letter {
        self.done(Recipient::User(self.request.user))
    }

    /// Whoever asked, if their login is in use.
    async fn asker(&self) -> Result<User, ApiError> {
        let asker = self.app.store().find_asker(self.right, self.request).await?;
        asker.filter(|user| user.status == UserStatus::Active).ok_or(ApiError::NoLongerPossible)
    }

    /// The account it is about.
    fn account(&self) -> Result<AccountId, ApiError> {
        self.request.account.as_ref().map(|account| account.id).ok_or(ApiError::NoLongerPossible)
    }
}

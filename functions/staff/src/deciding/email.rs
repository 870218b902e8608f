//! An owner signs in with another address (R201): told to the one before, with a way back, and to the new one.

use domain::{EmailAddress, letter::Message, profile::Reversal};
use web::ApiError;

use super::{Carried, Deciding};

impl Deciding<'_> {
    pub async fn email(&self, email: &EmailAddress) -> Result<Carried, ApiError> {
        let (asker, link_key) = tokio::join!(self.asker(), self.app.link_key());
        let asker = asker?;
        link_key?;
        let changed = Message::EmailChanged { new: email.clone() };
        let notice = self.app.notice(&asker, changed, Reversal::Email { before: asker.email.clone() }).await?;
        // Sent once the address is theirs, and so to the new one.
        let decided = self.approved(vec![self.done_for_asker()]);
        Ok(self.app.store().give_email(self.right, self.request, &asker, (email, &notice), &decided).await)
    }
}

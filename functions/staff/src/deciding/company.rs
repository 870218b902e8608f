//! A company is called otherwise (R201).

use domain::{letter::Recipient, name::AccountName};
use web::ApiError;

use super::{Carried, Deciding};

impl Deciding<'_> {
    pub async fn company(&self, name: &AccountName) -> Result<Carried, ApiError> {
        let renaming = self.app.store().find_renaming(self.right, self.account()?).await?;
        let renaming = renaming.ok_or(ApiError::NoLongerPossible)?;
        let mut letters = vec![self.done_for_asker()];
        // Anybody in the company can ask; its owner hears of it.
        if renaming.account.owner != self.request.user {
            letters.push(self.done(Recipient::OwnerOf(renaming.account.id)));
        }
        let decided = self.approved(letters);
        Ok(self.app.store().rename_account(self.right, self.request, &renaming, name, &decided).await)
    }
}

//! The people of an account's partner get in otherwise, as its owner asked (R509). Told to both owners.

use domain::{
    AccountId,
    letter::{Message, PartnerLetter, Recipient},
    partnership::{CustomerAccess, Partnership},
};
use store::AccessChange;
use web::ApiError;

use super::{Carried, Deciding};

impl Deciding<'_> {
    pub async fn access(&self, access: CustomerAccess, partner: AccountId) -> Result<Carried, ApiError> {
        let found = self.app.store().find_account_and_list(self.account()?).await?;
        let (account, listed) = found.ok_or(ApiError::NoLongerPossible)?;
        let asked_of = |was: &Partnership| was.partner == partner && was.access != access;
        let was = account.partnership.filter(asked_of).ok_or(ApiError::NoLongerPossible)?;
        let said = account.said_features.is_some_and(|features| features.guests_only);
        // Whoever asked decided for the account, and does so no more.
        if said || account.owner != self.request.user {
            return Err(ApiError::NoLongerPossible);
        }
        let told = PartnerLetter::CustomerAccess { account_name: account.name.clone(), access };
        let letters = vec![self.done_for_asker(), self.app.letter(Recipient::OwnerOf(partner), Message::Partner(told))];
        let decided = self.approved(letters);
        let change = AccessChange { account: account.id, owner: account.owner, was, access, listed };
        Ok(self.app.store().change_access_as_asked(self.right, self.request, &change, &decided).await)
    }
}

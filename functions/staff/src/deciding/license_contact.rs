//! Somebody else is the license contact of an account (R104, R313): found by their address, or given a login and
//! invited. Told to both, and to whoever asked.

use domain::{
    Account, AccountStatus, EmailAddress, User, UserId, UserStatus,
    letter::{INVITATION, Letter, LinkPurpose, Message, Recipient},
    name::PersonName,
};
use store::OwnersInvitation;
use web::ApiError;

use super::{Carried, Deciding};

impl Deciding<'_> {
    pub async fn license_contact(
        &self,
        (first_name, last_name): (&PersonName, &PersonName),
        email: &EmailAddress,
    ) -> Result<Carried, ApiError> {
        let account = self.account()?;
        let handover = self.app.store().find_handover(self.right, account, email);
        let (handover, link_key) = tokio::join!(handover, self.app.link_key());
        let handover = handover?.ok_or(ApiError::NoLongerPossible)?;
        link_key?;
        let account = &handover.account;
        if handover.is_done() || handover.is_guest() || account.status == AccountStatus::Closed {
            return Err(ApiError::NoLongerPossible);
        }
        let owner = handover.person.clone().unwrap_or_else(|| {
            let id = UserId::new(self.app.now(), credentials::random());
            let names = (first_name.clone(), last_name.clone());
            User::new(id, names, email.clone(), account.language, UserStatus::Invited)
        });
        let (to_owner, invitation) = match owner.status {
            UserStatus::Active => (self.made(account, &owner), None),
            UserStatus::Invited => self.invited(account, &owner).await.map(|(letter, it)| (letter, Some(it)))?,
            UserStatus::Closing => return Err(ApiError::NoLongerPossible),
        };
        let mut letters = vec![to_owner, self.replaced(account, &owner)];
        if ![owner.id, account.owner].contains(&self.request.user) {
            letters.push(self.done_for_asker());
        }
        let decided = self.approved(letters);
        let to = (&owner, invitation.as_ref());
        Ok(self.app.store().hand_over(self.right, self.request, &handover, to, &decided).await)
    }

    /// To the new owner, who signs in already.
    fn made(&self, account: &Account, owner: &User) -> Letter {
        let (account_name, customer_number) = (account.name.clone(), account.number.clone());
        self.app.letter(Recipient::User(owner.id), Message::OwnerMade { account_name, customer_number })
    }

    /// To the former owner.
    fn replaced(&self, account: &Account, owner: &User) -> Letter {
        let (account_name, customer_number) = (account.name.clone(), account.number.clone());
        let message = Message::OwnerChanged { account_name, customer_number, person_name: owner.full_name() };
        self.app.letter(Recipient::User(account.owner), message)
    }

    /// The same invitation that every owner gets who never signed in.
    async fn invited(&self, account: &Account, owner: &User) -> Result<(Letter, OwnersInvitation), ApiError> {
        let (account_name, customer_number) = (account.name.clone(), account.number.clone());
        let invited = Message::Invited { account_name, customer_number };
        let mut letter = self.app.letter(Recipient::User(owner.id), invited);
        letter.link_subject = Some(format!("{}{INVITATION}", owner.id));
        let token = self.app.link_key().await?.token(letter.id, LinkPurpose::Invitation);
        let link_expires_at =
            letter.written_at.checked_add(LinkPurpose::Invitation.lifetime()).map_err(ApiError::broken)?;
        Ok((letter, OwnersInvitation { token_hash: token.hash(), link_expires_at }))
    }
}

//! Requests to join an account, decided at the desk (R102, R103), disputes about a serial number among them: both decide
//! whether whoever asked belongs to the account.

use domain::{
    AccountStatus, Membership, Permissions, Role,
    letter::{Letter, Message, Recipient},
};
use store::{ClaimDecider, ClaimDecision, Conflict, DecideRefused, DecisionRefused, Verified};
use web::ApiError;

use super::{Carried, Deciding};

impl Deciding<'_> {
    /// Makes whoever asked a member, or refuses them.
    pub async fn claim(&self, verified: bool) -> Result<Carried, ApiError> {
        let (account, user) = (self.account()?, self.request.user);
        let store = self.app.store();
        let (claim, account, person) = tokio::join!(
            store.find_claim_at_desk(self.right, account, user),
            store.find_account(account),
            store.find_person(user)
        );
        let claim = claim?.ok_or(ApiError::NoLongerPossible)?;
        let account = account?.ok_or(ApiError::NoLongerPossible)?;
        let named = (account.name.clone(), account.number.clone());
        let letter = |recipient, message| self.app.letter(recipient, message);
        let letters: Vec<Letter> = if verified {
            let (account_name, customer_number) = named;
            let joined = Message::MemberVerified {
                account_name: account_name.clone(),
                person_name: claim.name.clone(),
                person_email: claim.email.clone(),
            };
            vec![
                letter(Recipient::User(user), Message::ClaimVerified { account_name, customer_number }),
                letter(Recipient::OwnerOf(account.id), joined),
            ]
        } else {
            let refused = |reference| letter(Recipient::User(user), Message::ClaimRefused { reference });
            claim.reference().cloned().map(refused).into_iter().collect()
        };
        let decision = ClaimDecision {
            by: ClaimDecider::Desk(self.right),
            claim: &claim,
            reason: self.reason.as_ref(),
            letters: &letters,
            event: self.app.event_id(),
        };
        let now = self.app.now();
        let done = if verified {
            let membership = Membership::joined(Role::Member, Permissions::new(), now);
            let person = person?.ok_or(ApiError::ClaimantGone)?;
            let verified = Verified { account: &account, user: &person, membership: &membership };
            let done = match store.verify_claim(&decision, &verified, now).await {
                // Perhaps taken out by the account's team: whoever asks at the desk, and is believed, is let in again.
                Err(Conflict::Refused(DecisionRefused::AlreadyMember)) => {
                    store.put_claimant_back(&decision, &verified, now).await
                }
                other => other,
            };
            match done {
                Err(Conflict::Refused(DecisionRefused::AlreadyMember)) => {
                    store.settle_claim(&ClaimDecision { letters: &[], ..decision }, now).await
                }
                other => other,
            }
        } else {
            store.refuse_claim(&decision, now).await
        };
        match done {
            Ok(()) => Ok(Ok(())),
            Err(Conflict::Store(error)) => Err(error.into()),
            Err(Conflict::Refused(DecisionRefused::Gone)) => Ok(Err(Conflict::Refused(DecideRefused::Decided))),
            Err(Conflict::Refused(DecisionRefused::Claimant)) => Err(ApiError::ClaimantGone),
            Err(Conflict::Refused(DecisionRefused::Account)) => Err(match account.status {
                // Called otherwise meanwhile, or suspended: read again, it is told.
                AccountStatus::Active => ApiError::Conflict,
                AccountStatus::Suspended { .. } | AccountStatus::Closed => ApiError::NoLongerPossible,
            }),
            Err(Conflict::Refused(
                DecisionRefused::Actor | DecisionRefused::AlreadyMember | DecisionRefused::Throttle,
            )) => Err(ApiError::Conflict),
        }
    }
}

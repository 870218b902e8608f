//! Deciding that somebody belongs to an account who did before: its managers had taken them out (R308), and they asked to
//! come back.

use domain::{MembershipStatus, Timestamp};

use super::{ClaimDecision, DecisionRefused, Verified};
use crate::{
    Conflict, Store, TableName, keys,
    rows::{self, MemberRow},
    transaction::Transaction,
};

impl Store {
    /// Puts whoever asked back into the account; what they are in it is what is decided now, not what they were.
    ///
    /// # Errors
    /// [`DecisionRefused::AlreadyMember`] if they were not taken out, or another condition that did not hold.
    pub async fn put_claimant_back(
        &self,
        decision: &ClaimDecision<'_>,
        verified: &Verified<'_>,
        now: Timestamp,
    ) -> Result<(), Conflict<DecisionRefused>> {
        let (claim, user) = (decision.claim, verified.user);
        if user.email != claim.email {
            return Err(Conflict::Refused(DecisionRefused::Claimant));
        }
        let found = self.get(TableName::Accounts, keys::membership(claim.account(), claim.user)).await?;
        let Some(row) = found.map(rows::from_item::<MemberRow>).transpose()? else {
            return Err(Conflict::Refused(DecisionRefused::Gone));
        };
        match row.membership.st {
            MembershipStatus::Unlinked => {}
            MembershipStatus::Active | MembershipStatus::Deactivated => {
                return Err(Conflict::Refused(DecisionRefused::AlreadyMember));
            }
        }
        let arms = claim.close(decision.by.act(Transaction::new(self)));
        let refused = (DecisionRefused::Claimant, DecisionRefused::Account);
        let arms = arms.put_back(decision.by.authority(), verified.account, user, &row, verified.membership, refused);
        decision.told(arms, true, now).commit().await
    }
}

//! The people of an account's partner get in otherwise, as its owner asked (R509).

use domain::rights::WorkDesk;

use super::{DecideRefused, Decided, DeskRequest};
use crate::{AccessChange, Conflict, Store, transaction::Transaction};

impl Store {
    /// Does what the account's owner asked, where they own it still and nobody changed who looks after it meanwhile.
    ///
    /// # Errors
    /// [`DecideRefused`] says which condition did not hold.
    pub async fn change_access_as_asked(
        &self,
        right: &WorkDesk,
        request: &DeskRequest,
        change: &AccessChange,
        decided: &Decided,
    ) -> Result<(), Conflict<DecideRefused>> {
        let event = change.event();
        let arms = || {
            Transaction::new(self)
                .decided_as(right, request, decided, &event)
                .decide_access(change, DecideRefused::Changed)
        };
        self.commit_unlisting(change.account, &change.listed, DecideRefused::Listed, arms).await
    }
}

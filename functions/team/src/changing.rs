//! Changing a member's place in the team: what the acts have in common.

use axum::extract::{Path, rejection::PathRejection};
use domain::{
    Account, Actor, EventId, Role,
    access::Denied,
    letter::{Letter, Message, Outsider, Recipient, TeamLetter},
    log::MemberChange,
    member::{MemberAct, Unfit},
    name::AccountName,
    rights::ManageMembers,
};
use store::{Conflict, FoundMember, MemberRefused};
use web::{ApiError, App, Caller};

use crate::member_page::user_id;

/// A member whom somebody changes.
pub(crate) struct Changing {
    pub app: App,
    pub actor: Actor,
    pub right: ManageMembers,
    pub found: FoundMember,
}

impl Changing {
    /// Who changes whom; where there is no such member, as if nothing were there.
    pub(crate) async fn of(
        app: App,
        caller: &Caller,
        user: Result<Path<String>, PathRejection>,
    ) -> Result<Self, ApiError> {
        let user = user_id(user);
        let query = |right| {
            let store = app.store().clone();
            async move {
                match user {
                    Some(user) => store.member_to_change(&right, user).await,
                    None => Ok(None),
                }
            }
        };
        let (actor, _, found) = caller.read(query, Actor::may_list_members).await?;
        let right = actor.may_manage_members()?;
        Ok(Self { found: found.ok_or(Denied::Hidden)?, app, actor, right })
    }

    /// Where.
    pub(crate) fn account(&self) -> Result<&Account, ApiError> {
        self.actor.account().ok_or(ApiError::Denied(Denied::NoAccount))
    }

    /// Whether that fits the member; false if it is so already.
    pub(crate) fn fits(&self, act: MemberAct) -> Result<bool, ApiError> {
        self.may_touch(act)?;
        match self.found.member.fits(act, self.actor.user().id, self.found.is_at_home()) {
            Ok(()) => Ok(true),
            Err(Unfit::Done) => Ok(false),
            Err(unfit) => Err(ApiError::Unfit(unfit)),
        }
    }

    /// Guests and managers are for those who belong to the account to look after: neither the partner nor a guest makes more
    /// of anybody than they are themselves, which would outlast what they come in by (R507, R510), nor does what they could
    /// not make good again. What is noted of a manager, they may change, and have the vendor's mail sent again.
    fn may_touch(&self, act: MemberAct) -> Result<(), Denied> {
        let is = &self.found.member.membership;
        match (is.guest.is_some(), is.role) {
            (true, _) => self.actor.may_manage_guests().map(drop),
            // The owner is nobody's to change, and each act says so.
            (false, Role::Manager) if !matches!(act, MemberAct::Edit | MemberAct::Invite) => {
                self.actor.may_give(is.role)
            }
            (false, Role::Owner | Role::Manager | Role::Member) => Ok(()),
        }
    }

    /// A letter to the member, which says who acted where that is nobody of the account.
    pub(crate) fn letter(
        &self,
        letter: impl FnOnce(AccountName, Option<Outsider>) -> TeamLetter,
    ) -> Result<Letter, ApiError> {
        let letter = letter(self.account()?.name.clone(), Outsider::of(&self.actor));
        Ok(self.app.letter(Recipient::User(self.found.member.user), Message::Team(letter)))
    }

    /// What changed, for the account's log.
    pub(crate) fn logged(&self, changes: &[MemberChange]) -> Vec<(EventId, MemberChange)> {
        changes.iter().map(|change| (self.app.event_id(), *change)).collect()
    }
}

/// What a refused change means.
pub(crate) fn refused(conflict: Conflict<MemberRefused>) -> ApiError {
    ApiError::refused(conflict, |arm| match arm {
        MemberRefused::Actor | MemberRefused::Changed => ApiError::Conflict,
        MemberRefused::UserName => ApiError::field("/user_name", "user_name_taken"),
    })
}

//! Removing a member for good (R305): their place, their user name and their seats are others', and a login that this
//! team made and nobody else knows closes with it.

use domain::{MembershipStatus, rights::ManageMembers, sign_in_name::SignInName};

use super::{FoundMember, MemberRefused, MemberTold};
use crate::{
    Conflict, Job, Store, TableName, keys,
    transaction::{Transaction, When},
};

impl Store {
    /// Removes a member. Their seats are freed once that was answered or, where it is interrupted, by the next sweep.
    ///
    /// # Errors
    /// [`MemberRefused`] says which condition did not hold.
    pub async fn remove_member(
        &self,
        right: &ManageMembers,
        found: &FoundMember,
        told: &MemberTold<'_>,
    ) -> Result<(), Conflict<MemberRefused>> {
        let (account, user) = (right.account(), found.member.user);
        let (place, copy) = (keys::membership(account, user), keys::membership_of_user(user, account));
        let as_read = When::team_member_as_read(found.row.mv);
        let arms = Transaction::new(self).by_membership(right.authority(), MemberRefused::Actor);
        let arms = match found.member.membership.status {
            _ if found.member.membership.guest.is_some() => arms
                .open_to(right.authority(), MemberRefused::Actor)
                .delete(TableName::Accounts, &copy, When::present(), MemberRefused::Changed),
            MembershipStatus::Active | MembershipStatus::Deactivated => arms
                .count_out(right.authority(), MemberRefused::Actor)
                .delete(TableName::Accounts, &copy, When::present(), MemberRefused::Changed),
            // Counted out when they were taken out.
            MembershipStatus::Unlinked => arms.open_to(right.authority(), MemberRefused::Actor),
        };
        let arms = arms.delete(TableName::Accounts, &place, as_read, MemberRefused::Changed);
        // Either way it rests on where else they belong.
        let arms = if found.closes_with_it() {
            arms.close_login_of(&found.person, told.now, MemberRefused::Changed)
        } else {
            arms.person_as_read(&found.person, MemberRefused::Changed)
        };
        let arms = match &found.member.membership.guest {
            None => arms,
            Some(guest) => arms.forget_guest_end(account, user, guest),
        };
        let arms = match &found.row.un {
            None => arms,
            Some(name) => arms.give_up_name(&keys::sign_in_name(&SignInName::UserName(name.clone())), user, told.now),
        };
        let job = Job::FreeSeats { account, user };
        told.tell(arms, right, user).forget_access_request(account, user).followed_by(job).commit().await
    }
}

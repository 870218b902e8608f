//! What an account notes of a member, and what they may do in it (R305).

use domain::{
    Permissions, Role, Timestamp, UserId,
    member::Member,
    name::{JobTitle, PersonName, Phone},
    rights::ManageMembers,
    sign_in_name::{SignInName, UserName},
};

use super::{FoundMember, MemberRefused, MemberTold, changing::Arms};
use crate::{
    Conflict, Store, keys,
    rows::MemberRow,
    transaction::{Transaction, When},
};

/// What a member is from now on.
pub struct MemberDetails {
    /// First name, as the account notes it.
    pub first_name: PersonName,
    /// Last name, as the account notes it.
    pub last_name: PersonName,
    /// What they do here.
    pub job_title: Option<JobTitle>,
    /// Where they are called here.
    pub phone: Option<Phone>,
    /// What they sign in with here, beside their address.
    pub user_name: Option<UserName>,
    /// What they are.
    pub role: Role,
    /// What they may do beyond that.
    pub permissions: Permissions,
}

impl MemberDetails {
    fn written_to(self, mut row: MemberRow, user: UserId) -> MemberRow {
        let names = (self.first_name, self.last_name);
        row.an = if (&names.0, &names.1) == (&row.f, &row.n) { None } else { Some(names) };
        (row.j, row.ph, row.un) = (self.job_title, self.phone, self.user_name);
        (row.membership.r, row.membership.p) = (self.role, self.permissions);
        row.place(user);
        row
    }
}

impl Store {
    /// Changes what an account notes of a member, and their role and permissions; the member as they are then. A user name
    /// given up stays theirs for a week, so that nobody is taken for them.
    ///
    /// # Errors
    /// [`MemberRefused`] says which condition did not hold.
    pub async fn update_member(
        &self,
        right: &ManageMembers,
        found: &FoundMember,
        details: MemberDetails,
        told: &MemberTold<'_>,
    ) -> Result<Member, Conflict<MemberRefused>> {
        let (account, user, was) = (right.account(), found.member.user, &found.row);
        let authority = right.authority();
        let is = details.written_to(was.clone(), user);
        let arms = Transaction::new(self);
        let (arms, when) = if user == authority.person.user {
            // A row is asked about once: that they still may, with that it is as read.
            let arms = arms.by(&authority.person, MemberRefused::Actor).in_use(account, MemberRefused::Actor);
            (arms, When::own_place_as_read(was.mv, authority))
        } else {
            (arms.by_member(authority, MemberRefused::Actor), When::team_member_as_read(was.mv))
        };
        let arms = arms.amend_member(account, user, &is, when, MemberRefused::Changed);
        let arms = if (was.membership.r, &was.membership.p) == (is.membership.r, &is.membership.p) {
            arms
        } else {
            arms.amend_copy(account, user, &is.membership.clone().into(), MemberRefused::Changed)
        };
        let arms = rename(arms, user, (was.un.as_ref(), is.un.as_ref()), told.now);
        told.tell(arms, right, user).commit().await?;
        let mut member = is.into_member(user)?;
        (member.version, member.login) = (was.mv + 1, found.member.login);
        Ok(member)
    }
}

/// Takes a user name and gives the one before up; of two that look alike, it is the same claim.
fn rename<'a>(
    arms: Arms<'a>,
    user: UserId,
    (was, is): (Option<&UserName>, Option<&UserName>),
    now: Timestamp,
) -> Arms<'a> {
    let key = |name: &UserName| keys::sign_in_name(&SignInName::UserName(name.clone()));
    let (was, is) = (was.map(key), is.map(key));
    if was == is {
        return arms;
    }
    let arms = match &is {
        None => arms,
        Some(key) => arms.take_name(key, user, now, MemberRefused::UserName),
    };
    match &was {
        None => arms,
        Some(key) => arms.give_up_name(key, user, now),
    }
}

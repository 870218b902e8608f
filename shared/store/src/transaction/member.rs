//! Arms that change somebody's place in an account.

use domain::{AccountId, Membership, UserId, actor::AccountAuthority};

use super::{Transaction, When};
use crate::{
    StoreError, TableName, keys,
    rows::{self, MemberRow},
};

macro_rules! set_member {
    ($places:literal) => {
        concat!(
            "SET r = :r, p = :p, st = :st, g = :g, f = :f, n = :n, an = :an, m = :m, us = :us, un = :un, j = :j, ",
            "ph = :ph, e = :e, em = :em, mv = :next",
            $places
        )
    };
}

impl When {
    /// A person is among the managers of their account, as [`Group::of`](domain::member::Group::of) says.
    pub fn manages() -> Self {
        Self::holds("st = :active AND us = :active AND r <> :member AND attribute_not_exists(gh)")
            .text(":active", "active")
            .text(":member", "member")
    }

    /// A member is as read: nobody changed their place, or what the account notes of them, since.
    pub fn member_as_read(was: u32) -> Self {
        Self::holds("mv = :mv").number(":mv", was)
    }

    /// The same of somebody whom the team may change: not the owner (R313).
    pub fn team_member_as_read(was: u32) -> Self {
        Self::holds("mv = :mv AND r <> :owner").number(":mv", was).text(":owner", "owner")
    }

    /// The same of whoever acts: they are as read, and so is what lets them act.
    pub fn own_place_as_read(was: u32, authority: &AccountAuthority) -> Self {
        Self::holds("mv = :mv AND r <> :owner AND r <> :member AND st = :active AND g = :mine")
            .number(":mv", was)
            .text(":owner", "owner")
            .text(":member", "member")
            .text(":active", "active")
            .number(":mine", authority.membership_generation)
    }
}

impl<A: Clone> Transaction<'_, A> {
    /// Writes what a member is from now on, and puts them where lists look for that; `when` is
    /// [`When::member_person_unchanged`], or asks for more. Seats and the last sign-in come and go beside it.
    pub fn amend_member(self, account: AccountId, user: UserId, is: &MemberRow, when: When, otherwise: A) -> Self {
        let when = match values(is, when) {
            Ok(when) => when,
            Err(error) => return self.arm(Err(error), None),
        };
        // What sorts an index cannot be null.
        let (change, when) = match &is.s {
            Some(s) => (set_member!(", s = :s"), when.text(":s", s.as_str())),
            None => (set_member!(" REMOVE s"), when),
        };
        self.update(TableName::Accounts, &keys::membership(account, user), change, when, otherwise)
    }

    /// Brings the person's own copy of their membership up to it.
    pub fn amend_copy(self, account: AccountId, user: UserId, is: &Membership, otherwise: A) -> Self {
        let when = copied(is);
        match when {
            Ok(when) => {
                let key = keys::membership_of_user(user, account);
                self.update(TableName::Accounts, &key, "SET r = :r, p = :p, st = :st, g = :g", when, otherwise)
            }
            Err(error) => self.arm(Err(error), None),
        }
    }
}

fn copied(is: &Membership) -> Result<When, StoreError> {
    Ok(When::present()
        .with(":r", rows::value(&is.role)?)
        .with(":p", rows::value(&is.permissions)?)
        .with(":st", rows::value(&is.status)?)
        .number(":g", is.generation))
}

fn values(is: &MemberRow, when: When) -> Result<When, StoreError> {
    let membership = &is.membership;
    Ok(when
        .with(":r", rows::value(&membership.r)?)
        .with(":p", rows::value(&membership.p)?)
        .with(":st", rows::value(&membership.st)?)
        .number(":g", membership.g)
        .with(":f", rows::value(&is.f)?)
        .with(":n", rows::value(&is.n)?)
        .with(":an", rows::value(&is.an)?)
        .with(":m", rows::value(&is.m)?)
        .with(":us", rows::value(&is.us)?)
        .with(":un", rows::value(&is.un)?)
        .with(":j", rows::value(&is.j)?)
        .with(":ph", rows::value(&is.ph)?)
        .text(":e", is.e.as_str())
        .text(":em", is.em.as_str())
        .number(":next", i64::from(is.mv) + 1))
}

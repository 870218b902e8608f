//! The row of a person in an account: what counts when they act, and what the team's lists show of them.

use domain::{
    EmailAddress, Membership, Timestamp, User, UserId, UserStatus,
    fold::fold,
    member::{Group, Member},
    name::{JobTitle, PersonName, Phone},
    sign_in_name::UserName,
};
use serde::{Deserialize, Serialize};

use super::{Item, MembershipRow};
use crate::{StoreError, keys::MEMBER_PREFIX, rows};

/// A member with what lists show. Of the person it has copies, which [`crate::Job::RefreshPerson`] keeps up.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct MemberRow {
    #[serde(flatten)]
    pub membership: MembershipRow,
    /// first name
    pub f: PersonName,
    /// last name
    pub n: PersonName,
    /// first and last name as the account notes them, where that is otherwise
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub an: Option<(PersonName, PersonName)>,
    /// e-mail
    pub m: EmailAddress,
    /// where the login stands
    pub us: UserStatus,
    /// user name
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub un: Option<UserName>,
    /// job title
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub j: Option<JobTitle>,
    /// telephone
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ph: Option<Phone>,
    /// number of seats; below what they have, even below zero, until seats that somebody left and came back to are
    /// counted anew
    #[serde(default)]
    pub li: i64,
    /// how often seats came or went
    #[serde(default)]
    pub sg: u32,
    /// last sign-in here, as the index sorts it
    #[serde(default = "never")]
    pub seen: String,
    /// last said to belong here, in milliseconds
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rv: Option<i64>,
    /// whether somebody else named them and they have not come in: till then, nothing of the person is told here
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub nt: bool,
    /// version
    #[serde(default)]
    pub mv: u32,
    /// by name; who is inactive has none
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub s: Option<String>,
    /// by group and name
    pub e: String,
    /// by address
    pub em: String,
}

fn never() -> String {
    seen(None)
}

/// When somebody signed in, so that text sorts by time; never comes first.
pub(crate) fn seen(at: Option<Timestamp>) -> String {
    format!("{:015}", at.map_or(0, Timestamp::as_millisecond))
}

/// The bytes of a folded name that sort: a sort key has at most 1,024 (AWS), and a name in Hangul folds to nine for each
/// of its 160 characters.
const MOST_OF_A_NAME: usize = 900;

/// By what lists find and sort somebody. The tab comes before whatever a name may go on with.
pub(crate) struct Places {
    /// By name, unless they are inactive.
    pub s: Option<String>,
    /// By group and name.
    pub e: String,
    /// By address.
    pub em: String,
}

impl Places {
    /// The places of somebody of that group.
    pub fn of(group: Group, names: (&PersonName, &PersonName), email: &EmailAddress, id: &str) -> Self {
        let (first, last) = names;
        let mut folded = fold(&format!("{last} {first}"));
        folded.truncate(folded.floor_char_boundary(MOST_OF_A_NAME));
        let name = format!("{folded}\t{id}");
        let e = format!("{}#{name}", group.name());
        let s = match group {
            Group::Managers | Group::Members | Group::Guests | Group::Invited | Group::Contacts => Some(name),
            Group::Inactive => None,
        };
        Self { s, e, em: format!("{}\t{id}", email.claim()) }
    }
}

impl MemberRow {
    /// Somebody who joins.
    pub fn joining(user: &User, membership: &Membership) -> Self {
        let id = user.id.to_string();
        let group = Group::of(membership, user.status);
        let places = Places::of(group, (&user.first_name, &user.last_name), &user.email, &id);
        Self {
            membership: membership.into(),
            f: user.first_name.clone(),
            n: user.last_name.clone(),
            an: None,
            m: user.email.clone(),
            us: user.status,
            un: None,
            j: user.profile.job_title.clone(),
            ph: user.profile.phone.clone(),
            li: 0,
            sg: 0,
            seen: never(),
            rv: None,
            nt: false,
            mv: 0,
            s: places.s,
            e: places.e,
            em: places.em,
        }
    }

    /// What they are called here.
    pub const fn names(&self) -> (&PersonName, &PersonName) {
        match &self.an {
            Some((first, last)) => (first, last),
            None => (&self.f, &self.n),
        }
    }

    /// Brings it up to what the person is now, and its places to what they are here. Called otherwise by themselves,
    /// they are called so here.
    pub fn follow(&mut self, user: &User) {
        if self.nt && self.seen == never() {
            return;
        }
        if self.f != user.first_name || self.n != user.last_name {
            self.an = None;
        }
        self.f = user.first_name.clone();
        self.n = user.last_name.clone();
        self.m = user.email.clone();
        self.us = user.status;
        self.place(user.id);
    }

    /// Puts it where lists look for what it says.
    pub fn place(&mut self, user: UserId) {
        let group = Group::of(&self.membership.clone().into(), self.us);
        let places = Places::of(group, self.names(), &self.m, &user.to_string());
        (self.s, self.e, self.em) = (places.s, places.e, places.em);
    }

    /// The member that a row of their account stands for.
    pub fn into_member(self, user: UserId) -> Result<Member, StoreError> {
        let seen: i64 = self.seen.parse().map_err(StoreError::row)?;
        let (first_name, last_name) = self.an.unwrap_or((self.f, self.n));
        Ok(Member {
            user,
            membership: self.membership.into(),
            first_name,
            last_name,
            email: self.m,
            user_name: self.un,
            job_title: self.j,
            phone: self.ph,
            login: self.us,
            seats: u32::try_from(self.li).unwrap_or_default(),
            seen_at: if seen == 0 { None } else { Some(super::at(seen)?) },
            reviewed_at: self.rv.map(super::at).transpose()?,
            version: self.mv,
        })
    }
}

/// The member of a row as it was found.
pub(crate) fn member(item: Item) -> Result<Member, StoreError> {
    let user = UserId::parse(rows::sort_key(&item, MEMBER_PREFIX)?)?;
    rows::from_item::<MemberRow>(item)?.into_member(user)
}

//! What a team can do with its members, whoever of it asks: the one table of which act fits whom. Whether somebody looks
//! after the team at all is the policy's to say ([`crate::access`]).

use serde::Serialize;

use super::Member;
use crate::{MembershipStatus, Role, UserId, UserStatus};

/// Something the owner and managers do with a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MemberAct {
    /// What the account notes of them: name, job title, phone, user name.
    Edit,
    /// Role and permissions.
    SetRole,
    /// Switch off: nothing of the account is reachable for them (R306).
    Deactivate,
    /// Switch on again.
    Reactivate,
    /// Take out of the account, to be put back (R308).
    Unlink,
    /// Put back.
    Link,
    /// Remove for good (R305).
    Remove,
    /// Send the way to their first password again.
    Invite,
    /// Give another initial password (R303).
    GivePassword,
}

/// Why an act does not fit a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// It is so already: there is nothing to do.
    Done,
    /// The owner: only the vendor changes who owns an account (R313).
    Owner,
    /// Oneself: one would lock oneself out.
    Yourself,
    /// They are taken out of the account: to be linked first.
    Unlinked,
    /// They have not come in yet.
    NotRegistered,
    /// They have come in already, and have a password of their own.
    Registered,
    /// They close their login.
    Closing,
    /// A guest, who belongs to the partner: they are let in and removed, and their login is not this account's (R510).
    Guest,
}

impl MemberAct {
    /// Every act.
    pub const ALL: [Self; 9] = [
        Self::Edit,
        Self::SetRole,
        Self::Deactivate,
        Self::Reactivate,
        Self::Unlink,
        Self::Link,
        Self::Remove,
        Self::Invite,
        Self::GivePassword,
    ];
}

impl Member {
    /// Whether `by` of the team can do that with this member; `at_home` says whether this account's team made their
    /// login.
    ///
    /// # Errors
    /// [`Unfit`] says why not.
    pub fn fits(&self, act: MemberAct, by: UserId, at_home: bool) -> Result<(), Unfit> {
        if self.membership.role == Role::Owner {
            return Err(Unfit::Owner);
        }
        let status = self.membership.status;
        match act {
            MemberAct::Unlink | MemberAct::Link | MemberAct::Invite | MemberAct::GivePassword
                if self.membership.guest.is_some() =>
            {
                Err(Unfit::Guest)
            }
            MemberAct::Edit => Ok(()),
            _ if self.user == by => Err(Unfit::Yourself),
            MemberAct::Remove => Ok(()),
            MemberAct::SetRole => self.linked(),
            MemberAct::Deactivate => {
                self.linked()?;
                match (status, self.login) {
                    (MembershipStatus::Deactivated, _) => Err(Unfit::Done),
                    (_, UserStatus::Invited) => Err(Unfit::NotRegistered),
                    (_, UserStatus::Active | UserStatus::Closing) => Ok(()),
                }
            }
            MemberAct::Reactivate => match status {
                MembershipStatus::Deactivated => Ok(()),
                MembershipStatus::Active => Err(Unfit::Done),
                MembershipStatus::Unlinked => Err(Unfit::Unlinked),
            },
            MemberAct::Unlink => self.linked().map_err(|_| Unfit::Done),
            MemberAct::Link => match (status, self.login) {
                (MembershipStatus::Active | MembershipStatus::Deactivated, _) => Err(Unfit::Done),
                (MembershipStatus::Unlinked, UserStatus::Closing) => Err(Unfit::Closing),
                (MembershipStatus::Unlinked, UserStatus::Invited | UserStatus::Active) => Ok(()),
            },
            MemberAct::Invite | MemberAct::GivePassword => {
                self.linked()?;
                match self.login {
                    UserStatus::Invited if at_home == (act == MemberAct::GivePassword) => Ok(()),
                    UserStatus::Invited => Err(Unfit::NotRegistered),
                    UserStatus::Active => Err(Unfit::Registered),
                    UserStatus::Closing => Err(Unfit::Closing),
                }
            }
        }
    }

    const fn linked(&self) -> Result<(), Unfit> {
        match self.membership.status {
            MembershipStatus::Active | MembershipStatus::Deactivated => Ok(()),
            MembershipStatus::Unlinked => Err(Unfit::Unlinked),
        }
    }
}

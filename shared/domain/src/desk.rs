//! The vendor's desk: who of its people may decide what was asked of the vendor (R313, R705).

use serde::{Deserialize, Serialize};

use crate::{
    EmailAddress, Invalid, User, UserId,
    access::Denied,
    request::{RequestKind, Wish},
    rights::WorkDesk,
    staff::StaffRole,
};

/// What somebody at the desk decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// It is done.
    Approve,
    /// It is not, and the person reads why.
    Refuse,
}

impl Decision {
    /// Reads its word.
    ///
    /// # Errors
    /// [`Invalid::Choice`] for any other word.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        match text.trim() {
            "approve" => Ok(Self::Approve),
            "refuse" => Ok(Self::Refuse),
            "" => Err(Invalid::Required),
            _ => Err(Invalid::Choice { allowed: "approve, refuse" }),
        }
    }
}

/// One of the vendor's people, as others at the desk see them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffPerson {
    /// Their id.
    pub id: UserId,
    /// First and last name.
    pub name: String,
}

impl StaffPerson {
    /// That person.
    #[must_use]
    pub fn of(user: &User) -> Self {
        Self { id: user.id, name: user.full_name() }
    }
}

/// What an approval does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Approval {
    /// The thing itself.
    Counts,
    /// It waits for that of a second person.
    Waits,
}

/// Why somebody at the desk may not decide something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Barred {
    /// It is their own matter.
    OwnRequest,
    /// They approved it already; the second is somebody else.
    SamePerson,
    /// The second is an admin.
    AdminOnly,
}

impl Barred {
    /// The stable code, of a refusal and of the hint in a list.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::OwnRequest => "own_request",
            Self::SamePerson => "same_person",
            Self::AdminOnly => Denied::AdminOnly.code(),
        }
    }
}

/// A request, as far as it matters who decides it.
#[derive(Debug, Clone, Copy)]
pub struct Matter<'a> {
    /// What is asked for.
    pub wish: &'a Wish,
    /// Who asks.
    pub asked_by: UserId,
    /// Who approved it first.
    pub approved_first_by: Option<UserId>,
}

impl Matter<'_> {
    /// Whether one of the vendor's people may refuse it.
    ///
    /// # Errors
    /// [`Barred`] says why not.
    pub fn refused_by(&self, right: &WorkDesk, address: &EmailAddress) -> Result<(), Barred> {
        let own = self.asked_by == right.authority().user || self.wish.names(address);
        if own { Err(Barred::OwnRequest) } else { Ok(()) }
    }

    /// What their approval does, if they may approve it. Who the license contact is decides who has the account: that
    /// takes two people, the second of them an admin.
    ///
    /// # Errors
    /// [`Barred`] says why not.
    pub fn approved_by(&self, right: &WorkDesk, address: &EmailAddress) -> Result<Approval, Barred> {
        self.refused_by(right, address)?;
        match (self.wish.kind().takes_two(), self.approved_first_by, right.role()) {
            (false, _, _) => Ok(Approval::Counts),
            (true, None, _) => Ok(Approval::Waits),
            (true, Some(first), _) if first == right.authority().user => Err(Barred::SamePerson),
            (true, Some(_), StaffRole::Support) => Err(Barred::AdminOnly),
            (true, Some(_), StaffRole::Admin) => Ok(Approval::Counts),
        }
    }
}

impl RequestKind {
    /// Whether two of the vendor's people approve it.
    #[must_use]
    pub const fn takes_two(self) -> bool {
        match self {
            Self::LicenseContact => true,
            Self::Name
            | Self::Email
            | Self::Company
            | Self::TakenBack
            | Self::Renewal
            | Self::Claim
            | Self::Dispute
            | Self::MissingPerson
            | Self::TwoLogins
            | Self::Access => false,
        }
    }
}

impl Wish {
    /// Whether it would give something to whoever has that address.
    fn names(&self, address: &EmailAddress) -> bool {
        let (Self::Email { email } | Self::LicenseContact { email, .. }) = self else { return false };
        email.claim() == address.claim()
    }
}

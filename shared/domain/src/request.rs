//! Requests: what a person cannot change alone and asks the vendor's desk for (R201, R705), and what lands there
//! because somebody said "this was not me" (R202).

use serde::{Deserialize, Serialize};

use crate::{
    AccountId, Date, EmailAddress, LicenseId,
    claim::Reference,
    name::{AccountName, PersonName, ProductName, Reason},
    number::SerialNumber,
    partnership::CustomerAccess,
};

/// What a request is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RequestKind {
    /// An owner's own first and last name.
    Name,
    /// An owner's own e-mail address.
    Email,
    /// The name of the company or school.
    Company,
    /// Who the license contact of the account is.
    LicenseContact,
    /// A change was taken back by its person; the desk looks at what happened.
    TakenBack,
    /// A license goes on after its end.
    Renewal,
    /// Somebody asks to join an account.
    Claim,
    /// Two people ask to join by the same serial number.
    Dispute,
    /// Somebody who belongs to an account is not among its people.
    MissingPerson,
    /// Two logins are one person's.
    TwoLogins,
    /// A partner's people get in otherwise.
    Access,
}

impl RequestKind {
    /// Every kind.
    pub const ALL: [Self; 11] = [
        Self::Name,
        Self::Email,
        Self::Company,
        Self::LicenseContact,
        Self::TakenBack,
        Self::Renewal,
        Self::Claim,
        Self::Dispute,
        Self::MissingPerson,
        Self::TwoLogins,
        Self::Access,
    ];

    /// Its name on the wire and of its text.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Email => "email",
            Self::Company => "company",
            Self::LicenseContact => "license_contact",
            Self::TakenBack => "taken_back",
            Self::Renewal => "renewal",
            Self::Claim => "claim",
            Self::Dispute => "dispute",
            Self::MissingPerson => "missing_person",
            Self::TwoLogins => "two_logins",
            Self::Access => "access",
        }
    }
}

/// What is asked for, whole enough for the desk to do it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Wish {
    /// An owner is called otherwise.
    Name {
        /// First name.
        first_name: PersonName,
        /// Last name.
        last_name: PersonName,
    },
    /// An owner signs in with another address.
    Email {
        /// The address.
        email: EmailAddress,
    },
    /// The company is called otherwise.
    Company {
        /// Its name.
        name: AccountName,
    },
    /// Somebody else is the license contact.
    LicenseContact {
        /// First name.
        first_name: PersonName,
        /// Last name.
        last_name: PersonName,
        /// Where they are reached.
        email: EmailAddress,
    },
    /// A person said "this was not me".
    TakenBack {
        /// What they took back.
        what: TakenBack,
    },
    /// A license goes on after its end (R405).
    Renewal {
        /// Which.
        license: LicenseId,
        /// Its serial number when it was asked for.
        serial: SerialNumber,
        /// Its product's name.
        product: ProductName,
        /// Its last day so far.
        ends_on: Date,
    },
    /// Somebody asks to join an account (R102).
    Claim {
        /// The number they named.
        reference: Reference,
    },
    /// Somebody asks to join by a serial number by which somebody else asked, or joined, before (R102). Deciding it
    /// decides the later one's request to join.
    Dispute {
        /// The serial number.
        serial: SerialNumber,
        /// First and last name of who was first.
        first_name: String,
        /// Their address.
        first_email: EmailAddress,
    },
    /// Somebody who belongs to the account is not among its people (R314).
    MissingPerson {
        /// Who, in the words of whoever asks.
        text: Reason,
    },
    /// Two logins are one person's, who wants to have one (R304).
    TwoLogins {
        /// Which, in their words.
        text: Reason,
    },
    /// The people of the account's partner get in otherwise (R509).
    Access {
        /// How.
        access: CustomerAccess,
        /// The partner then: where it is another by now, there is nothing to approve.
        partner: AccountId,
        /// Its name.
        partner_name: AccountName,
    },
}

impl Wish {
    /// What it is about.
    #[must_use]
    pub const fn kind(&self) -> RequestKind {
        match self {
            Self::Name { .. } => RequestKind::Name,
            Self::Email { .. } => RequestKind::Email,
            Self::Company { .. } => RequestKind::Company,
            Self::LicenseContact { .. } => RequestKind::LicenseContact,
            Self::TakenBack { .. } => RequestKind::TakenBack,
            Self::Renewal { .. } => RequestKind::Renewal,
            Self::Claim { .. } => RequestKind::Claim,
            Self::Dispute { .. } => RequestKind::Dispute,
            Self::MissingPerson { .. } => RequestKind::MissingPerson,
            Self::TwoLogins { .. } => RequestKind::TwoLogins,
            Self::Access { .. } => RequestKind::Access,
        }
    }

    /// What can be asked for once at a time: something of that kind, of that license, or by that number.
    #[must_use]
    pub fn slot(&self) -> String {
        match self {
            Self::Renewal { license, .. } => format!("{}#{license}", self.kind().name()),
            Self::Claim { reference } => format!("{}#{}", self.kind().name(), reference.claim()),
            Self::Dispute { serial, .. } => format!("{}#{}", self.kind().name(), serial.claim()),
            Self::Name { .. }
            | Self::Email { .. }
            | Self::Company { .. }
            | Self::LicenseContact { .. }
            | Self::TakenBack { .. }
            | Self::MissingPerson { .. }
            | Self::TwoLogins { .. }
            | Self::Access { .. } => self.kind().name().to_owned(),
        }
    }

    /// What was asked for in the person's own words, on one line.
    #[must_use]
    pub fn line(&self) -> String {
        match self {
            Self::Name { first_name, last_name } => format!("{first_name} {last_name}"),
            Self::Email { email } => email.to_string(),
            Self::Company { name } => name.to_string(),
            Self::LicenseContact { first_name, last_name, email } => format!("{first_name} {last_name}, {email}"),
            Self::TakenBack { what } => what.name().to_owned(),
            Self::Renewal { serial, product, ends_on, .. } => format!("{product}, {serial}, {ends_on}"),
            Self::Claim { reference } => reference.to_string(),
            Self::Dispute { serial, .. } => serial.to_string(),
            Self::MissingPerson { text } | Self::TwoLogins { text } => text.to_string(),
            // Which way in, the page says in its language.
            Self::Access { partner_name, .. } => partner_name.to_string(),
        }
    }
}

/// What was taken back with the link of a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TakenBack {
    /// A change of the profile.
    Profile,
    /// A change of the nickname.
    Nickname,
    /// A change of the address that still waited for its confirmation.
    EmailRequest,
    /// A change of the address.
    Email,
    /// A new password.
    Password,
    /// A second factor switched on or off, or new recovery codes.
    SecondFactor,
    /// A sign-in.
    SignIn,
    /// The closing of the login.
    Closure,
}

impl TakenBack {
    /// Everything that can be taken back.
    pub const ALL: [Self; 8] = [
        Self::Profile,
        Self::Nickname,
        Self::EmailRequest,
        Self::Email,
        Self::Password,
        Self::SecondFactor,
        Self::SignIn,
        Self::Closure,
    ];

    /// Its name on the wire and of its text.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Profile => "profile",
            Self::Nickname => "nickname",
            Self::EmailRequest => "email_request",
            Self::Email => "email",
            Self::Password => "password",
            Self::SecondFactor => "second_factor",
            Self::SignIn => "sign_in",
            Self::Closure => "closure",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_one_on_the_wire() {
        for kind in RequestKind::ALL {
            assert_eq!(serde_json::to_value(kind).ok(), Some(kind.name().into()));
        }
        for what in TakenBack::ALL {
            assert_eq!(serde_json::to_value(what).ok(), Some(what.name().into()));
        }
    }
}

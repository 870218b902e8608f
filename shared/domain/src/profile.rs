//! What a person says of themselves (R201), and what changes when they say something else (R202).

use serde::{Deserialize, Serialize};

use crate::{
    Invalid, Language, User,
    letter::{Change, ChangedField},
    name::{Country, JobTitle, PersonName, Phone},
    text,
};

text::text_type! {
    /// How a person is titled, such as `Dr.`, 1 to 40 characters.
    Title, |text| text::line(text, 40, Invalid::Name)
}

text::text_type! {
    /// Street and number, or post box, 1 to 120 characters.
    Street, |text| text::line(text, 120, Invalid::Name)
}

text::text_type! {
    /// A postal code as written in its country: 1 to 16 letters, digits, spaces and dashes.
    PostalCode, |text| {
        let code = text::line(text, 16, Invalid::PostalCode)?;
        let plain = code.chars().all(|c| c.is_alphanumeric() || c == ' ' || c == '-');
        if plain { Ok(code) } else { Err(Invalid::PostalCode) }
    }
}

text::text_type! {
    /// A town, 1 to 80 characters.
    City, |text| text::line(text, 80, Invalid::Name)
}

/// What a person may say of themselves or leave out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Profile {
    /// How they are titled.
    pub title: Option<Title>,
    /// Their work.
    pub job_title: Option<JobTitle>,
    /// Where they are called.
    pub phone: Option<Phone>,
    /// Street and number.
    pub street: Option<Street>,
    /// Postal code.
    pub postal_code: Option<PostalCode>,
    /// Town.
    pub city: Option<City>,
    /// Country.
    pub country: Option<Country>,
}

/// All of it that the person's own form changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Details {
    /// First name.
    pub first_name: PersonName,
    /// Last name.
    pub last_name: PersonName,
    /// Language of pages and mails.
    pub language: Language,
    /// The rest.
    pub profile: Profile,
}

/// Reads a field that may be left out.
///
/// # Errors
/// Whatever `parse` says of a text that is there.
pub fn optional<T>(text: &str, parse: impl FnOnce(&str) -> Result<T, Invalid>) -> Result<Option<T>, Invalid> {
    if text.trim().is_empty() { Ok(None) } else { parse(text).map(Some) }
}

impl Details {
    /// What stands there now.
    #[must_use]
    pub fn of(user: &User) -> Self {
        Self {
            first_name: user.first_name.clone(),
            last_name: user.last_name.clone(),
            language: user.language,
            profile: user.profile.clone(),
        }
    }

    /// What is different in `after`, as the person is told it.
    #[must_use]
    pub fn changes(&self, after: &Self) -> Vec<Change> {
        let pairs = self.fields().into_iter().zip(after.fields());
        pairs
            .filter(|((_, before), (_, after))| before != after)
            .map(|((field, before), (_, after))| Change { field, before, after })
            .collect()
    }

    /// The same details with those changes taken back; what changed again since goes back too.
    ///
    /// # Errors
    /// If what stood there before is not (any more) what the field can hold.
    pub fn without(mut self, changes: &[Change]) -> Result<Self, Invalid> {
        for Change { field, before, .. } in changes {
            let profile = &mut self.profile;
            match field {
                ChangedField::FirstName => self.first_name = PersonName::parse(before)?,
                ChangedField::LastName => self.last_name = PersonName::parse(before)?,
                ChangedField::Language => self.language = Language::parse(before)?,
                ChangedField::Title => profile.title = optional(before, Title::parse)?,
                ChangedField::JobTitle => profile.job_title = optional(before, JobTitle::parse)?,
                ChangedField::Phone => profile.phone = optional(before, Phone::parse)?,
                ChangedField::Street => profile.street = optional(before, Street::parse)?,
                ChangedField::PostalCode => profile.postal_code = optional(before, PostalCode::parse)?,
                ChangedField::City => profile.city = optional(before, City::parse)?,
                ChangedField::Country => profile.country = optional(before, Country::parse)?,
                // Not among the details: it is claimed, and has a way back of its own.
                ChangedField::Nickname => {}
            }
        }
        Ok(self)
    }

    fn fields(&self) -> [(ChangedField, String); 10] {
        let profile = &self.profile;
        [
            (ChangedField::Title, shown(profile.title.as_ref())),
            (ChangedField::FirstName, self.first_name.to_string()),
            (ChangedField::LastName, self.last_name.to_string()),
            (ChangedField::JobTitle, shown(profile.job_title.as_ref())),
            (ChangedField::Phone, shown(profile.phone.as_ref())),
            (ChangedField::Street, shown(profile.street.as_ref())),
            (ChangedField::PostalCode, shown(profile.postal_code.as_ref())),
            (ChangedField::City, shown(profile.city.as_ref())),
            (ChangedField::Country, shown(profile.country.as_ref())),
            (ChangedField::Language, self.language.tag().to_owned()),
        ]
    }
}

fn shown<T: std::fmt::Display>(value: Option<&T>) -> String {
    value.map(ToString::to_string).unwrap_or_default()
}

/// What "this was not me" brings back (R202). Whatever it is, all of the person's sessions end with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reversal {
    /// These details, as they stood before.
    Details(Vec<Change>),
    /// The nickname before.
    Nickname {
        /// The one that stood there; the letter always names one, since everyone has one.
        before: crate::nickname::Nickname,
    },
    /// Nothing happened yet: the asked-for address is not confirmed any more.
    EmailRequest,
    /// The address before.
    Email {
        /// The one that signed in.
        before: crate::EmailAddress,
    },
    /// Nobody can bring a password back: it is removed, and the person makes a new one by mail.
    Password,
    /// The first second factor goes, whoever set it up; so does the password that let them.
    SecondFactor,
    /// A second factor that was there before was replaced, given up, or got new recovery codes. Nobody's mailbox alone
    /// switches a factor off: it stays as it is, and the password that let them goes.
    FactorChange,
    /// Somebody signed in who has the password: it is removed.
    SignIn,
    /// The login stays.
    Closure,
}

impl Reversal {
    /// Its name for pages and mails.
    #[must_use]
    pub const fn what(&self) -> crate::request::TakenBack {
        use crate::request::TakenBack;
        match self {
            Self::Details(_) => TakenBack::Profile,
            Self::Nickname { .. } => TakenBack::Nickname,
            Self::EmailRequest => TakenBack::EmailRequest,
            Self::Email { .. } => TakenBack::Email,
            Self::Password => TakenBack::Password,
            Self::SecondFactor | Self::FactorChange => TakenBack::SecondFactor,
            Self::SignIn => TakenBack::SignIn,
            Self::Closure => TakenBack::Closure,
        }
    }

    /// Whether somebody else must be thought to know the password: all of this took it, or shows that it is known.
    #[must_use]
    pub const fn removes_password(&self) -> bool {
        match self {
            Self::Details(_) | Self::Nickname { .. } => false,
            Self::EmailRequest
            | Self::Email { .. }
            | Self::Password
            | Self::SecondFactor
            | Self::FactorChange
            | Self::SignIn
            | Self::Closure => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_told_and_taken_back() -> Result<(), Invalid> {
        let before = Details {
            first_name: PersonName::parse("Anna")?,
            last_name: PersonName::parse("Bernard")?,
            language: Language::En,
            profile: Profile { phone: Some(Phone::parse("+33 1 23 45")?), ..Profile::default() },
        };
        let mut after = before.clone();
        after.last_name = PersonName::parse("Martin")?;
        after.profile.phone = None;
        after.profile.city = Some(City::parse("Lyon")?);
        let changes = before.changes(&after);
        let told: Vec<_> = changes.iter().map(|it| (it.field, it.before.as_str(), it.after.as_str())).collect();
        assert_eq!(
            told,
            [
                (ChangedField::LastName, "Bernard", "Martin"),
                (ChangedField::Phone, "+33 1 23 45", ""),
                (ChangedField::City, "", "Lyon"),
            ]
        );
        // A change made since to another field stays.
        after.profile.title = Some(Title::parse("Dr.")?);
        let back = after.without(&changes)?;
        assert_eq!(back.last_name, before.last_name);
        assert_eq!(back.profile.phone, before.profile.phone);
        assert_eq!((back.profile.city, back.profile.title.map(String::from)), (None, Some("Dr.".to_owned())));
        Ok(())
    }

    #[test]
    fn what_is_no_address_is_refused() {
        assert_eq!(PostalCode::parse("SW1A\r\n1AA"), Err(Invalid::PostalCode));
        assert_eq!(PostalCode::parse("<b>"), Err(Invalid::PostalCode));
        assert_eq!(PostalCode::parse(&"1".repeat(17)), Err(Invalid::TooLong { max: 16 }));
        assert_eq!(City::parse("Ly\u{202e}on"), Err(Invalid::Name));
        assert!(Street::parse(&"a".repeat(1_000)).is_err());
    }
}

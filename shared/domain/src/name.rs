//! Names of people and companies, as they write them.

use crate::{Invalid, text};

text::text_type! {
    /// A person's first or last name, 1 to 80 characters, in any script; a link or an address is no name (it would be
    /// made clickable in somebody's mail).
    PersonName, |text| {
        let name = text::line(text, 80, Invalid::Name)?;
        let lower = name.to_lowercase();
        let is_link = name.contains(['<', '>', '@', '\\', '{', '}', '|', '^', '"'])
            || lower.contains("://") || lower.starts_with("www.");
        if is_link || !name.chars().any(char::is_alphabetic) { Err(Invalid::Name) } else { Ok(name) }
    }
}

text::text_type! {
    /// A company's or school's name, 1 to 160 characters.
    AccountName, |text| {
        let name = text::line(text, 160, Invalid::Name)?;
        if name.contains(['<', '>']) || !name.chars().any(char::is_alphanumeric) { Err(Invalid::Name) } else { Ok(name) }
    }
}

text::text_type! {
    /// What a product is called, 1 to 80 characters.
    ProductName, |text| text::line(text, 80, Invalid::Name)
}

text::text_type! {
    /// A person's work, 1 to 80 characters.
    JobTitle, |text| text::line(text, 80, Invalid::Name)
}

text::text_type! {
    /// A telephone number as people write it, 4 to 32 characters: digits, spaces and `+ ( ) - . /`.
    Phone, |text| {
        let phone = text::line(text, 32, Invalid::Phone)?;
        let digits = phone.chars().filter(char::is_ascii_digit).count();
        let plain = phone.chars().all(|c| c.is_ascii_digit() || " +()-./".contains(c));
        if plain && digits >= 4 { Ok(phone) } else { Err(Invalid::Phone) }
    }
}

text::text_type! {
    /// Why something was done or refused, in a person's words: 1 to 500 characters, one line.
    Reason, |text| text::line(&text.replace(['\r', '\n', '\t'], " "), 500, Invalid::Name)
}

text::text_type! {
    /// The address of a page elsewhere that people are sent to: `https://` and a host, 500 characters at most.
    WebAddress, |text| {
        let address = text::line(text, 500, Invalid::WebAddress)?;
        let host = address.strip_prefix("https://").and_then(|rest| rest.split(['/', '?', '#']).next());
        let named = host.is_some_and(|host| host.contains('.') && !host.starts_with('.') && !host.ends_with('.'));
        let plain = address.bytes().all(|b| b.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&b));
        if named && plain && !host.is_some_and(|host| host.contains('@')) { Ok(address) } else { Err(Invalid::WebAddress) }
    }
}

text::text_type! {
    /// A country as ISO 3166-1 alpha-2, two capital letters; the page has its names from the browser.
    Country, |text| {
        let country = text.trim().to_ascii_uppercase();
        if country.is_empty() { Err(Invalid::Required) }
        else if country.len() == 2 && country.bytes().all(|b| b.is_ascii_uppercase()) { Ok(country) }
        else { Err(Invalid::Country) }
    }
}

/// The name of a time zone in the IANA database, such as `Europe/Paris`; dates of an account end there.
///
/// A stored name is taken as it is: a function that only reads accounts then carries no time zone database, which is
/// 0.25 MB.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct ZoneName(String);

impl ZoneName {
    /// Reads the name of a zone that exists, in the database's own spelling.
    ///
    /// # Errors
    /// [`Invalid::TimeZone`] if there is none of that name.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let name = text.trim();
        match jiff::tz::TimeZone::get(name) {
            Ok(zone) => Ok(Self(zone.iana_name().unwrap_or("UTC").to_owned())),
            Err(_) if name.is_empty() => Err(Invalid::Required),
            Err(_) => Err(Invalid::TimeZone),
        }
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The zone itself; UTC should the name have left the database since.
    #[must_use]
    pub fn zone(&self) -> jiff::tz::TimeZone {
        jiff::tz::TimeZone::get(&self.0).unwrap_or(jiff::tz::TimeZone::UTC)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_real_people_are_taken_as_written() {
        for name in ["Zoë", "O'Brien", "Nguyễn Thị", "李", "Jean-Luc", "D’Angelo", "Müller-Lüdenscheidt", "Æsa"]
        {
            assert_eq!(PersonName::parse(name).map(String::from), Ok(name.to_owned()));
        }
    }

    #[test]
    fn a_page_elsewhere_has_an_address_of_its_own() {
        for good in ["https://www.acme.example/terms", "https://acme.example", "https://a.test/x?y=1#z"] {
            assert_eq!(WebAddress::parse(good).map(String::from), Ok(good.to_owned()));
        }
        for bad in [
            "javascript:alert(1)",
            "http://a.test",
            "https://",
            "https://localhost",
            "https://a.test/\"x",
            "//a.test",
            "https://a.test@b.test/",
            "https://ä.test",
        ] {
            assert_eq!(WebAddress::parse(bad), Err(Invalid::WebAddress), "{bad}");
        }
    }

    #[test]
    fn one_name_has_one_form() {
        assert_eq!(PersonName::parse(" Zoe\u{308}  Ann "), PersonName::parse("Zoë Ann"));
    }

    #[test]
    fn what_could_forge_a_mail_is_no_name() {
        for (text, why) in [
            ("Anna\r\nBcc: x@y.test", "header injection"),
            ("Win at https://evil.test", "a link"),
            ("<b>Anna</b>", "markup"),
            ("Anna\u{202e}gpj.exe", "turned around"),
            ("12345", "no letter"),
        ] {
            assert!(PersonName::parse(text).is_err(), "{why}");
        }
        assert_eq!(PersonName::parse(&"a".repeat(1000)), Err(Invalid::TooLong { max: 80 }));
        assert_eq!(PersonName::parse(" \u{3000} "), Err(Invalid::Required));
    }
}

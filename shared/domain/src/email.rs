//! E-mail addresses: what we send to, and what people sign in with.

use email_address::{EmailAddress as Checked, Options};
use unicode_normalization::UnicodeNormalization;

use crate::{Invalid, text};

text::text_type! {
    /// An address as the person wrote it, with the domain in lower case (RFC 5321 §2.4: only the domain is without
    /// case for certain). Two addresses are *the same login* when their [`EmailAddress::claim`] is equal.
    EmailAddress, |text| {
        let address = text.trim();
        if address.is_empty() {
            return Err(Invalid::Required);
        }
        // RFC 5321 §4.5.3.1.3: a path is at most 256 octets with its brackets.
        if address.len() > 254 {
            return Err(Invalid::TooLong { max: 254 });
        }
        let options = Options::default().with_required_tld().without_domain_literal().without_display_text();
        let checked = Checked::parse_with_options(address, options).map_err(|_| Invalid::Email)?;
        // One @ per envelope, and nothing that quotes its way around that.
        if address.matches('@').count() != 1 || address.contains(['"', '(', ')', '<', '>', ',', ';', ':', '\\'])
            || address.chars().any(|c| c.is_whitespace() || text::is_hidden(c)) {
            return Err(Invalid::Email);
        }
        let local: String = checked.local_part().nfc().collect();
        let domain: String = checked.domain().nfc().collect::<String>().to_lowercase();
        Ok(format!("{local}@{domain}"))
    }
}

impl EmailAddress {
    /// The form under which an address is claimed and looked up: lower case throughout, since no mail service that
    /// people use tells `Anna@` from `anna@`. Mail is always sent to the address as stored, never to this form
    /// (CVE-2019-19844).
    #[must_use]
    pub fn claim(&self) -> String {
        self.as_str().to_lowercase()
    }

    /// What stands before the `@`.
    #[must_use]
    pub fn local_part(&self) -> &str {
        self.as_str().split('@').next().unwrap_or_default()
    }

    /// What stands behind the `@`.
    #[must_use]
    pub fn domain(&self) -> &str {
        self.as_str().rsplit('@').next().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_people_have_are_taken() {
        for address in ["anna@acme.test", "a.b+portico@sub.acme.test", "O'Brien@acme.test", "jörg@müller.test"] {
            assert!(EmailAddress::parse(address).is_ok(), "{address}");
        }
        assert_eq!(EmailAddress::parse(" Anna@ACME.Test ").map(String::from), Ok("Anna@acme.test".into()));
    }

    #[test]
    fn one_login_has_one_claim() {
        let claims = ["Anna@acme.test", "anna@ACME.test"].map(|text| EmailAddress::parse(text).map(|it| it.claim()));
        assert_eq!(claims[0], claims[1]);
    }

    #[test]
    fn what_is_not_one_plain_address_is_refused() {
        for (text, why) in [
            ("anna", "no @"),
            ("anna@localhost", "no top-level domain"),
            ("a@b.test,c@d.test", "two"),
            ("a@b@c.test", "two @"),
            ("\"a@b\"@c.test", "quoted"),
            ("Anna <anna@acme.test>", "display name"),
            ("anna@acme.test\r\nBcc: x@y.test", "header injection"),
            ("anna@[127.0.0.1]", "literal"),
            ("an\u{200b}na@acme.test", "hidden character"),
        ] {
            assert_eq!(EmailAddress::parse(text), Err(Invalid::Email), "{why}");
        }
    }

    #[test]
    fn parsing_twice_changes_nothing() {
        let once = EmailAddress::parse("Jo\u{308}rg@Mu\u{308}ller.test").map(String::from);
        assert_eq!(once.as_deref().map(EmailAddress::parse).ok().and_then(Result::ok).map(String::from), once.ok());
    }
}

//! From the text of a cell to a value of the domain, or to a problem that names the cell.

use credentials::sha256_hex;
use domain::{AccountKind, Invalid};
use store::import::Fingerprint;

use super::problem::Problems;
use super::table::Row;

/// How much of a cell a report repeats.
const SHOWN: usize = 60;

impl Row<'_> {
    /// A cell that must hold a value. Nothing is returned once the problem is noted.
    pub fn needed<T>(
        &self,
        column: &'static str,
        parse: impl Fn(&str) -> Result<T, Invalid>,
        problems: &mut Problems,
    ) -> Option<T> {
        let cell = self.cell(column);
        if cell.is_empty() {
            problems.at(self.place(column), Invalid::Required.to_string());
            return None;
        }
        match parse(cell) {
            Ok(value) => Some(value),
            Err(why) => {
                problems.at(self.place(column), format!("{} {why}", quoted(cell)));
                None
            }
        }
    }

    /// A cell that may be empty: `Some(None)`. `None` once a problem is noted.
    pub fn optional<T>(
        &self,
        column: &'static str,
        parse: impl Fn(&str) -> Result<T, Invalid>,
        problems: &mut Problems,
    ) -> Option<Option<T>> {
        if self.cell(column).is_empty() { Some(None) } else { self.needed(column, parse, problems).map(Some) }
    }

    /// A cell of values between semicolons, or none.
    pub fn list<T>(
        &self,
        column: &'static str,
        parse: impl Fn(&str) -> Result<T, Invalid>,
        problems: &mut Problems,
    ) -> Option<Vec<T>> {
        let (mut values, before) = (Vec::new(), problems.len());
        for part in self.cell(column).split(';').map(str::trim).filter(|part| !part.is_empty()) {
            match parse(part) {
                Ok(value) => values.push(value),
                Err(why) => problems.at(self.place(column), format!("{} {why}", quoted(part))),
            }
        }
        (problems.len() == before).then_some(values)
    }

    /// What the row says, in short: equal as long as no cell changes, in whatever order the columns stand.
    pub fn fingerprint(&self) -> Fingerprint {
        let mut text = String::new();
        for column in self.shape().columns {
            text.push_str(self.cell(column.name));
            text.push('\u{1f}');
        }
        Fingerprint::of_digest(&sha256_hex(text.as_bytes()))
    }
}

/// A cell's text for a report: short, and with nothing in it that could steer a terminal.
pub(super) fn quoted(text: &str) -> String {
    let mut shown: String = text.chars().take(SHOWN).flat_map(char::escape_debug).collect();
    if text.chars().nth(SHOWN).is_some() {
        shown.push('…');
    }
    format!("\"{shown}\"")
}

/// A whole number in a range.
pub(super) fn number(text: &str, min: u32, max: u32) -> Result<u32, Invalid> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    match text.parse() {
        Ok(number) if digits && (min..=max).contains(&number) => Ok(number),
        _ => Err(Invalid::Number { min, max }),
    }
}

/// Whether an account is a customer or a partner.
pub(super) fn account_kind(text: &str) -> Result<AccountKind, Invalid> {
    match text {
        "customer" => Ok(AccountKind::Customer),
        "partner" => Ok(AccountKind::Partner),
        _ => Err(Invalid::Choice { allowed: "customer, partner" }),
    }
}

/// Whether a text mixes Latin letters with Greek or Cyrillic ones, as an address does that imitates another.
pub(super) fn mixes_alphabets(text: &str) -> bool {
    let latin = text.chars().any(|c| c.is_ascii_alphabetic());
    let other = text.chars().any(|c| matches!(c, '\u{370}'..='\u{52f}' | '\u{1f00}'..='\u{1fff}'));
    latin && other
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_digits_in_a_range() {
        for text in ["0", "+1", "-1", "1.0", "1e3", "100001", "99999999999"] {
            assert!(number(text, 1, 100_000).is_err(), "{text}");
        }
        assert_eq!(number("007", 1, 100), Ok(7));
    }

    #[test]
    fn a_report_cannot_steer_a_terminal() {
        assert_eq!(quoted("a\u{1b}[31m\"b"), "\"a\\u{1b}[31m\\\"b\"");
        assert!(quoted(&"x".repeat(500)).chars().count() < 70);
    }
}

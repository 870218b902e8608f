//! The sample vendor's CSV files, brought up to the day they are loaded.

use domain::Date;
use jiff::ToSpan;

use crate::import::Source;

const FILES: [(&str, &str); 6] = [
    ("products.csv", include_str!("../../sample/products.csv")),
    ("customers.csv", include_str!("../../sample/customers.csv")),
    ("people.csv", include_str!("../../sample/people.csv")),
    ("orders.csv", include_str!("../../sample/orders.csv")),
    ("licenses.csv", include_str!("../../sample/licenses.csv")),
    ("partners.csv", include_str!("../../sample/partners.csv")),
];

/// The files as the importer reads them. In the sample, and there only, a date is written `today`, `today+20d` or
/// `today-345d`, so that some licenses are always about to end; the importer itself sees plain dates.
pub(super) fn source(today: Date) -> Source {
    Source::Texts(FILES.iter().map(|(name, text)| (*name, with_dates(text, today))).collect())
}

/// The first activation code of the sample; nobody has used it when the sample is new.
pub fn activation_code() -> &'static str {
    rows("orders.csv").filter_map(|line| line.rsplit(',').next()).find(|code| !code.is_empty()).unwrap_or_default()
}

/// The numbers of all accounts.
pub(super) fn customer_numbers() -> impl Iterator<Item = &'static str> {
    rows("customers.csv").filter_map(|line| line.split(',').next())
}

pub(super) fn rows(file: &str) -> impl Iterator<Item = &'static str> {
    FILES.iter().find(|(name, _)| *name == file).map_or("", |(_, text)| *text).lines().skip(1)
}

fn with_dates(text: &str, today: Date) -> String {
    const WORD: &str = ",today";
    let mut dated = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(WORD) {
        let (before, word) = rest.split_at(at);
        let offset_and_rest = &word[WORD.len()..];
        let end = offset_and_rest.find([',', '\n']).unwrap_or(offset_and_rest.len());
        let days: i32 = offset_and_rest[..end].trim_end_matches('d').parse().unwrap_or_default();
        dated.push_str(before);
        dated.push(',');
        dated.push_str(&today.saturating_add(days.days()).to_string());
        rest = &offset_and_rest[end..];
    }
    dated.push_str(rest);
    dated
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn dates_follow_the_day_the_sample_is_loaded() {
        let text = "a,today,today+20d,today-1d\nb,today-365d,,x\n";
        let dated = "a,2026-11-22,2026-12-12,2026-11-21\nb,2025-11-22,,x\n";
        assert_eq!(with_dates(text, date(2026, 11, 22)), dated);
    }

    #[test]
    fn there_is_a_code_to_try() {
        assert!(domain::code::ActivationCode::parse(activation_code()).is_ok());
    }
}

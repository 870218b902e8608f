//! Parts of a text that each language words in its own way: dates, devices, changes.

use domain::letter::{Change, ChangedField};
use domain::{Browser, Date, Language, System};

use crate::plain;
use crate::texts::{NoText, need, text};

/// A day, in words: a figure for the month means another day across the Atlantic.
pub(crate) fn date(language: Language, date: Date) -> Result<String, NoText> {
    let month = need(language, &format!("month.{}", date.month()), &[])?;
    let fills = [("day", date.day().to_string()), ("month", month), ("year", date.year().to_string())];
    let fills = fills.each_ref().map(|(name, value)| (*name, value.as_str()));
    // French counts the first of a month and no other day.
    need(language, if date.day() == 1 { "date.first" } else { "date.other" }, &fills)
}

/// A browser on a system, such as `Firefox on Windows`.
pub(crate) fn device(language: Language, browser: Browser, system: System) -> Result<String, NoText> {
    let browser = need(language, &format!("browser.{}", browser.name()), &[])?;
    let system = need(language, &format!("system.{}", system.name()), &[])?;
    need(language, "device", &[("browser", &browser), ("system", &system)])
}

/// A changed field as a letter lists it.
pub(crate) struct ListedChange {
    /// What changed.
    pub(crate) field: String,
    /// From what to what.
    pub(crate) values: String,
    /// Both in one line.
    pub(crate) line: String,
}

/// A changed field in words, each of its values at most `most` characters long and harmless.
pub(crate) fn change(language: Language, change: &Change, most: usize) -> Result<ListedChange, NoText> {
    let field = need(language, &format!("field.{}", change.field.name()), &[])?;
    let before = value(language, change.field, &change.before, most)?;
    let after = value(language, change.field, &change.after, most)?;
    let values = need(language, "change.values", &[("before", &before), ("after", &after)])?;
    let line = need(language, "change.line", &[("field", &field), ("values", &values)])?;
    Ok(ListedChange { field, values, line })
}

fn value(language: Language, field: ChangedField, value: &str, most: usize) -> Result<String, NoText> {
    let harmless = plain::name(value, most);
    if harmless.is_empty() {
        return need(language, "change.empty", &[]);
    }
    let word = match field {
        ChangedField::Language => text(language, &format!("language.{value}"), &[]),
        ChangedField::Title
        | ChangedField::FirstName
        | ChangedField::LastName
        | ChangedField::JobTitle
        | ChangedField::Phone
        | ChangedField::Street
        | ChangedField::PostalCode
        | ChangedField::City
        | ChangedField::Country
        | ChangedField::Nickname => None,
    };
    Ok(word.unwrap_or(harmless))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_written_as_its_language_does() {
        for (on, written) in [
            ((2026, 12, 22), ["22 December 2026", "22 décembre 2026", "22. Dezember 2026"]),
            ((2027, 3, 1), ["1 March 2027", "1er mars 2027", "1. März 2027"]),
        ] {
            let on = Date::constant(on.0, on.1, on.2);
            let dates = Language::ALL.map(|language| date(language, on).unwrap_or_default().replace('\u{a0}', " "));
            assert_eq!(dates, written);
        }
    }

    #[test]
    fn every_month_field_browser_system_and_language_has_its_word() -> Result<(), NoText> {
        for language in Language::ALL {
            for month in 1..=12 {
                date(language, Date::constant(2026, month, 2))?;
            }
            for (browser, system) in Browser::ALL.into_iter().zip(System::ALL) {
                device(language, browser, system)?;
            }
            for field in ChangedField::ALL {
                change(language, &Change { field, before: String::new(), after: "x".into() }, 80)?;
            }
            for other in Language::ALL {
                let word = value(language, ChangedField::Language, other.tag(), 80)?;
                assert_ne!(word, other.tag());
            }
        }
        Ok(())
    }

    #[test]
    fn a_value_is_no_key_of_a_text() -> Result<(), NoText> {
        assert_eq!(value(Language::En, ChangedField::Language, "xx {vendor}", 80)?, "xx {vendor}");
        assert_eq!(value(Language::En, ChangedField::Title, "en", 80)?, "en");
        assert_eq!(value(Language::En, ChangedField::City, " \u{200b}", 80)?, "(empty)");
        Ok(())
    }
}

//! Parts of a text that each language words in its own way: dates, devices, changes.

use domain::letter::{Change, ChangedField, DueProduct, OrderedProduct};
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

/// An order's lines, each product's name at most `most` characters long and harmless; before them its activation code.
pub(crate) fn ordered(
    language: Language,
    code: Option<&str>,
    products: &[OrderedProduct],
    most: usize,
) -> Result<Vec<ListedChange>, NoText> {
    let listed = |field: String, values: String| {
        let line = need(language, "change.line", &[("field", &field), ("values", &values)])?;
        Ok(ListedChange { field, values, line })
    };
    let code = code.map(|code| listed(need(language, "ordered.code", &[])?, code.to_owned()));
    let products = products.iter().map(|product| {
        let key = if product.seats == 1 { "ordered.seat" } else { "ordered.seats" };
        let seats = need(language, key, &[("seats", &product.seats.to_string())])?;
        listed(plain::name(product.name.as_str(), most), seats)
    });
    code.into_iter().chain(products).collect()
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

/// How many days from today, in words.
pub(crate) fn days(language: Language, days: u16) -> Result<String, NoText> {
    match days {
        0 => need(language, "days.today", &[]),
        1 => need(language, "days.tomorrow", &[]),
        _ => need(language, "days.other", &[("days", &days.to_string())]),
    }
}

/// A number of days somebody may stay, in words.
pub(crate) fn stay(language: Language, days: u16) -> Result<String, NoText> {
    need(language, if days == 1 { "stay.one" } else { "stay.other" }, &[("days", &days.to_string())])
}

/// Products and how many licenses of each end, each name at most `most` characters long and harmless.
pub(crate) fn due(
    language: Language,
    products: &[DueProduct],
    more: u32,
    most: usize,
) -> Result<Vec<ListedChange>, NoText> {
    let listed = |field: String, count: u64, key: &str| {
        let count = count.to_string();
        let values = need(language, key, &[("count", &count)])?;
        let line = need(language, "due.line", &[("product", &field), ("count", &values)])?;
        Ok(ListedChange { field, values, line })
    };
    let products = products.iter().map(|product| {
        let key = if product.licenses == 1 { "due.license" } else { "due.licenses" };
        listed(plain::name(product.name.as_str(), most), product.licenses, key)
    });
    let mut due = products.collect::<Result<Vec<_>, NoText>>()?;
    if more > 0 {
        let key = if more == 1 { "due.product" } else { "due.products" };
        due.push(listed(need(language, "due.more", &[])?, u64::from(more), key)?);
    }
    Ok(due)
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

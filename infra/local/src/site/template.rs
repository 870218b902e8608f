//! The directives of a page: `{{name word link=… link=…}}`.

use std::collections::BTreeMap;

use super::SiteError;

/// One directive.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Directive<'t> {
    /// What it does: `t`, `icon`, `content` …
    pub(super) name: &'t str,
    /// What it does it with; empty if nothing.
    pub(super) word: &'t str,
    /// Where the links in its words lead, in their order.
    pub(super) links: Vec<&'t str>,
}

impl<'t> Directive<'t> {
    fn parse(inside: &'t str) -> Option<Self> {
        let mut words = inside.split_whitespace();
        let name = words.next()?;
        let (mut word, mut links) = ("", Vec::new());
        for next in words {
            match next.strip_prefix("link=") {
                Some(link) => links.push(link),
                None if word.is_empty() && links.is_empty() => word = next,
                None => return None,
            }
        }
        Some(Self { name, word, links })
    }
}

/// Puts something in place of each directive of a file.
pub(super) fn fill(
    file: &str,
    text: &str,
    mut with: impl FnMut(&Directive<'_>) -> Result<String, SiteError>,
) -> Result<String, SiteError> {
    let mut filled = String::with_capacity(text.len() * 2);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let (inside, tail) = after.split_once("}}").ok_or_else(|| SiteError::wrong(file, "a {{ has no }}"))?;
        let directive = Directive::parse(inside)
            .ok_or_else(|| SiteError::wrong(file, format!("{{{{{inside}}}}} cannot be read")))?;
        filled.push_str(before);
        filled.push_str(&with(&directive)?);
        rest = tail;
    }
    filled.push_str(rest);
    Ok(filled)
}

/// The settings on the first line of a page.
pub(super) fn settings(line: &str) -> Option<BTreeMap<&str, &str>> {
    let inside = line.trim().strip_prefix("{{page ")?.strip_suffix("}}")?;
    inside.split_whitespace().map(|setting| setting.split_once('=')).collect()
}

/// Every word of an attribute, wherever it stands in a page.
pub(super) fn attribute_words<'t>(html: &'t str, attribute: &str) -> impl Iterator<Item = &'t str> {
    let start = format!("{attribute}=\"");
    let values: Vec<_> =
        html.split(&start).skip(1).filter_map(|rest| rest.split_once('"').map(|(value, _)| value)).collect();
    values.into_iter().flat_map(str::split_whitespace)
}

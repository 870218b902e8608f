//! Files of comma-separated values (RFC 4180), page by page: a script asks for one page after the other and puts them
//! together as they come.

use axum::response::{IntoResponse, Response};
use http::{HeaderName, HeaderValue, header};

use crate::ApiError;

/// Where a page says the cursor of the next; the last says nothing.
const NEXT: &str = "x-portico-next";

/// A page of a file.
#[derive(Debug)]
pub struct Csv(String);

impl Csv {
    /// The first page: with the mark by which spreadsheets know UTF-8, and the names of the columns.
    #[must_use]
    pub fn beginning(columns: &[&str]) -> Self {
        let mut page = Self("\u{feff}".to_owned());
        page.row(columns.iter().copied());
        page
    }

    /// A later page.
    #[must_use]
    pub const fn going_on() -> Self {
        Self(String::new())
    }

    /// Adds a row.
    pub fn row<'a>(&mut self, cells: impl IntoIterator<Item = &'a str>) {
        for (at, cell) in cells.into_iter().enumerate() {
            if at > 0 {
                self.0.push(',');
            }
            write_cell(&mut self.0, cell);
        }
        self.0.push_str("\r\n");
    }

    /// The page as it is answered, with the cursor of the next.
    ///
    /// # Errors
    /// If the cursor or the name of the file cannot be told.
    pub fn answer(self, file: &str, next: Option<String>) -> Result<Response, ApiError> {
        page_of_file(self.0, ("text/csv; charset=utf-8", file), next)
    }
}

/// A page of any file of text, by its type and name, with the cursor of the next: pages put behind one another are the file.
///
/// # Errors
/// If the cursor or the name of the file cannot be told.
pub fn page_of_file(
    text: String,
    (content_type, file): (&'static str, &str),
    next: Option<String>,
) -> Result<Response, ApiError> {
    let value = |text: &str| HeaderValue::from_str(text).map_err(ApiError::broken);
    let mut response = text.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(header::CONTENT_DISPOSITION, value(&format!("attachment; filename=\"{file}\""))?);
    if let Some(next) = next {
        headers.insert(HeaderName::from_static(NEXT), value(&next)?);
    }
    Ok(response)
}

fn write_cell(page: &mut String, cell: &str) {
    // A spreadsheet looks past what cannot be seen.
    let cell = cell.trim_matches(is_unseen);
    let guarded = guarded(cell);
    if guarded.contains([',', '"', '\r', '\n', ';', '\t']) {
        let quoted = guarded.replace('"', "\"\"");
        page.extend(["\"", &quoted, "\""]);
    } else {
        page.push_str(&guarded);
    }
}

/// The cell with a mark before all that could be computed: also behind what parts cells in other countries, for whom our
/// quotes stand in the middle of one and mean nothing.
fn guarded(cell: &str) -> String {
    let (mut guarded, mut begins) = (String::with_capacity(cell.len() + 1), true);
    for character in cell.chars() {
        if begins && begins_a_formula(character) {
            guarded.push('\'');
        }
        begins = matches!(character, ';' | '\t' | '\r' | '\n') || begins && (is_unseen(character) || character == '"');
        guarded.push(character);
    }
    guarded
}

fn is_unseen(character: char) -> bool {
    character.is_whitespace()
        || character.is_control()
        || matches!(character, '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// What spreadsheets compute instead of showing, in all its widths.
fn begins_a_formula(character: char) -> bool {
    matches!(
        character,
        '=' | '+'
            | '-'
            | '@'
            | '\u{2212}'
            | '\u{fe62}'
            | '\u{fe63}'
            | '\u{fe66}'
            | '\u{fe6b}'
            | '\u{ff0b}'
            | '\u{ff0d}'
            | '\u{ff1d}'
            | '\u{ff20}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &str) -> String {
        let mut page = String::new();
        write_cell(&mut page, text);
        page
    }

    #[test]
    fn no_cell_is_a_formula_whatever_stands_before_it() {
        for text in [
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "\t=1",
            "\r\n=1",
            " \u{a0}\u{3000}=1",
            "\u{200b}\u{feff}\u{0}=1",
            "\u{ff1d}1",
            "\u{ff0b}1",
            "\u{ff0d}1",
            "\u{ff20}1",
            "\u{2212}1",
        ] {
            let cell = cell(text);
            let shown = cell.trim_matches('"');
            assert!(shown.starts_with('\''), "{text:?} became {cell:?}");
        }
        assert_eq!(cell("=HYPERLINK(\"x\";1)"), "\"'=HYPERLINK(\"\"x\"\";1)\"");
    }

    #[test]
    fn what_is_no_formula_stays_as_it_is() {
        for text in ["Draft", "SO-1001", "2026-01-05", "Bauer & Söhne", "李", "a=b", ""] {
            assert_eq!(cell(text), text);
        }
        assert_eq!(cell("a,b"), "\"a,b\"");
        assert_eq!(cell("say \"so\""), "\"say \"\"so\"\"\"");
        assert_eq!(cell("two\nlines"), "\"two\nlines\"");
    }

    #[test]
    fn only_the_first_page_has_a_head() {
        let mut first = Csv::beginning(&["order", "line"]);
        first.row(["SO-1", "1"]);
        let mut second = Csv::going_on();
        second.row(["SO-2", "1"]);
        assert_eq!(first.0 + &second.0, "\u{feff}order,line\r\nSO-1,1\r\nSO-2,1\r\n");
    }
}

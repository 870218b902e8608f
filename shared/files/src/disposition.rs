//! The header that makes a browser save a file under its name (RFC 6266, RFC 8187).

use domain::release::FileName;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What `attr-char` of RFC 8187 §3.2.1 leaves as it is, beside letters and digits.
const EXTENDED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// `attachment` with the name twice: as ASCII for the oldest, and as it is for everybody else.
pub(crate) fn attachment(name: &FileName) -> String {
    let plain: String = name.as_str().chars().map(|c| if is_plain(c) { c } else { '_' }).collect();
    let whole = utf8_percent_encode(name.as_str(), EXTENDED);
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{whole}")
}

/// What stands in a quoted string for itself, for every browser: a `%` is decoded by some.
const fn is_plain(c: char) -> bool {
    c.is_ascii_graphic() && !matches!(c, '"' | '\\' | '%' | ';') || c == ' '
}

#[cfg(test)]
mod tests {
    use super::*;

    /// R404
    #[test]
    fn no_name_breaks_out_of_the_header() -> Result<(), domain::Invalid> {
        for (name, header) in [
            ("draft 1.zip", "attachment; filename=\"draft 1.zip\"; filename*=UTF-8''draft%201.zip"),
            (
                "a\"; filename=\"evil.exe",
                "attachment; filename=\"a__ filename=_evil.exe\"; filename*=UTF-8''a%22%3B%20filename%3D%22evil.exe",
            ),
            ("Zürich 😀.pdf", "attachment; filename=\"Z_rich _.pdf\"; filename*=UTF-8''Z%C3%BCrich%20%F0%9F%98%80.pdf"),
            ("100%25.txt", "attachment; filename=\"100_25.txt\"; filename*=UTF-8''100%2525.txt"),
        ] {
            let made = attachment(&FileName::parse(name)?);
            assert_eq!(made, header);
            assert!(made.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' '), "{made}");
        }
        Ok(())
    }
}

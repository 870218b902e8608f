//! Names and lines that other people chose, made harmless before they enter a letter.
//!
//! Domain types refuse most of this already; a letter goes to somebody else than the one who typed, so it does not
//! rely on that (CVE-2017-9801, GHSA-gx3w-rwh5-w5cg).

/// Stands, unseen, where a mail program would otherwise see a host name and make a link of it.
const JOINER: char = '\u{2060}';

/// A name in the running text: one line, at most `max` characters, and nothing a mail program would make clickable.
pub(crate) fn name(text: &str, max: usize) -> String {
    let line = line(text, max);
    let mut name = String::with_capacity(line.len() + 8);
    let mut characters = line.chars().peekable();
    let mut before = ' ';
    while let Some(character) = characters.next() {
        name.push(character);
        let next = characters.peek().copied().unwrap_or(' ');
        let like_a_host = character == '.' && before.is_alphanumeric() && next.is_alphanumeric();
        let like_a_scheme = character == ':' && next == '/';
        let like_an_address = character == '@';
        if like_a_host || like_a_scheme || like_an_address {
            name.push(JOINER);
        }
        before = character;
    }
    name
}

/// One line of at most `max` characters: white space collapsed; control and invisible characters are gone.
pub(crate) fn line(text: &str, max: usize) -> String {
    let mut line = String::new();
    let mut length = 0;
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()) {
        let mut word = word.chars().filter(|c| !is_hidden(*c)).peekable();
        if word.peek().is_some() && length > 0 {
            line.push(' ');
            length += 1;
        }
        for character in word {
            if length >= max.saturating_sub(1) {
                line.truncate(line.trim_end().len());
                line.push('…');
                return line;
            }
            line.push(character);
            length += 1;
        }
    }
    line
}

/// Breaks running text into lines of at most `width` characters; a word longer than that has a line of its own.
pub(crate) fn wrap(text: &str, width: usize) -> String {
    let mut wrapped = String::with_capacity(text.len() + text.len() / width.max(1));
    let mut column = 0;
    // Only at plain spaces: a no-break space keeps `24 heures` together.
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let length = word.chars().count();
        if column > 0 && column + 1 + length > width {
            wrapped.push('\n');
            column = 0;
        } else if column > 0 {
            wrapped.push(' ');
            column += 1;
        }
        wrapped.push_str(word);
        column += length;
    }
    wrapped
}

/// Soft hyphens, zero-width and direction characters, separators, byte order marks, tags: what turns a name around or
/// hides in it.
fn is_hidden(character: char) -> bool {
    matches!(character,
        '\u{00ad}' | '\u{061c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{feff}' | '\u{fff0}'..='\u{fffd}' | '\u{e000}'..='\u{f8ff}' | '\u{e0000}'..='\u{10ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_visible_line() {
        assert_eq!(name("Zoë  O'Brien", 80), "Zoë O'Brien");
        assert_eq!(name("Anna\r\nBcc: x", 80), "Anna Bcc: x");
        assert_eq!(name("An\u{2028}na \u{202e}gpj\u{0}", 80), "An na gpj");
        assert_eq!(name(" \u{200b} ", 80), "");
    }

    #[test]
    fn nothing_in_a_name_becomes_a_link() {
        assert_eq!(name("see evil.test", 80), "see evil.\u{2060}test");
        assert_eq!(name("https://evil.test/a", 80), "https:\u{2060}//evil.\u{2060}test/a");
        assert_eq!(name("a@b.test", 80), "a@\u{2060}b.\u{2060}test");
        assert_eq!(name("St. Gallen AG", 80), "St. Gallen AG");
    }

    #[test]
    fn a_long_name_is_cut_and_says_so() {
        assert_eq!(line(&"é".repeat(1000), 10), format!("{}…", "é".repeat(9)));
        assert_eq!(line("12345678 0", 10), "12345678…");
        assert_eq!(line("123456789", 10), "123456789");
    }

    #[test]
    fn lines_break_at_spaces_only() {
        assert_eq!(wrap("one two three four", 9), "one two\nthree\nfour");
        assert_eq!(wrap("a verylongword b", 5), "a\nverylongword\nb");
        assert_eq!(wrap("pendant 24\u{a0}heures", 12), "pendant\n24\u{a0}heures");
    }
}

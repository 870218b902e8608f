//! Tables as spreadsheets write them: comma-separated values (RFC 4180) and their relatives with semicolons or tabs.

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The line of the text on which it begins, from 1: what an editor shows beside it.
    pub line: usize,
    /// What stands in its cells, without spaces around it.
    pub cells: Vec<String>,
}

/// What stands between cells.
const SEPARATORS: [char; 3] = [',', ';', '\t'];

/// Reads a table. What stands between cells is what the first row has most of; the mark by which spreadsheets know UTF-8,
/// their line `sep=;` and rows with nothing in them are left out. `None`: a quote is opened and never closed, so that
/// nobody can tell the rows.
#[must_use]
pub fn read(text: &str) -> Option<Vec<Row>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let first = text.lines().next().unwrap_or_default().trim_end();
    let said = first.strip_prefix("sep=").and_then(|rest| rest.chars().next()).filter(|sep| SEPARATORS.contains(sep));
    let mut rows = split(text, said.unwrap_or_else(|| separator(text)))?;
    if said.is_some() {
        rows.retain(|row| row.line > 1);
    }
    rows.retain(|row| row.cells.iter().any(|cell| !cell.is_empty()));
    Some(rows)
}

/// What the first row that says anything has most of outside of quotes; the comma, if it has none.
fn separator(text: &str) -> char {
    let (mut counts, mut quoted) = ([0_usize; SEPARATORS.len()], false);
    for character in text.trim_start_matches(['\r', '\n']).chars() {
        match character {
            '"' => quoted = !quoted,
            '\r' | '\n' if !quoted => break,
            _ if quoted => {}
            _ => {
                if let Some(at) = SEPARATORS.iter().position(|separator| *separator == character) {
                    counts[at] += 1;
                }
            }
        }
    }
    let most = counts.iter().max().copied().unwrap_or_default();
    SEPARATORS.into_iter().zip(counts).find(|(_, count)| *count == most).map_or(',', |(separator, _)| separator)
}

fn split(text: &str, separator: char) -> Option<Vec<Row>> {
    let mut rows = Vec::new();
    let (mut line, mut begins) = (1, 1);
    let (mut cells, mut cell) = (Vec::new(), Cell::default());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let ends_line = character == '\n' || character == '\r' && characters.peek() != Some(&'\n');
        line += usize::from(ends_line);
        if cell.quoted {
            match character {
                '"' if characters.next_if_eq(&'"').is_some() => cell.text.push('"'),
                '"' => cell.quoted = false,
                other => cell.text.push(other),
            }
        } else if character == separator {
            cells.push(cell.end());
        } else if ends_line {
            cells.push(cell.end());
            rows.push(Row { line: begins, cells: std::mem::take(&mut cells) });
            begins = line;
        } else if character == '"' && cell.text.trim().is_empty() {
            cell = Cell { text: String::new(), quoted: true };
        } else {
            cell.text.push(character);
        }
    }
    if cell.quoted {
        return None;
    }
    cells.push(cell.end());
    rows.push(Row { line: begins, cells });
    Some(rows)
}

/// A cell that is being read.
#[derive(Default)]
struct Cell {
    text: String,
    /// Whether a quote is open.
    quoted: bool,
}

impl Cell {
    fn end(&mut self) -> String {
        std::mem::take(&mut self.text).trim().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cells(text: &str) -> Vec<(usize, Vec<String>)> {
        read(text).unwrap_or_default().into_iter().map(|row| (row.line, row.cells)).collect()
    }

    fn row(line: usize, cells: &[&str]) -> (usize, Vec<String>) {
        (line, cells.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn what_spreadsheets_write_is_one_table() {
        let table = [row(1, &["email", "name"]), row(2, &["a@b.test", "Ann, B."])];
        for text in [
            "email,name\na@b.test,\"Ann, B.\"",
            "\u{feff}email,name\r\na@b.test,\"Ann, B.\"\r\n",
            "email;name\r\na@b.test;Ann, B.\r\n",
            "email\tname\ra@b.test\tAnn, B.\r",
            "\"email\" , \"name\"\n a@b.test , \"Ann, B.\" \n\n",
        ] {
            assert_eq!(cells(text), table, "{text:?}");
        }
        assert_eq!(cells("sep=;\nemail;name\n"), [row(2, &["email", "name"])]);
    }

    #[test]
    fn a_row_tells_the_line_it_begins_on() {
        let text = "a,b\n\n\"two\nlines\",x\r\n , \nlast,\"say \"\"so\"\"\"";
        assert_eq!(cells(text), [row(1, &["a", "b"]), row(3, &["two\nlines", "x"]), row(6, &["last", "say \"so\""])]);
        assert_eq!(cells("a\r\rb"), [row(1, &["a"]), row(3, &["b"])]);
        assert_eq!(cells("\n\na;b"), [row(3, &["a", "b"])]);
    }

    #[test]
    fn a_quote_counts_where_a_cell_begins() {
        assert_eq!(cells("5\" disk,b"), [row(1, &["5\" disk", "b"])]);
        assert_eq!(cells("\"a\"b,c"), [row(1, &["ab", "c"])]);
        assert_eq!(read("a,\"b\nc,d"), None);
        assert_eq!(read("a,\""), None);
        assert_eq!(read(""), Some(Vec::new()));
    }

    proptest! {
        #[test]
        fn nothing_that_comes_in_stops_it(text in any::<String>()) {
            let _ = read(&text);
        }

        #[test]
        fn what_is_quoted_comes_back(table in prop::collection::vec(prop::collection::vec("[a-z\",;\n\t]{0,6}x", 2..4), 1..5)) {
            let quoted = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
            let text: Vec<_> = table.iter().map(|row| row.iter().map(quoted).collect::<Vec<_>>().join(";")).collect();
            let found: Vec<_> = read(&text.join("\r\n")).unwrap_or_default().into_iter().map(|row| row.cells).collect();
            let trimmed: Vec<Vec<_>> =
                table.iter().map(|row| row.iter().map(|cell| cell.trim().to_owned()).collect()).collect();
            prop_assert_eq!(found, trimmed);
        }
    }
}

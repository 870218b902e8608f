//! One CSV file as rows of named cells. Knows quoting, the byte order mark and row numbers as a spreadsheet shows
//! them; nothing about what the cells mean.

use std::io::{BufReader, Read};

use csv::{ByteRecord, ReaderBuilder, Terminator};

use super::problem::{Place, Problem, Problems};

/// A column that a file may have.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column {
    pub name: &'static str,
    pub needed: Needed,
}

impl Column {
    pub const fn new(name: &'static str, needed: Needed) -> Self {
        Self { name, needed }
    }
}

/// Whether the header must name a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Needed {
    Always,
    IfUsed,
}

/// Which file, and the columns it may have.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shape {
    pub file: &'static str,
    pub columns: &'static [Column],
}

/// One row, its cells trimmed.
pub(super) struct Row<'a> {
    shape: Shape,
    number: u32,
    record: &'a ByteRecord,
    /// For each column of the shape, where its cell is.
    order: &'a [Option<usize>],
}

impl Row<'_> {
    /// The row's number as a spreadsheet shows it; the header is row 1.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// The file's shape.
    pub fn shape(&self) -> Shape {
        self.shape
    }

    /// The trimmed text of a column; empty when the header lacks it. The text is UTF-8: `read` has seen to it.
    pub fn cell(&self, column: &'static str) -> &str {
        let found = self.shape.columns.iter().position(|known| known.name == column);
        debug_assert!(found.is_some(), "{} has no column {column}", self.shape.file);
        let bytes = found.and_then(|at| self.order[at]).and_then(|at| self.record.get(at)).unwrap_or_default();
        std::str::from_utf8(bytes).unwrap_or_default().trim()
    }

    /// Where a cell is, for a report.
    pub fn place(&self, column: &'static str) -> Place {
        Place { file: self.shape.file, row: self.number, column }
    }
}

/// Reads every row of a file. Rows whose form is wrong are reported and left out; so is the rest of a file that cannot
/// be understood at all.
pub(super) fn read(
    shape: Shape,
    input: impl Read,
    problems: &mut Problems,
    mut each: impl FnMut(&Row<'_>, &mut Problems),
) {
    // The added line end closes a last line that lacks one. With `\n` alone as the end of a row, lines can be counted
    // whatever they end with; a `\r` before it is white space, and trimmed.
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .terminator(Terminator::Any(b'\n'))
        .from_reader(BufReader::new(input.chain(&b"\n"[..])));
    let mut record = ByteRecord::new();
    let mut rows = RowNumbers::default();
    let mut header: Option<Vec<Option<usize>>> = None;
    let mut cells = 0;
    loop {
        match reader.read_byte_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(cause) => {
                problems.form(Problem::file(shape.file, format!("cannot be read: {cause}")));
                return;
            }
        }
        let number = rows.next(&record, reader.position().line());
        if record.iter().all(|cell| cell.trim_ascii().is_empty()) {
            continue;
        }
        if let Some(column) = record.iter().position(|cell| std::str::from_utf8(cell).is_err()) {
            let message = format!("cell {} is not UTF-8; save the file as \"CSV UTF-8\"", column + 1);
            problems.form(Problem::row(shape.file, number, message));
            if header.is_none() {
                return;
            }
            continue;
        }
        let Some(order) = &header else {
            let before = problems.len();
            cells = record.len();
            header = Some(read_header(shape, number, &record, problems));
            if problems.len() > before {
                return;
            }
            continue;
        };
        if record.len() != cells {
            let message = format!("has {} cells, the header has {cells}", record.len());
            problems.form(Problem::row(shape.file, number, message));
            continue;
        }
        each(&Row { shape, number, record: &record, order }, problems);
    }
    if header.is_none() {
        problems.form(Problem::file(shape.file, "is empty; it needs a header row".to_owned()));
    }
}

/// Counts rows as a spreadsheet does: an empty line is a row, a line break inside a quoted cell is none.
#[derive(Default)]
struct RowNumbers {
    row: u32,
    lines_ended: u64,
}

impl RowNumbers {
    fn next(&mut self, record: &ByteRecord, line_after: u64) -> u32 {
        let inside: usize = record.iter().map(|cell| cell.iter().filter(|byte| **byte == b'\n').count()).sum();
        let ended = line_after - 1;
        let empty_before = ended.saturating_sub(self.lines_ended + 1 + inside as u64);
        self.lines_ended = ended;
        self.row = self.row.saturating_add(1).saturating_add(u32::try_from(empty_before).unwrap_or(u32::MAX));
        self.row
    }
}

fn read_header(shape: Shape, row: u32, record: &ByteRecord, problems: &mut Problems) -> Vec<Option<usize>> {
    let names: Vec<String> = record.iter().map(|cell| String::from_utf8_lossy(cell).trim().to_owned()).collect();
    let mut order = vec![None; shape.columns.len()];
    if names.len() == 1 && names[0].contains([';', '\t']) {
        let message = "the cells are not separated by commas; save the file as CSV with commas".to_owned();
        problems.form(Problem::row(shape.file, row, message));
        return order;
    }
    for (at, name) in names.iter().enumerate() {
        match shape.columns.iter().position(|column| column.name == name) {
            Some(column) if order[column].is_some() => {
                problems.form(Problem::row(shape.file, row, format!("names the column `{name}` twice")));
            }
            Some(column) => order[column] = Some(at),
            None => {
                let known: Vec<&str> = shape.columns.iter().map(|column| column.name).collect();
                let message = format!("`{name}` is no column of this file; it has {}", known.join(", "));
                problems.form(Problem::row(shape.file, row, message));
            }
        }
    }
    for (column, at) in shape.columns.iter().zip(&order) {
        if column.needed == Needed::Always && at.is_none() {
            problems.form(Problem::row(shape.file, row, format!("the column `{}` is missing", column.name)));
        }
    }
    order
}

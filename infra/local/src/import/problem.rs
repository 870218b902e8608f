//! What is wrong with the files, said so that a person finds the cell and knows what to do.

use std::fmt;

/// A cell: file, row as a spreadsheet numbers it, column by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file's name, such as `people.csv`.
    pub file: &'static str,
    /// The row; the header is row 1.
    pub row: u32,
    /// The column's name.
    pub column: &'static str,
}

impl fmt::Display for Place {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}, row {}, {}", self.file, self.row, self.column)
    }
}

/// One thing that keeps the files from being imported.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    file: &'static str,
    row: Option<u32>,
    column: Option<&'static str>,
    message: String,
}

impl Problem {
    /// Something about a cell.
    pub(super) fn cell(place: Place, message: String) -> Self {
        Self { file: place.file, row: Some(place.row), column: Some(place.column), message }
    }

    /// Something about a row as a whole.
    pub(super) fn row(file: &'static str, row: u32, message: String) -> Self {
        Self { file, row: Some(row), column: None, message }
    }

    /// Something about a file as a whole.
    pub(super) fn file(file: &'static str, message: String) -> Self {
        Self { file, row: None, column: None, message }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, row, column, message } = self;
        match (row, column) {
            (Some(row), Some(column)) => write!(out, "{file}, row {row}, {column}: {message}"),
            (Some(row), None) => write!(out, "{file}, row {row}: {message}"),
            (None, _) => write!(out, "{file}: {message}"),
        }
    }
}

/// Every problem found so far.
#[derive(Debug, Default)]
pub(super) struct Problems {
    found: Vec<Problem>,
    is_unread: bool,
}

impl Problems {
    /// A problem that leaves a row or a file unread, so that nobody can tell what refers to it rightly.
    pub fn form(&mut self, problem: Problem) {
        self.found.push(problem);
        self.is_unread = true;
    }

    /// Whether something could not be read.
    pub fn is_something_unread(&self) -> bool {
        self.is_unread
    }

    /// A problem with one cell.
    pub fn at(&mut self, place: Place, message: impl Into<String>) {
        self.found.push(Problem::cell(place, message.into()));
    }

    pub fn len(&self) -> usize {
        self.found.len()
    }

    /// All of them, file by file from the top.
    pub fn into_sorted(mut self) -> Vec<Problem> {
        self.found.sort();
        self.found
    }
}

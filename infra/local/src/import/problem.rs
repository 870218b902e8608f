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
pub(super) struct Problems(Vec<Problem>);

impl Problems {
    pub fn push(&mut self, problem: Problem) {
        self.0.push(problem);
    }

    /// A problem with one cell.
    pub fn at(&mut self, place: Place, message: impl Into<String>) {
        self.0.push(Problem::cell(place, message.into()));
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// All of them, file by file from the top.
    pub fn into_sorted(mut self) -> Vec<Problem> {
        self.0.sort();
        self.0
    }
}

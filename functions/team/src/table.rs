//! Tables of people to invite (R310): which column is which, and what is wrong with each row.

use std::collections::{BTreeMap, HashMap};

use domain::{
    EmailAddress, Invalid, Language, Role,
    csv::{self, Row},
    fold::fold,
    name::{JobTitle, PersonName, Phone},
};
use serde::Serialize;
use utoipa::ToSchema;
use web::{ApiError, Fields};

use crate::wanted::{self, optional};

/// The most bytes of a table, and the most people: each takes a question of the database, so this bounds what one request
/// can ask.
const MOST_BYTES: usize = 100_000;
const MOST_ROWS: usize = 500;

/// A column by the names it goes by: its own, and what headings call it in English, French and German; folded, letters
/// and digits only.
type Column = (&'static str, &'static [&'static str]);

/// Every column, in the order that a table without headings has; `role` and what follows it may be left out.
const COLUMNS: [Column; 8] = [
    ("email", &["email", "emailaddress", "mail", "courriel", "adresseemail", "emailadresse", "mailadresse"]),
    ("first_name", &["firstname", "givenname", "prenom", "vorname"]),
    ("last_name", &["lastname", "surname", "familyname", "nom", "nomdefamille", "nachname", "familienname"]),
    ("role", &["role", "rolle"]),
    ("permissions", &["permissions", "autorisations", "droits", "berechtigungen", "rechte"]),
    ("language", &["language", "langue", "sprache"]),
    ("job_title", &["jobtitle", "fonction", "funktion"]),
    ("phone", &["phone", "telephone", "telefon", "phonenumber", "numerodetelephone", "telefonnummer"]),
];
/// How many of them every table has.
const NEEDED: usize = 3;

/// Words for roles, as columns have names.
const ROLES: [Column; 2] = [
    ("member", &["member", "membre", "mitglied"]),
    ("manager", &["manager", "accountmanager", "gestionnaire", "gestionnaireducompte", "kontoverwaltung"]),
];

/// A row of the table: somebody to invite, or what stops that.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TableRow {
    /// The line of the table on which the row begins, from 1.
    line: usize,
    email: String,
    first_name: String,
    last_name: String,
    job_title: String,
    phone: String,
    /// `manager` or `member`; what stands there, if it is neither.
    #[schema(example = "member")]
    pub role: String,
    #[schema(example = json!(["view_orders"]))]
    permissions: Vec<String>,
    /// `en`, `fr` or `de`: of whoever asks, if none stands there; what stands there, if it is none of these.
    #[schema(example = "en")]
    pub language: String,
    /// Everything that is wrong with the row; empty if the person can be invited.
    pub problems: Vec<RowProblem>,
    /// The address, if it is one.
    #[serde(skip)]
    pub address: Option<EmailAddress>,
}

/// Something wrong with a row.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RowProblem {
    /// The column, or `line` for the row as a whole.
    #[schema(example = "email")]
    field: &'static str,
    /// As fields of forms have them.
    #[schema(example = "email_invalid")]
    code: String,
    params: BTreeMap<String, String>,
}

impl TableRow {
    /// Notes something wrong.
    pub(crate) fn refuse(&mut self, field: &'static str, code: &str, params: Vec<(&'static str, String)>) {
        let params = params.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        self.problems.push(RowProblem { field, code: code.to_owned(), params });
    }

    fn take<T>(&mut self, field: &'static str, parsed: Result<T, Invalid>) -> Option<T> {
        parsed.map_err(|invalid| self.refuse(field, invalid.code(), invalid.params())).ok()
    }
}

/// Reads a table.
///
/// # Errors
/// If it is no table of people as a whole, at `/csv`.
pub(crate) fn read(text: &str) -> Result<Vec<TableRow>, ApiError> {
    if text.len() > MOST_BYTES {
        return refused("too_long", vec![("max", MOST_BYTES.to_string())]);
    }
    let Some(mut rows) = csv::read(text) else { return refused("csv_quote_open", Vec::new()) };
    let columns = columns(&mut rows)?;
    if rows.len() > MOST_ROWS {
        return refused("too_many_rows", vec![("max", MOST_ROWS.to_string())]);
    }
    let mut seen = HashMap::new();
    Ok(rows
        .into_iter()
        .map(|row| {
            let mut row = person(&row, &columns);
            if let Some(claim) = row.address.as_ref().map(EmailAddress::claim) {
                let line = row.line;
                let first = *seen.entry(claim).or_insert(line);
                if first != line {
                    row.refuse("email", "twice_in_table", vec![("line", first.to_string())]);
                }
            }
            row
        })
        .collect())
}

/// Which column stands where. The first row names them, unless there is an address in it; it is taken out then.
fn columns(rows: &mut Vec<Row>) -> Result<Vec<&'static str>, ApiError> {
    let named = rows.first().filter(|row| !row.cells.iter().any(|cell| cell.contains('@')));
    let Some(heads) = named else { return Ok(COLUMNS.iter().map(|(name, _)| *name).collect()) };
    let (mut columns, mut unknown) = (Vec::new(), Vec::new());
    for head in &heads.cells {
        match word(head, &COLUMNS) {
            Some(name) if columns.contains(&name) => {
                return refused("csv_column_twice", vec![("column", head.clone())]);
            }
            Some(name) => columns.push(name),
            None => unknown.push(head.as_str()),
        }
    }
    // Missing first: a text that is no table at all has no column we know.
    let missing: Vec<_> =
        COLUMNS[..NEEDED].iter().map(|(name, _)| *name).filter(|name| !columns.contains(name)).collect();
    if !missing.is_empty() {
        return refused("csv_columns_missing", vec![("columns", missing.join(", "))]);
    }
    if !unknown.is_empty() {
        return refused("csv_columns_unknown", vec![("columns", unknown.join(", "))]);
    }
    rows.remove(0);
    Ok(columns)
}

fn person(row: &Row, columns: &[&'static str]) -> TableRow {
    let cell = |name| {
        let at = columns.iter().position(|column| *column == name);
        at.and_then(|at| row.cells.get(at)).map(String::as_str).unwrap_or_default().to_owned()
    };
    let (role, language) = (cell("role"), cell("language"));
    let mut is = TableRow {
        line: row.line,
        email: cell("email"),
        first_name: cell("first_name"),
        last_name: cell("last_name"),
        job_title: cell("job_title"),
        phone: cell("phone"),
        role: if role.is_empty() { "member" } else { word(&role, &ROLES).unwrap_or(&role) }.to_owned(),
        permissions: cell("permissions")
            .split([';', ',', '|', ' '])
            .filter(|it| !it.is_empty())
            .map(str::to_owned)
            .collect(),
        // A region behind the language changes nothing.
        language: language.to_lowercase().split(['-', '_']).next().unwrap_or_default().to_owned(),
        problems: Vec::new(),
        address: None,
    };
    if row.cells.iter().skip(columns.len()).any(|cell| !cell.is_empty()) {
        is.refuse("line", "too_many_cells", Vec::new());
    }
    is.address = is.take("email", EmailAddress::parse(&is.email));
    if let Some(address) = &is.address {
        is.email = address.to_string();
    }
    is.take("first_name", PersonName::parse(&is.first_name));
    is.take("last_name", PersonName::parse(&is.last_name));
    is.take("job_title", optional(Some(&is.job_title), JobTitle::parse));
    is.take("phone", optional(Some(&is.phone), Phone::parse));
    let role = is.take("role", wanted::role(&is.role));
    is.take("permissions", wanted::permissions(role, &is.permissions));
    if role == Some(Role::Manager) {
        is.permissions.clear();
    }
    is.take("language", optional(Some(&is.language), Language::parse));
    is
}

/// Which of some words is meant: any case, accents or signs between.
fn word(text: &str, words: &[Column]) -> Option<&'static str> {
    let plain: String = fold(text).chars().filter(|character| character.is_alphanumeric()).collect();
    words.iter().find(|(_, names)| names.contains(&plain.as_str())).map(|(name, _)| *name)
}

fn refused<T>(code: &str, params: Vec<(&'static str, String)>) -> Result<T, ApiError> {
    let mut fields = Fields::new();
    fields.refuse("/csv", code, params);
    fields.finish(None)
}

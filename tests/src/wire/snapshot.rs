//! Everything stored, row by row, so that a test can prove that nothing changed, or say what did.

use std::collections::BTreeMap;

use dynoxide::Database;
use dynoxide::actions::scan::ScanRequest;
use dynoxide::types::AttributeValue;
use serde_json::Value;

/// All rows of all tables: (table, pk, sk) to the row as JSON.
#[derive(Clone, PartialEq, Eq)]
pub struct Snapshot(BTreeMap<(String, String, String), String>);

impl Snapshot {
    pub(super) fn of(database: &Database) -> Self {
        let mut rows = BTreeMap::new();
        for table in database.list_tables(Default::default()).expect("the tables").table_names {
            let mut start = None;
            loop {
                let request =
                    ScanRequest { table_name: table.clone(), exclusive_start_key: start, ..ScanRequest::default() };
                let page = database.scan(request).expect("a page of rows");
                for item in page.items.into_iter().flatten() {
                    let (pk, sk) = (text(item.get("pk")), text(item.get("sk")));
                    let row = serde_json::to_value(&item).expect("a row as JSON");
                    rows.insert((table.clone(), pk, sk), sorted(row).to_string());
                }
                start = page.last_evaluated_key;
                if start.is_none() {
                    break;
                }
            }
        }
        Self(rows)
    }

    /// How many rows a table holds (by the end of its name).
    #[must_use]
    pub fn rows(&self, table: &str) -> usize {
        self.0.keys().filter(|(name, ..)| name.ends_with(table)).count()
    }

    /// Every row of a table whose key parts hold these texts, as JSON.
    #[must_use]
    pub fn find(&self, table: &str, pk: &str, sk: &str) -> Vec<Value> {
        self.0
            .iter()
            .filter(|((name, p, s), _)| name.ends_with(table) && p.contains(pk) && s.contains(sk))
            .map(|(_, row)| serde_json::from_str(row).expect("a row is JSON"))
            .collect()
    }

    /// Whether any row holds this text anywhere.
    #[must_use]
    pub fn holds(&self, text: &str) -> bool {
        self.0.iter().any(|((_, pk, sk), row)| pk.contains(text) || sk.contains(text) || row.contains(text))
    }

    /// What became different since, one line a row: `+ accounts pk sk`, `- …`, `~ …`.
    #[must_use]
    pub fn changes(&self, later: &Self) -> Vec<String> {
        let mut lines = Vec::new();
        for (key, row) in &self.0 {
            match later.0.get(key) {
                None => lines.push(line('-', key)),
                Some(now) if now != row => lines.push(line('~', key)),
                Some(_) => {}
            }
        }
        lines.extend(later.0.keys().filter(|key| !self.0.contains_key(*key)).map(|key| line('+', key)));
        lines
    }
}

/// The same value with its names in order, so that equal rows are equal texts.
fn sorted(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let ordered: BTreeMap<_, _> = fields.into_iter().map(|(name, field)| (name, sorted(field))).collect();
            Value::Object(ordered.into_iter().collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(sorted).collect()),
        plain => plain,
    }
}

fn line(mark: char, (table, pk, sk): &(String, String, String)) -> String {
    format!("{mark} {table} {pk} {sk}")
}

fn text(value: Option<&AttributeValue>) -> String {
    match value {
        Some(AttributeValue::S(text)) => text.clone(),
        other => format!("{other:?}"),
    }
}

//! Customers in any number, as rows in the lists of the partner of the test vendor: written past the portal, in the form
//! in which it writes them.

use std::collections::HashMap;
use std::ops::Range;

use domain::{Date, SignedDuration, fold::fold};
use dynoxide::ImportOptions;
use dynoxide::types::{AttributeValue, Item};
use serde_json::Value;

use super::{TABLES, TestPortal};

/// Rows that one call of the database takes.
const AT_ONCE: usize = 10_000;
/// Prime, and more than customers ever are: `n · STEP mod MODULUS` goes through all places, so that any first thousand
/// lie spread over all that come later.
const MODULUS: u64 = 1_000_003;
const STEP: u64 = 618_033;
/// How their names begin; as long as each other, so that pages are.
const WORDS: [&str; 2] = ["Élan", "Zéro"];
const STATES: [&str; 3] = ["active", "suspended", "closed"];

/// A customer of the crowd.
struct One {
    number: String,
    name: String,
    state: &'static str,
    products: &'static [&'static str],
    ends: Date,
}

impl One {
    fn of(n: u64) -> Self {
        let place = n * STEP % MODULUS;
        let day = i64::try_from(place % 3_650).expect("a day");
        Self {
            number: format!("C{:09}", 100_000_000 + place),
            name: format!("{} {place:07}", WORDS[usize::from(place % 2 == 1)]),
            state: STATES[usize::try_from(n % 3).expect("a state")],
            products: if (n / 3).is_multiple_of(2) { &["NLD"] } else { &["NLR"] },
            ends: Date::constant(2027, 1, 1) + SignedDuration::from_hours(24 * day),
        }
    }

    /// Its rows: among all, and among those of its products.
    fn rows(&self, model: &Item, partition: &str) -> impl Iterator<Item = Item> {
        let (name, end) = (format!("{}\t{}", fold(&self.name), self.number), format!("{}\t{}", self.ends, self.number));
        let text = |text: String| AttributeValue::S(text);
        let products = self.products.iter().map(|code| text((*code).to_owned()));
        let changed: HashMap<&str, AttributeValue> = HashMap::from([
            ("sk", text(self.number.clone())),
            ("na", text(self.name.clone())),
            ("st", text(self.state.to_owned())),
            ("ps", AttributeValue::L(products.collect())),
            ("pn", AttributeValue::N(self.products.len().to_string())),
            ("re", text(self.ends.to_string())),
            ("s", text(name.clone())),
            ("e", text(end.clone())),
            ("em", text(format!("{}#{name}", self.state))),
            ("seen", text(format!("{}#{end}", self.state))),
        ]);
        let partitions =
            [partition.to_owned()].into_iter().chain(self.products.iter().map(|code| format!("{partition}#{code}")));
        let partitions: Vec<_> = partitions.collect();
        let mut row = model.clone();
        row.extend(changed.into_iter().map(|(attribute, value)| (attribute.to_owned(), value)));
        partitions.into_iter().map(move |partition| {
            let mut row = row.clone();
            row.insert("pk".to_owned(), AttributeValue::S(partition));
            row
        })
    }
}

/// Who writes them.
pub struct Crowd<'a> {
    portal: &'a TestPortal,
    model: Item,
    partition: String,
}

impl TestPortal {
    /// A crowd of Orion's customers, none of whom is there yet.
    ///
    /// # Panics
    /// If Orion has no customer to take for a model.
    #[must_use]
    pub fn crowd(&self) -> Crowd<'_> {
        let listed = self.wire.snapshot().find("accounts", "CUSTOMERS#", "C10423");
        let partition = |row: &Value| row["pk"]["S"].as_str().expect("a partition").to_owned();
        let model = listed.iter().find(|row| partition(row).matches('#').count() == 1).expect("a row of Acme's");
        let item = serde_json::from_value(model.clone()).expect("a row");
        Crowd { portal: self, partition: partition(model), model: item }
    }
}

impl Crowd<'_> {
    /// Writes these of them: each has a license of one product, a third of them is in each status. Any of them lie among
    /// all others: where a page of the first thousand ends, a page of a million can end.
    ///
    /// # Panics
    /// If they cannot be written.
    pub fn add(&self, which: Range<u64>) {
        let Self { portal, model, partition } = self;
        for first in which.clone().step_by(AT_ONCE) {
            let some = first..(first + AT_ONCE as u64).min(which.end);
            let rows = some.flat_map(|n| One::of(n).rows(model, partition).collect::<Vec<_>>()).collect();
            let (database, table) = (portal.wire.database(), format!("{TABLES}accounts"));
            let written = database.import_items(&table, rows, ImportOptions::default());
            assert!(written.is_ok(), "rows are written");
        }
    }
}

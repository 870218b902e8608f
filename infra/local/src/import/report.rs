//! What an import did, or would do, or why it did nothing.

use std::fmt;
use std::time::Duration;

use super::Mode;
use super::problem::Problem;
use super::progress::{duration, thousands};

/// What became of the rows of one file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Not in the portal before.
    pub new: usize,
    /// In the portal, and different.
    pub changed: usize,
    /// In the portal just so.
    pub unchanged: usize,
}

impl Tally {
    /// All rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.new + self.changed + self.unchanged
    }
}

/// The rows of each file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tallies {
    /// `products.csv`
    pub products: Tally,
    /// `customers.csv`
    pub customers: Tally,
    /// `people.csv`
    pub people: Tally,
    /// `orders.csv`
    pub orders: Tally,
    /// `licenses.csv`
    pub licenses: Tally,
    /// `partners.csv`
    pub partners: Tally,
}

impl Tallies {
    fn by_name(&self) -> [(&'static str, Tally); 6] {
        [
            ("products", self.products),
            ("customers", self.customers),
            ("people", self.people),
            ("orders", self.orders),
            ("licenses", self.licenses),
            ("partner links", self.partners),
        ]
    }

    /// Whether every row was in the portal just so.
    #[must_use]
    pub fn says_nothing_new(&self) -> bool {
        self.by_name().iter().all(|(_, tally)| tally.rows() == tally.unchanged)
    }
}

/// How an import ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The files are in order.
    Done(Tallies),
    /// The files have problems; nothing was written.
    Refused(Vec<Problem>),
}

/// An import's outcome, for a person.
#[derive(Debug, Clone)]
pub struct Report {
    /// Whether rows were to be written.
    pub mode: Mode,
    /// What came of it.
    pub outcome: Outcome,
    /// How long it took.
    pub took: Duration,
}

impl fmt::Display for Report {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.outcome {
            Outcome::Refused(problems) => {
                for problem in problems {
                    writeln!(out, "{problem}")?;
                }
                let noun = if problems.len() == 1 { "problem" } else { "problems" };
                write!(out, "\n{} {noun}; nothing was written.", thousands(problems.len()))
            }
            Outcome::Done(tallies) => {
                writeln!(out, "{:<14}{:>10}{:>10}{:>12}", "", "new", "changed", "unchanged")?;
                for (name, tally) in tallies.by_name() {
                    let [new, changed, unchanged] = [tally.new, tally.changed, tally.unchanged].map(thousands);
                    writeln!(out, "{name:<14}{new:>10}{changed:>10}{unchanged:>12}")?;
                }
                let took = duration(self.took);
                match (self.mode, tallies.says_nothing_new()) {
                    (_, true) => {
                        write!(out, "\nThe portal says all of this already; nothing was written. Took {took}.")
                    }
                    (Mode::DryRun, false) => {
                        write!(out, "\nNo problems. This was a dry run; nothing was written. Took {took}.")
                    }
                    (Mode::Write, false) => write!(out, "\nImported in {took}. No mail was sent."),
                }
            }
        }
    }
}

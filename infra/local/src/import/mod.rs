//! Importing a vendor's records from CSV files (R701).
//!
//! Everything is checked before anything is written: each cell, each reference between the files, and everything
//! against what the portal holds. Then products, customers with their people, orders with their licenses, and partner
//! links are written in that order, each customer and each order whole or not at all. What was written is remembered
//! row by row, so that the same files change nothing when they come again, a changed row is updated, and a run that
//! was interrupted is finished by running it again. What the files no longer name stays as it is. No mail is sent.

mod apply;
mod cells;
mod check;
mod compare;
mod customers;
mod files;
mod known;
mod licenses;
mod orders;
mod partners;
mod people;
mod problem;
mod products;
mod progress;
mod report;
mod source;
mod table;

use std::time::Instant;

use anyhow::Result;
use domain::{TimeZone, Timestamp};
use store::Store;

pub use problem::Problem;
pub use progress::Audience;
pub use report::{Outcome, Report, Tallies, Tally};
pub use source::Source;

use files::Files;
use known::Known;
use problem::Problems;

/// Whether rows are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Everything is checked and compared, nothing written.
    DryRun,
    /// What is new or changed is written, if nothing is wrong.
    Write,
}

/// Checks the files and, if nothing is wrong with them, writes what they say.
pub async fn import(source: &Source, store: &Store, mode: Mode, audience: Audience, now: Timestamp) -> Result<Report> {
    let began = Instant::now();
    let mut problems = Problems::default();
    let files = Files::read(source, &mut problems)?;
    let import = store.import();
    let known = Known::load(&import, &files, audience).await?;
    if !problems.is_something_unread() {
        check::check(&files, &known, &mut problems);
    }
    let outcome = if problems.len() > 0 {
        Outcome::Refused(problems.into_sorted())
    } else {
        let tallies = compare::tallies(&files, &known);
        if mode == Mode::Write && !tallies.says_nothing_new() {
            // Ends that have passed are no next renewals in the lists of partners that the import makes.
            let today = now.to_zoned(TimeZone::UTC).date();
            store.note_ends_passed(today.yesterday()?).await?;
            apply::apply(&files, known, &import, now, audience).await?;
        }
        Outcome::Done(tallies)
    };
    Ok(Report { mode, outcome, took: began.elapsed() })
}

//! What is due by the calendar: reminders that contracts end (R405), asking owners to review who has access (R315), the
//! lists of partners past ends that are over (R503), guests whose time ends (R510), and work that a request left unfinished.
//!
//! It may run at any time, as often as one likes, twice at once, and late: each reminder is a condition on a row, each
//! job is done when its row is gone. The schedule decides only how soon.

mod guests;
mod pass;
mod remind;
mod review;
mod run;

pub use run::{Done, Housekeeping};

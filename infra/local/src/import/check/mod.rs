//! What no file can tell alone: whether references lead somewhere, and whether what the files say fits together and
//! with what the portal holds.

mod licenses;
mod orders;
mod partners;
mod people;

use domain::{AccountKind, number::CustomerNumber};

use super::files::Files;
use super::known::Known;
use super::problem::{Place, Problems};

/// Checks everything, and notes each problem.
pub(super) fn check(files: &Files, known: &Known, problems: &mut Problems) {
    people::check(files, known, problems);
    orders::check(files, known, problems);
    licenses::check(files, known, problems);
    partners::check(files, known, problems);
}

/// Whether an account exists, in the files or in the portal, and what kind it is.
enum Reference {
    /// Of this kind.
    Kind(AccountKind),
    /// In the files, in a row whose kind is not known because it is faulty; that row has its own problem.
    Faulty,
    /// Nowhere.
    Missing,
}

fn account(files: &Files, known: &Known, number: &CustomerNumber) -> Reference {
    let named = files.customers.named.get(number);
    match named.and_then(|named| named.kind).or_else(|| known.kind(number)) {
        Some(kind) => Reference::Kind(kind),
        None if named.is_some() => Reference::Faulty,
        None => Reference::Missing,
    }
}

fn missing(number: &CustomerNumber, place: Place, problems: &mut Problems) {
    problems.at(place, format!("there is no customer {number}, neither in customers.csv nor in the portal"));
}

//! Partner links: from a partner to a customer.

use domain::{AccountKind, number::CustomerNumber};

use super::super::files::Files;
use super::super::known::Known;
use super::super::partners::{PARTNERS, Partnership};
use super::super::problem::{Place, Problems};
use super::{Reference, account, missing};

pub(super) fn check(files: &Files, known: &Known, problems: &mut Problems) {
    for link in &files.partners.rows {
        let record = &link.record;
        is_of_kind(AccountKind::Partner, &record.partner, at(link, "partner"), files, known, problems);
        is_of_kind(AccountKind::Customer, &record.customer, at(link, "customer"), files, known, problems);
        let stored = known.whole(&record.customer).and_then(|stored| stored.partner.as_ref());
        if let Some(stored) = stored.filter(|stored| stored.number != record.partner) {
            let message =
                format!("{} is looked after by {} in the portal; end that first", record.customer, stored.number);
            problems.at(at(link, "partner"), message);
        }
    }
}

fn is_of_kind(
    wanted: AccountKind,
    number: &CustomerNumber,
    place: Place,
    files: &Files,
    known: &Known,
    problems: &mut Problems,
) {
    let message = match (account(files, known, number), wanted) {
        (Reference::Missing, _) => return missing(number, place, problems),
        (Reference::Kind(AccountKind::Customer), AccountKind::Partner) => "is a customer, not a partner",
        (Reference::Kind(AccountKind::Partner), AccountKind::Customer) => "is a partner, not a customer",
        (Reference::Kind(_) | Reference::Faulty, _) => return,
    };
    problems.at(place, format!("{number} {message}"));
}

fn at(link: &Partnership, column: &'static str) -> Place {
    Place { file: PARTNERS.file, row: link.row, column }
}

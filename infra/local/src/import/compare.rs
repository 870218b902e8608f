//! New, changed or unchanged: what each row says against what the portal was told last.

use store::import::{Fingerprint, KnownCustomer, Stage};

use super::files::Files;
use super::known::Known;
use super::report::{Tallies, Tally};

/// What became of a row since the last import.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    New,
    Changed,
    Unchanged,
}

impl Change {
    pub fn of<T: PartialEq>(known: Option<&T>, now: &T) -> Self {
        match known {
            None => Self::New,
            Some(known) if known == now => Self::Unchanged,
            Some(_) => Self::Changed,
        }
    }
}

impl Tally {
    fn count(&mut self, change: Change) {
        match change {
            Change::New => self.new += 1,
            Change::Changed => self.changed += 1,
            Change::Unchanged => self.unchanged += 1,
        }
    }
}

/// Counts the rows of each file by what became of them.
pub(super) fn tallies(files: &Files, known: &Known) -> Tallies {
    let mut tallies = Tallies::default();
    for product in &files.products.rows {
        let said = known.products.get(&product.code).map(|known| product.is_said_of(known));
        tallies.products.count(Change::of(said.as_ref(), &true));
    }
    for account in &files.customers.rows {
        let stored = known.whole(&account.number).map(|stored| &stored.fingerprint);
        tallies.customers.count(Change::of(stored, &account.fingerprint));
    }
    for (number, team) in &files.people.teams {
        let stored = known.whole(number);
        for person in &team.people {
            tallies
                .people
                .count(Change::of(person_of(stored, &person.record.email.claim()), &person.record.fingerprint));
        }
    }
    for order in &files.orders.rows {
        let stored = known.orders.get(&order.record.number).map(|stored| &stored.fingerprint);
        tallies.orders.count(Change::of(stored, &order.record.fingerprint));
    }
    for (number, lines) in &files.licenses.lines {
        let stored = known.orders.get(number);
        for line in lines {
            let stored = stored.and_then(|stored| stored.lines.get(&line.record.line.to_string()));
            tallies.licenses.count(Change::of(stored, &line.record.fingerprint));
        }
    }
    for link in &files.partners.rows {
        let stored = known.customers.get(&link.record.customer).and_then(|stored| stored.partner.as_ref());
        tallies.partners.count(Change::of(stored.map(|partner| &partner.fingerprint), &link.record.fingerprint));
    }
    tallies
}

/// What the portal was told of a person in an account.
pub(super) fn person_of<'a>(stored: Option<&'a KnownCustomer>, claim: &str) -> Option<&'a Fingerprint> {
    stored.filter(|stored| stored.stage == Stage::Whole)?.people.get(claim).map(|person| &person.fingerprint)
}

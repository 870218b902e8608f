//! Accounts and their people: each account has exactly one owner, whom an import never changes (R313).

use domain::{Role, number::CustomerNumber};

use super::super::customers::CUSTOMERS;
use super::super::files::Files;
use super::super::known::Known;
use super::super::people::{PEOPLE, Person, Team};
use super::super::problem::{Place, Problems};
use super::{Reference, account, missing};

pub(super) fn check(files: &Files, known: &Known, problems: &mut Problems) {
    for (number, named) in &files.customers.named {
        let Some(stored) = known.whole(number) else {
            if !files.people.teams.contains_key(number) {
                problems.at(at(CUSTOMERS.file, named.row, "number"), format!("{number} has no owner in people.csv"));
            }
            continue;
        };
        if named.kind.is_some_and(|kind| kind != stored.kind) {
            let message = format!("{number} is of the other kind in the portal; an account keeps its kind");
            problems.at(at(CUSTOMERS.file, named.row, "kind"), message);
        }
    }
    for (number, team) in &files.people.teams {
        if matches!(account(files, known, number), Reference::Missing) {
            for row in team.named.values() {
                missing(number, at(PEOPLE.file, *row, "customer"), problems);
            }
            continue;
        }
        match known.whole(number) {
            Some(stored) => keeps_owner(number, team, &stored.owner, problems),
            None => has_one_owner(files, number, team, problems),
        }
    }
}

fn has_one_owner(files: &Files, number: &CustomerNumber, team: &Team, problems: &mut Problems) {
    let mut owners: Vec<&Person> = team.people.iter().filter(|person| person.record.role == Role::Owner).collect();
    owners.sort_by_key(|owner| owner.row);
    if let [first, others @ ..] = owners.as_slice() {
        for other in others {
            let message = format!("{number} has an owner already, in row {}", first.row);
            problems.at(at(PEOPLE.file, other.row, "role"), message);
        }
    } else if !team.is_faulty
        && let Some(named) = files.customers.named.get(number)
    {
        problems.at(at(CUSTOMERS.file, named.row, "number"), format!("{number} has no owner in people.csv"));
    }
}

fn keeps_owner(number: &CustomerNumber, team: &Team, owner: &str, problems: &mut Problems) {
    for person in &team.people {
        let is_owner = person.record.email.claim() == owner;
        let message = match (person.record.role, is_owner) {
            (Role::Owner, false) => {
                format!("{number} is owned by {owner} in the portal; an import does not change owners")
            }
            (Role::Manager | Role::Member, true) => {
                format!("{owner} owns {number} in the portal; an import does not change owners")
            }
            (Role::Owner, true) | (Role::Manager | Role::Member, false) => continue,
        };
        problems.at(at(PEOPLE.file, person.row, "role"), message);
    }
}

fn at(file: &'static str, row: u32, column: &'static str) -> Place {
    Place { file, row, column }
}

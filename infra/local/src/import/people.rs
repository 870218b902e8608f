//! `people.csv`: who belongs to an account, and as what.

use std::collections::HashMap;
use std::io::Read;

use domain::{
    EmailAddress, Language, Permission, Role,
    name::{JobTitle, PersonName, Phone},
    number::CustomerNumber,
};
use store::import::{MOST_PEOPLE, PersonRecord};

use super::cells::mixes_alphabets;
use super::problem::Problems;
use super::table::{
    Column,
    Needed::{Always, IfUsed},
    Row, Shape, read,
};

pub(super) const PEOPLE: Shape = Shape {
    file: "people.csv",
    columns: &[
        Column::new("customer", Always),
        Column::new("email", Always),
        Column::new("first_name", Always),
        Column::new("last_name", Always),
        Column::new("job_title", IfUsed),
        Column::new("phone", IfUsed),
        Column::new("language", Always),
        Column::new("role", Always),
        Column::new("permissions", IfUsed),
    ],
};

/// A person's row.
#[derive(Debug)]
pub(super) struct Person {
    pub row: u32,
    pub record: PersonRecord,
}

/// The people of one account.
#[derive(Debug, Default)]
pub(super) struct Team {
    pub people: Vec<Person>,
    /// The rows of everyone named, by the form in which addresses are compared; faulty rows too.
    pub named: HashMap<String, u32>,
    /// Whether a row was refused, so that it is not known whether the team is complete.
    pub is_faulty: bool,
}

/// Everyone, by account.
#[derive(Debug, Default)]
pub(super) struct People {
    pub teams: HashMap<CustomerNumber, Team>,
    pub count: usize,
}

impl People {
    pub fn read(input: impl Read, problems: &mut Problems) -> Self {
        let mut people = Self::default();
        let mut first_rows = HashMap::new();
        read(PEOPLE, input, problems, |row, problems| {
            people.count += 1;
            let customer = row.needed("customer", CustomerNumber::parse, problems);
            let email = row.needed("email", EmailAddress::parse, problems);
            let record = person(row, email.clone(), problems);
            let (Some(customer), Some(email)) = (customer, email) else { return };
            let team = people.teams.entry(customer.clone()).or_default();
            let claim = email.claim();
            if let Some(first) = team.named.get(&claim) {
                problems.at(row.place("email"), format!("{email} is already in row {first}, for the same customer"));
                return;
            }
            if team.named.len() == MOST_PEOPLE {
                let message = format!("{customer} has more than {MOST_PEOPLE} people; an import takes no larger teams");
                problems.at(row.place("customer"), message);
                return;
            }
            team.named.insert(claim.clone(), row.number());
            match record {
                Some(record) if is_same_person(row, &claim, &record, &mut first_rows, problems) => {
                    team.people.push(Person { row: row.number(), record });
                }
                _ => team.is_faulty = true,
            }
        });
        people
    }
}

fn person(row: &Row<'_>, email: Option<EmailAddress>, problems: &mut Problems) -> Option<PersonRecord> {
    let first_name = row.needed("first_name", PersonName::parse, problems);
    let last_name = row.needed("last_name", PersonName::parse, problems);
    let job_title = row.optional("job_title", JobTitle::parse, problems);
    let phone = row.optional("phone", Phone::parse, problems);
    let language = row.needed("language", Language::parse, problems);
    let role = row.needed("role", Role::parse, problems);
    let permissions = row.list("permissions", Permission::parse, problems);
    let email = email?;
    if mixes_alphabets(email.as_str()) {
        problems
            .at(row.place("email"), format!("{email} mixes alphabets, so that it can be taken for another address"));
        return None;
    }
    let (role, permissions) = (role?, permissions?);
    if role != Role::Member && !permissions.is_empty() {
        problems.at(row.place("permissions"), "are for members; owners and managers have them all");
        return None;
    }
    Some(PersonRecord {
        email,
        first_name: first_name?,
        last_name: last_name?,
        job_title: job_title?,
        phone: phone?,
        language: language?,
        role,
        permissions: permissions.into_iter().collect(),
        fingerprint: row.fingerprint(),
    })
}

/// One address is one person: the same name and language in every account.
fn is_same_person(
    row: &Row<'_>,
    claim: &str,
    record: &PersonRecord,
    first_rows: &mut HashMap<String, (u32, String, Language)>,
    problems: &mut Problems,
) -> bool {
    let name = format!("{} {}", record.first_name, record.last_name);
    let Some((first, known, language)) = first_rows.get(claim) else {
        first_rows.insert(claim.to_owned(), (row.number(), name, record.language));
        return true;
    };
    if *known != name {
        problems.at(row.place("email"), format!("{} is {name} here and {known} in row {first}", record.email));
    }
    if *language != record.language {
        let message = format!("{} speaks another language in row {first}: {}", record.email, language.tag());
        problems.at(row.place("language"), message);
    }
    *known == name && *language == record.language
}

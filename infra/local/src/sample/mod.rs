//! The sample vendor, Northlight CAD: loaded by the importer like any vendor's files, and then, what no import does,
//! everyone gets a password.

mod files;
mod releases;
mod sign_ins;
mod zip;

use std::collections::BTreeSet;

use anyhow::{Context, Result, bail};
use credentials::Password;
use domain::{
    EmailAddress, Language, TimeZone, Timestamp, UserId, name::PersonName, number::CustomerNumber,
    sign_in_name::SignInName,
};
use store::Store;

use crate::import::{Audience, Mode, Outcome, Problem, import};
use crate::staff_people::{self, NewStaff};
use crate::storage::Storage;

pub use files::activation_code;
pub use sign_ins::{PASSWORD, SIGN_INS, STAFF, SampleStaff, SignIn};

/// Loads the sample vendor; a second time, on the same day, changes nothing.
pub async fn load(store: &Store, storage: &Storage, now: Timestamp) -> Result<()> {
    let today = now.to_zoned(TimeZone::UTC).date();
    let report = import(&files::source(today), store, Mode::Write, Audience::Nobody, now).await?;
    if let Outcome::Refused(problems) = report.outcome {
        bail!("the sample has a problem: {}", problems.first().map(Problem::to_string).unwrap_or_default());
    }
    // One hash for all: a hash takes as long as the rest of the sample together.
    let hash = Password::typed(PASSWORD).context("the sample's password")?.hash().context("the sample's password")?;
    let mut users = people(store).await?;
    users.extend(people_of_vendor(store, now).await?);
    store.import().set_passwords(&users, hash.to_store()).await?;
    releases::load(store, storage, today).await
}

/// The vendor's own people, who are there then.
async fn people_of_vendor(store: &Store, now: Timestamp) -> Result<Vec<UserId>> {
    let mut users = Vec::with_capacity(STAFF.len());
    for SampleStaff { name, names: [first, last], role } in STAFF {
        let email = EmailAddress::parse(name)?;
        let known = store.whose(&SignInName::Email(email.clone())).await?;
        if known.is_none() {
            let names = Some((PersonName::parse(first)?, PersonName::parse(last)?));
            staff_people::add(store, &NewStaff { email: email.clone(), names, role, language: Language::En }, now)
                .await?;
        }
        users.extend(store.whose(&SignInName::Email(email)).await?);
    }
    Ok(users)
}

/// Everyone in the sample.
async fn people(store: &Store) -> Result<Vec<UserId>> {
    let numbers: Vec<CustomerNumber> =
        files::customer_numbers().filter_map(|text| CustomerNumber::parse(text).ok()).collect();
    let found = store.import().customers(&numbers.iter().collect::<Vec<_>>()).await?;
    let users: BTreeSet<UserId> =
        found.iter().flat_map(|(_, customer)| customer.people.values().map(|person| person.user)).collect();
    Ok(users.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many rows of a file hold each of these cells.
    fn counts(file: &str, cells: &[&str]) -> Vec<usize> {
        let rows: Vec<&str> = files::rows(file).collect();
        cells.iter().map(|cell| rows.iter().filter(|row| row.split(',').any(|part| part == *cell)).count()).collect()
    }

    #[test]
    fn the_sample_holds_something_of_everything() {
        assert_eq!(counts("customers.csv", &["customer", "partner", "suspended", "closed"]), [40, 3, 1, 1]);
        for (file, cells) in [
            ("people.csv", &["owner", "manager", "member", "view_orders", "view_orders;manage_licenses"][..]),
            ("licenses.csv", &["perpetual", "subscription", "trial", "demo"]),
            ("partners.csv", &["automatic", "guests_only"]),
        ] {
            assert!(counts(file, cells).iter().all(|rows| *rows > 0), "{file}: {cells:?}");
        }
        for sign_in in SIGN_INS {
            assert!(counts("people.csv", &[sign_in.name])[0] > 0, "{} is nobody", sign_in.name);
        }
    }
}

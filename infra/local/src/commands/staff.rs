//! Making the vendor's own people staff, in the portal of a data folder.

use std::io::{Write, stdout};
use std::process::ExitCode;

use anyhow::{Result, anyhow};
use domain::{EmailAddress, Invalid, Language, StaffRole, name::PersonName};
use web::Clock;

use super::opened::{Opened, no_portal};
use crate::data_folder::{DataFolder, Vendor};
use crate::options::{AddStaff, RemoveStaff, Staff};
use crate::staff_people::{Added, NewStaff, add, nameless, remove};

pub(super) async fn staff(options: &Staff) -> Result<ExitCode> {
    let said = match options {
        Staff::Add(options) => {
            let new = new_staff(options)?;
            let folder = match DataFolder::open_existing(&options.data)? {
                Some(folder) => folder,
                // A portal without the sample vendor, which gets its first staff person here.
                None if new.names.is_some() => DataFolder::open(&options.data, Vendor::Own)?,
                None => return Err(nameless(&new.email)),
            };
            let opened = Opened::open(folder).await?;
            said(&new, add(&opened.store, &new, Clock::system().now()).await?)
        }
        Staff::Remove(RemoveStaff { email, data }) => {
            let email = read("the address", email, EmailAddress::parse)?;
            let folder = DataFolder::open_existing(data)?.ok_or_else(|| no_portal(data))?;
            remove(&Opened::open(folder).await?.store, &email).await?;
            format!("{email} is not staff any more; all their sessions have ended.")
        }
    };
    writeln!(stdout(), "{said}")?;
    Ok(ExitCode::SUCCESS)
}

fn new_staff(options: &AddStaff) -> Result<NewStaff> {
    let name =
        |option, text: &Option<String>| text.as_ref().map(|text| read(option, text, PersonName::parse)).transpose();
    let (first, last) = (name("--first-name", &options.first_name)?, name("--last-name", &options.last_name)?);
    Ok(NewStaff {
        email: read("the address", &options.email, EmailAddress::parse)?,
        names: first.zip(last),
        role: read("--role", &options.role, StaffRole::parse)?,
        language: read("--language", &options.language, Language::parse)?,
    })
}

fn read<T>(what: &str, text: &str, parse: impl FnOnce(&str) -> Result<T, Invalid>) -> Result<T> {
    parse(text).map_err(|invalid| anyhow!("{what} \"{text}\" {invalid}"))
}

fn said(new: &NewStaff, added: Added) -> String {
    let NewStaff { email, role, .. } = new;
    let role = match role {
        StaffRole::Support => "support",
        StaffRole::Admin => "admin",
    };
    match added {
        Added::Login(password) => format!(
            "{email} is staff now ({role}).\n\nInitial password, shown this once:  {password}\n\nIt is good for 72 hours \
             and changed at the first sign-in; a second factor is set up after that."
        ),
        Added::Role => {
            format!("{email} has a login already, and is staff now ({role}). All their sessions have ended.")
        }
        Added::RoleWithoutPassword => format!(
            "{email} is staff now ({role}). A login was prepared for them before: \"Forgot your password?\" on the \
             sign-in page mails them the way to their first password."
        ),
    }
}

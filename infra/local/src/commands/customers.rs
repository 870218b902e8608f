//! Proving and mending the lists of customers that partners have, in the portal of a data folder.

use std::io::{Write, stdout};
use std::process::ExitCode;

use anyhow::{Context, Result, anyhow};
use domain::number::CustomerNumber;

use super::opened::{Opened, no_portal};
use crate::customer_lists::repair;
use crate::data_folder::DataFolder;
use crate::options::{Customers, RepairCustomers};

pub(super) async fn customers(options: &Customers) -> Result<ExitCode> {
    let Customers::Repair(RepairCustomers { partner, data }) = options;
    let number = partner.as_deref().map(CustomerNumber::parse).transpose();
    let number = number.map_err(|invalid| anyhow!("--partner {invalid}"))?;
    let folder = DataFolder::open_existing(data)?.ok_or_else(|| no_portal(data))?;
    let opened = Opened::open(folder).await?;
    let partner = match &number {
        None => None,
        Some(number) => {
            let found = opened.store.partner_of_number(number).await?;
            Some(found.with_context(|| format!("{number} is no partner's number"))?)
        }
    };
    writeln!(stdout(), "{}", repair(&opened.store, partner).await?)?;
    Ok(ExitCode::SUCCESS)
}

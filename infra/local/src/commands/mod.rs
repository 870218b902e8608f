//! What the command line can do, one file each.

mod customers;
mod import;
mod openapi;
mod opened;
mod site;
mod staff;
mod start;

use std::io::{Write, stderr};
use std::process::ExitCode;

use anyhow::{Error, Result};

use crate::options::{Command, Options};

/// Does what the options ask for. Whatever goes wrong is one line on standard error, and the status is 1.
#[must_use]
pub fn run(options: &Options) -> ExitCode {
    match perform(options) {
        Ok(status) => status,
        Err(error) => {
            let _ = writeln!(stderr(), "portico: {}", on_one_line(&error));
            ExitCode::FAILURE
        }
    }
}

fn perform(options: &Options) -> Result<ExitCode> {
    match &options.command {
        Some(Command::Openapi) => return openapi::openapi(),
        Some(Command::Site(to)) => return site::site(to),
        Some(Command::Import(_) | Command::Staff(_) | Command::Customers(_)) | None => {}
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let status = runtime.block_on(async {
        match &options.command {
            Some(Command::Import(what)) => import::import(what).await,
            Some(Command::Staff(what)) => staff::staff(what).await,
            Some(Command::Customers(what)) => customers::customers(what).await,
            Some(Command::Openapi | Command::Site(_)) | None => start::start(&options.start).await,
        }
    });
    // Whatever still blocks is nothing anybody waits for.
    runtime.shutdown_background();
    status
}

/// An error with all its causes, each said once.
fn on_one_line(error: &Error) -> String {
    error.chain().fold(String::new(), |line, cause| {
        let words = cause.to_string().replace('\n', " ");
        match line.as_str() {
            "" => words,
            said if said.ends_with(&words) => line,
            _ => format!("{line}: {words}"),
        }
    })
}

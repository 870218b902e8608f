//! Importing CSV files into the portal of a data folder.

use std::io::{Write, stderr, stdout};
use std::process::ExitCode;

use anyhow::Result;
use store::{Store, schema};
use web::Clock;

use crate::config::{TABLES, access};
use crate::data_folder::{DataFolder, Vendor};
use crate::emulator::{Emulator, Storage};
use crate::import::{Audience, Mode, Outcome, Source, import as import_files};
use crate::options::Import;

pub(super) async fn import(options: &Import) -> Result<ExitCode> {
    let source = Source::folder(&options.folder)?;
    let (mode, folder) = if options.dry_run {
        // A portal that is not there yet is not made by looking.
        (Mode::DryRun, DataFolder::open_existing(&options.data)?)
    } else {
        (Mode::Write, Some(DataFolder::open(&options.data, Vendor::Own)?))
    };
    let storage = folder.as_ref().map_or(Storage::Memory, |folder| Storage::File(folder.database()));
    let emulator = Emulator::start(&storage)?;
    let store = Store::new(&access(&emulator.endpoint()), TABLES)?;
    schema::create_missing(store.client(), store.prefix()).await?;
    let report = import_files(&source, &store, mode, Audience::CommandLine, Clock::system().now()).await?;
    Ok(match report.outcome {
        Outcome::Done(_) => {
            writeln!(stdout(), "{report}")?;
            ExitCode::SUCCESS
        }
        Outcome::Refused(_) => {
            writeln!(stderr(), "{report}")?;
            ExitCode::FAILURE
        }
    })
}

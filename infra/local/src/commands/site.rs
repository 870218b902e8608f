//! Writing the site for a deployment.

use std::fs;
use std::io::{Write, stdout};
use std::process::ExitCode;

use anyhow::{Context, Result};
use domain::vendor::Vendor;

use crate::options::Site as To;
use crate::site::{Site, Source, source_folder};
use crate::vendor;

pub(super) fn site(to: &To) -> Result<ExitCode> {
    let vendor = match &to.vendor {
        None => vendor::nameless()?,
        Some(file) => {
            let text = fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
            serde_json::from_str::<Vendor>(&text)
                .with_context(|| format!("{} does not describe a vendor", file.display()))?
        }
    };
    let site = Site::render(&Source::read(&source_folder())?, &vendor)?;
    site.write_to(&to.out).with_context(|| format!("{} cannot be written", to.out.display()))?;
    let _ = writeln!(stdout(), "{} files in {}", site.files().count(), to.out.display());
    Ok(ExitCode::SUCCESS)
}

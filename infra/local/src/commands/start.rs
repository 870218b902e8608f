//! Starting the portal, until Ctrl-C or SIGTERM.

use std::io::{Write, stdout};
use std::process::ExitCode;

use anyhow::Result;
use domain::SignedDuration;
use web::Clock;

use crate::data_folder::{DataFolder, Vendor};
use crate::greeting::Greeting;
use crate::options::Start;
use crate::portal::{Contents, Keeping, Portal};

pub(super) async fn start(options: &Start) -> Result<ExitCode> {
    let (keeping, kept, is_sample) = if options.ephemeral {
        let contents = if options.empty { Contents::Empty } else { Contents::Sample };
        (Keeping::Nothing(contents), "memory, until it stops".to_owned(), contents == Contents::Sample)
    } else {
        let new_for = if options.empty { Vendor::Own } else { Vendor::SampleLoading };
        let folder = DataFolder::open(&options.data, new_for)?;
        let is_sample = folder.vendor() != Vendor::Own;
        let kept = folder.path().display().to_string();
        (Keeping::Folder(folder), kept, is_sample)
    };
    if options.log {
        web::install_log();
    }
    let signals = Signals::listen()?;
    let clock = match options.ahead {
        0 => Clock::system(),
        days => Clock::ahead(SignedDuration::from_hours(24 * i64::from(days))),
    };
    let portal = Portal::start(options.port, keeping, clock).await?;
    let greeting = Greeting { origin: portal.origin(), kept, is_sample };
    // A closed standard output is no reason to stop.
    let _ = writeln!(stdout(), "{greeting}").and_then(|()| stdout().flush());
    signals.come().await;
    portal.stop().await;
    Ok(ExitCode::SUCCESS)
}

/// Ctrl-C and SIGTERM, caught from before the portal starts.
#[cfg(unix)]
struct Signals(tokio::signal::unix::Signal, tokio::signal::unix::Signal);

#[cfg(unix)]
impl Signals {
    fn listen() -> Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self(signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?))
    }

    async fn come(mut self) {
        tokio::select! {
            _ = self.0.recv() => {}
            _ = self.1.recv() => {}
        }
    }
}

/// Ctrl-C, where there is no SIGTERM.
#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn listen() -> Result<Self> {
        Ok(Self)
    }

    async fn come(self) {
        let _ = tokio::signal::ctrl_c().await;
    }
}

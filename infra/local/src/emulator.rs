//! The embedded DynamoDB: SQLite behind the real wire protocol on loopback, on a thread of its own, so that a
//! long statement never holds up the portal and the AWS SDK is used exactly as it is in the cloud.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::thread::JoinHandle;
use std::time::Duration;

use anyhow::{Context, Result, anyhow};
use dynoxide::{Database, server};
use tokio::sync::oneshot;

/// How often rows past their time to live are removed. Expiry itself is always judged on use.
const SWEEP_EVERY: Duration = Duration::from_secs(60);

/// Where the rows are kept.
#[derive(Debug, Clone)]
pub enum Storage {
    /// In this process, gone with it.
    Memory,
    /// In this file, which is made when it is missing.
    File(PathBuf),
}

/// A running DynamoDB, for this process only. Dropping it stops it.
#[derive(Debug)]
pub struct Emulator {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Emulator {
    /// Opens the storage and answers on a free loopback port from the moment this returns.
    pub fn start(storage: &Storage) -> Result<Self> {
        let database = open(storage)?;
        let listener =
            TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("no loopback port is free for the database")?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let (stop, stopped) = oneshot::channel();
        let thread = std::thread::Builder::new()
            .name("dynamodb".to_owned())
            .spawn(move || serve(listener, database, stopped))?;
        Ok(Self { address, stop: Some(stop), thread: Some(thread) })
    }

    /// The address to give to the SDK.
    pub fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for Emulator {
    /// Lets requests under way finish and closes the file, so that nothing is left to recover at the next start.
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn open(storage: &Storage) -> Result<Database> {
    match storage {
        Storage::Memory => Database::memory().map_err(|cause| anyhow!("the database did not open: {cause}")),
        Storage::File(path) => {
            let text = path.to_str().with_context(|| format!("{} is not a name in UTF-8", path.display()))?;
            Database::new(text).map_err(|cause| anyhow!("{} did not open: {cause}", path.display()))
        }
    }
}

fn serve(listener: TcpListener, database: Database, stopped: oneshot::Receiver<()>) {
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else { return };
    runtime.block_on(async move {
        let Ok(listener) = tokio::net::TcpListener::from_std(listener) else { return };
        let sweeper = tokio::spawn(sweep(database.clone()));
        let _ = server::serve_with_shutdown(listener, database, async {
            // A dropped sender is the signal.
            let _ = stopped.await;
        })
        .await;
        sweeper.abort();
    });
}

async fn sweep(database: Database) {
    let mut tick = tokio::time::interval(SWEEP_EVERY);
    loop {
        tick.tick().await;
        let database = database.clone();
        // What a sweep misses, the next one takes.
        let _ = tokio::task::spawn_blocking(move || database.sweep_ttl()).await;
    }
}

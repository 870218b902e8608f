//! A whole portal in one process: database, mail, API, site and mailbox, started and stopped together.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::{Context, Result};
use dispatch::Dispatch;
use domain::vendor::Vendor;
use housekeeping::Housekeeping;
use store::{Store, schema};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::MissedTickBehavior;
use web::{App, Clock};

use crate::config::{TABLES, access, config, mail};
use crate::data_folder::{self, DataFolder};
use crate::emulator::{Emulator, Storage as Rows};
use crate::following::followed;
use crate::front::front;
use crate::listener::{self, Server};
use crate::ses::{Ses, Setup};
use crate::site::{self, Site, Source};
use crate::storage::{Signer, Storage};
use crate::{mailbox, routes, sample, vendor};

/// How often letters that are due are looked for.
const SWEEP_EVERY: Duration = Duration::from_secs(1);
/// How often is done what is due by the calendar.
const KEEP_HOUSE_EVERY: Duration = Duration::from_secs(60);

/// What a new portal holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Contents {
    /// The sample vendor.
    Sample,
    /// Nothing.
    Empty,
}

/// Where a portal keeps what it keeps.
#[derive(Debug)]
pub enum Keeping {
    /// In a folder, which also says what the portal holds.
    Folder(DataFolder),
    /// In memory.
    Nothing(Contents),
}

impl Keeping {
    /// What is to be put into the portal now; a folder that is complete needs nothing.
    fn contents(&self) -> Contents {
        match self {
            Self::Nothing(contents) => *contents,
            Self::Folder(folder) => match folder.vendor() {
                data_folder::Vendor::SampleLoading => Contents::Sample,
                data_folder::Vendor::Sample | data_folder::Vendor::Own => Contents::Empty,
            },
        }
    }

    fn sample_is_loaded(&mut self) -> Result<()> {
        match self {
            Self::Nothing(_) => Ok(()),
            Self::Folder(folder) => folder.sample_is_loaded(),
        }
    }
}

/// A running portal.
pub struct Portal {
    app: App,
    ses: Ses,
    address: SocketAddr,
    stop: watch::Sender<()>,
    servers: [Server; 2],
    dispatcher: JoinHandle<()>,
    housekeeper: JoinHandle<()>,
    _emulator: Emulator,
    _keeping: Keeping,
}

impl Portal {
    /// Starts a portal. It answers from the moment this returns.
    pub async fn start(port: u16, mut keeping: Keeping, clock: Clock) -> Result<Self> {
        let listener = listener::bind(port).await?;
        let address = listener.local_addr()?;
        let (rows, mails, files) = match &keeping {
            Keeping::Folder(folder) => (Rows::File(folder.database()), Some(folder.mails()), Some(folder.files())),
            Keeping::Nothing(_) => (Rows::Memory, None, None),
        };
        let emulator = Emulator::start(&rows)?;
        let storage =
            Storage::open(files, clock.clone(), Signer::drawn()).context("the folder of the files cannot be opened")?;
        let store = Store::new(&access(&emulator.endpoint()), TABLES)?;
        schema::create_missing(store.client(), store.prefix()).await?;
        let contents = keeping.contents();
        let vendor = vendor_of(&store, contents).await?;
        // The pages are made beside, since the rows wait for the database and these for nobody.
        let site = tokio::task::spawn_blocking({
            let vendor = vendor.clone();
            move || Site::render(&Source::read(&site::source_folder())?, &vendor)
        });
        if contents == Contents::Sample {
            sample::load(&store, &storage, clock.now()).await?;
            keeping.sample_is_loaded()?;
        }
        let sender = vendor::sender(&vendor);
        let ses = Ses::open(Setup { identities: vec![sender.clone()], folder: mails })
            .context("the mailbox cannot be opened")?;
        let ses_listener = listener::bind(0).await?;
        let ses_address = format!("http://{}", ses_listener.local_addr()?);
        // By name: browsers keep cookies of secure pages for localhost, and people type it.
        let origin = format!("http://localhost:{}", address.port());
        let config = config(&origin, &emulator.endpoint(), &storage);
        let mail = mail(&ses_address, sender);
        let app = App::new(config, clock)?;
        // As the function `session` does when it starts.
        app.signing_key().await?;
        let pages = mailbox::routes(&ses).merge(storage.routes()).merge(site::routes(site.await??));
        let api = followed(web::portal(routes::routes(), app.clone()), app.clone());
        let (stop, stopped) = watch::channel(());
        let servers = [
            Server::start(listener, front(api, pages), stopped.clone()),
            Server::start(ses_listener, ses.routes(), stopped.clone()),
        ];
        let dispatch = Dispatch::new(app.clone(), &mail)?;
        let dispatcher = tokio::spawn(deliver_letters(dispatch, ses.clone(), stopped.clone()));
        let housekeeper = tokio::spawn(keep_house(Housekeeping::new(app.clone()), stopped));
        Ok(Self { app, ses, address, stop, servers, dispatcher, housekeeper, _emulator: emulator, _keeping: keeping })
    }

    /// Where people find it, without a slash at the end.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.app.config().origin
    }

    /// The address it listens on.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// What its handlers have at hand.
    #[must_use]
    pub const fn app(&self) -> &App {
        &self.app
    }

    /// The mails it has sent.
    #[must_use]
    pub const fn ses(&self) -> &Ses {
        &self.ses
    }

    /// Lets requests and letters under way finish, and closes the database.
    pub async fn stop(self) {
        drop(self.stop);
        let [portal, ses] = self.servers;
        portal.finish().await;
        let _ = tokio::join!(self.dispatcher, self.housekeeper);
        ses.finish().await;
    }
}

/// Whose portal it is: as the database says or, the first time, as its contents do.
async fn vendor_of(store: &Store, contents: Contents) -> Result<Vendor> {
    if let (_, Some(vendor), _) = store.portal().await? {
        return Ok(vendor);
    }
    let vendor = match contents {
        Contents::Sample => vendor::northlight()?,
        Contents::Empty => vendor::nameless()?,
    };
    store.set_vendor(&vendor).await?;
    Ok(vendor)
}

/// Delivers what is due, each second, and hears what became of it; what fails is due again by itself.
async fn deliver_letters(dispatch: Dispatch, ses: Ses, mut stopped: watch::Receiver<()>) {
    let mut tick = tokio::time::interval(SWEEP_EVERY);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = stopped.changed() => return,
            _ = tick.tick() => {}
        }
        if let Err(error) = dispatch.sweep().await {
            tracing::error!(target: "local", code = "sweep_failed", error = &error as &dyn std::error::Error);
        }
        for event in ses.events() {
            if let Err(error) = dispatch::handle(&dispatch, event).await {
                tracing::error!(target: "local", code = "event_lost", error = &error as &dyn std::error::Error);
            }
        }
    }
}

/// Does what is due by the calendar, each minute; what fails is due again by itself.
async fn keep_house(housekeeping: Housekeeping, mut stopped: watch::Receiver<()>) {
    let mut tick = tokio::time::interval(KEEP_HOUSE_EVERY);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = stopped.changed() => return,
            _ = tick.tick() => {}
        }
        if let Err(error) = housekeeping.run().await {
            tracing::error!(target: "local", code = "housekeeping_failed", error = &error as &dyn std::error::Error);
        }
    }
}

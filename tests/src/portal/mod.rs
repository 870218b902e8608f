//! A portal of a test's own: database, clock, mail service and front door, with the people of
//! `tests/vendor` in it. It starts in milliseconds, and nothing it does is seen by another test.

mod authenticator;
mod caller;
mod clock;
mod crowd;
mod files;
mod letters;
mod newcomer;
mod people;
mod reply;
mod staff;
mod vendor;

use std::path::Path;

use axum::Router;
use dispatch::Dispatch;
use housekeeping::{Done, Housekeeping};
use local::ses::{Ses, Setup};
use local::storage::{BUCKET, Signer, Storage};
use tokio::net::TcpListener;
use web::{ApiError, App, Config};

pub use authenticator::{Authenticator, Factor};
pub use caller::Caller;
pub use clock::TestClock;
pub use crowd::Crowd;
pub use letters::Letters;
pub use newcomer::{CODE, NORA, confirm, register, registration};
pub use reply::Reply;
pub use staff::{ABE, ANN, SAM};
pub use vendor::VENDOR_NAME;

use crate::wire::Wire;

/// The password of everybody.
pub const GOOD: &str = "four quiet herons wade";
/// Where the portal is.
pub const ORIGIN: &str = "https://portal.test";
/// What the tables' names begin with.
pub const TABLES: &str = "test-";

/// Both halves of the credentials that sign calls and addresses.
const KEY: &str = "test";

/// A whole portal in this process.
pub struct TestPortal {
    /// The wire to its database.
    pub wire: Wire,
    /// Its clock.
    pub clock: TestClock,
    /// Its mail service.
    pub ses: Ses,
    /// Its storage of files.
    pub storage: Storage,
    /// Its app.
    pub app: App,
    door: Router,
    dispatch: Dispatch,
    mail_server: tokio::task::JoinHandle<()>,
    mail_endpoint: String,
}

impl TestPortal {
    /// The vendor's portal at noon of 22 November 2026.
    pub async fn new() -> Self {
        Self::on(vendor::copy().await, TestClock::at_start()).await
    }

    /// The same with its rows in a file, for more of them than memory should hold.
    pub async fn in_file(file: &Path) -> Self {
        Self::on(vendor::copy_to(Wire::start_in(file)).await, TestClock::at_start()).await
    }

    /// The same on the machine's own time, for function binaries that know no other.
    pub async fn today() -> Self {
        Self::on(vendor::copy().await, TestClock::of_the_machine()).await
    }

    /// A portal on that database.
    async fn on(wire: Wire, clock: TestClock) -> Self {
        let ses =
            Ses::open(Setup { identities: vec!["portal.test".to_owned()], folder: None }).expect("a mail service");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let mail_endpoint = format!("http://{}", listener.local_addr().expect("a bound port"));
        let signer = Signer { access_key_id: KEY.to_owned(), secret: KEY.to_owned() };
        let storage = Storage::open(None, clock.for_the_app(), signer).expect("a folder of files");
        let routes = ses.routes().merge(storage.routes());
        let mail_server =
            tokio::spawn(async move { axum::serve(listener, routes).await.expect("the mail service serves") });
        let app = App::new(config(&wire.endpoint(), &mail_endpoint), clock.for_the_app()).expect("an app");
        let door = web::portal(local::routes::routes(), app.clone());
        let mail = app.config().mail.as_ref().expect("settings of mail");
        let dispatch = Dispatch::new(app.clone(), mail).expect("a dispatcher");
        Self { wire, clock, ses, storage, app, door, dispatch, mail_server, mail_endpoint }
    }

    /// Somebody nobody knows.
    #[must_use]
    pub fn stranger(&self) -> Caller {
        Caller::new(self.door.clone(), self.app.clone(), self.wire.followed())
    }

    /// Somebody who has signed in with that name and everybody's password.
    ///
    /// # Panics
    /// If they cannot.
    pub async fn sign_in(&self, name: &str) -> Caller {
        let caller = self.stranger();
        let body = serde_json::json!({ "name": name, "password": GOOD });
        caller.post("/api/session", body).await.expect(200);
        caller
    }

    /// Lets letters be sent by a dispatcher that has just started: it reads the keys anew.
    ///
    /// # Panics
    /// If it does not start.
    pub fn restart_dispatch(&mut self) {
        let config = config(&self.wire.endpoint(), &self.mail_endpoint);
        let app = App::new(config, self.clock.for_the_app()).expect("an app");
        let mail = app.config().mail.as_ref().expect("settings of mail");
        self.dispatch = Dispatch::new(app.clone(), mail).expect("a dispatcher");
    }

    /// Sends every letter that is due, as the runner's and the schedule's sweep does, and hands on what the mail service
    /// tells of them.
    pub async fn dispatch(&self) {
        self.dispatch.sweep().await.expect("a sweep");
        for event in self.ses.events() {
            self.tell(event).await;
        }
    }

    /// Hands the dispatcher an event, as Lambda does.
    ///
    /// # Panics
    /// If it is not taken.
    pub async fn tell(&self, event: serde_json::Value) {
        dispatch::handle(&self.dispatch, event).await.expect("an event taken");
    }

    /// Runs what is due by the calendar, as the runner and the schedule do.
    ///
    /// # Errors
    /// If something went wrong; what was not done is due again.
    pub async fn housekeeping(&self) -> Result<Done, ApiError> {
        Housekeeping::new(self.app.clone()).run().await
    }

    /// The letters to an address, those that are due now among them.
    pub async fn letters_to(&self, address: &str) -> Letters {
        self.dispatch().await;
        Letters(self.ses.mails_to(address))
    }

    /// What a function's environment holds so that it works on this portal's database and mail service.
    #[must_use]
    pub fn settings(&self) -> Vec<(String, String)> {
        variables(&self.wire.endpoint(), &self.mail_endpoint).map(|(name, value)| (name.to_owned(), value)).to_vec()
    }
}

impl Drop for TestPortal {
    fn drop(&mut self) {
        self.mail_server.abort();
    }
}

fn variables(database: &str, mail: &str) -> [(&'static str, String); 10] {
    [
        ("AWS_REGION", "eu-central-1".to_owned()),
        ("AWS_ACCESS_KEY_ID", KEY.to_owned()),
        ("AWS_SECRET_ACCESS_KEY", KEY.to_owned()),
        ("PORTICO_ORIGIN", ORIGIN.to_owned()),
        ("PORTICO_TABLES", TABLES.to_owned()),
        ("PORTICO_DATABASE_URL", database.to_owned()),
        ("PORTICO_FILES_BUCKET", BUCKET.to_owned()),
        // On the same listener.
        ("PORTICO_FILES_URL", format!("{mail}{}", local::storage::PATH)),
        ("PORTICO_MAIL_URL", mail.to_owned()),
        ("PORTICO_MAIL_FROM", "portal@portal.test".to_owned()),
    ]
}

/// The configuration that those variables make, so that the tests read it as the functions do.
fn config(database: &str, mail: &str) -> Config {
    let variables = variables(database, mail);
    let read = |name: &'static str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone());
    Config::read(read).expect("a whole configuration")
}

//! Importing the vendor's records (R104, R701): all or nothing, again and again, and every problem by file, row and
//! column.

mod interruptions;
mod large;
mod problems;
mod repetition;

use domain::Timestamp;
use local::import::{Audience, Mode, Outcome, Report, Source, import};
use store::{Store, schema};
use tests::wire::Wire;

/// A small vendor: a partner and a customer, with one thing of every kind.
const FILES: [(&str, &str); 6] = [
    ("products.csv", "code,name\nNLD,Northlight Draft\nNLR,Northlight Render\n"),
    (
        "customers.csv",
        "number,name,kind,country,language,time_zone,status,suspension_reason\n\
         C1001,Acme Tools,customer,GB,en,Europe/London,active,\n\
         C1002,Brückner & Söhne,customer,DE,de,Europe/Berlin,suspended,Two invoices are unpaid\n\
         C2001,Meridian,partner,FR,fr,Europe/Paris,active,\n",
    ),
    (
        "people.csv",
        "customer,email,first_name,last_name,job_title,phone,language,role,permissions\n\
         C1001,ada@acme.test,Ada,Ott,Managing director,+44 20 7946 0100,en,owner,\n\
         C1001,max@acme.test,Max,Ott,,,en,member,view_orders;manage_licenses\n\
         C1002,bo@bruckner.test,Bo,Lind,,,de,owner,\n\
         C1002,max@acme.test,Max,Ott,Berater,,en,manager,\n\
         C2001,paul@meridian.test,Paul,Roux,,,fr,owner,\n",
    ),
    (
        "orders.csv",
        "number,customer,date,purchase_order,activation_code\n\
         SO-1,C1001,2026-01-05,PO 7,\n\
         SO-2,C1002,2026-02-05,,11111-22222-33333-44444\n",
    ),
    (
        "licenses.csv",
        "order,line,product,serial_number,type,seats,starts_on,ends_on,maintenance_ends_on,assigned_to\n\
         SO-1,1,NLD,NLD-AAAA-BBBB-CCCC,perpetual,2,2026-01-05,,2027-01-04,ada@acme.test;max@acme.test\n\
         SO-1,2,NLR,NLR-DDDD-EEEE-FFFF,subscription,5,2026-01-05,2027-01-04,,\n\
         SO-2,1,NLD,NLD-GGGG-HHHH-JJJJ,trial,1,2026-02-05,2026-03-05,,bo@bruckner.test\n",
    ),
    ("partners.csv", "partner,customer,access\nC2001,C1001,guests_only\n"),
];

/// An empty portal's database, and the small vendor's files to be changed at will.
struct Desk {
    wire: Wire,
    store: Store,
    files: Vec<(&'static str, String)>,
}

impl Desk {
    async fn new() -> Self {
        let wire = Wire::start();
        let store = Store::new(&local::config::access(&wire.endpoint()), "test-").unwrap();
        schema::create_missing(store.client(), store.prefix()).await.unwrap();
        Self { wire, store, files: FILES.map(|(name, text)| (name, text.to_owned())).to_vec() }
    }

    /// One that has imported its files.
    async fn imported() -> Self {
        let desk = Self::new().await;
        desk.import().await;
        desk
    }

    /// Puts another text in place of one that is in a file.
    fn replace(&mut self, file: &str, old: &str, new: &str) {
        let (_, text) = self.files.iter_mut().find(|(name, _)| *name == file).unwrap();
        assert!(text.contains(old), "{file} has no {old:?}");
        *text = text.replacen(old, new, 1);
    }

    /// Adds a row to a file.
    fn add(&mut self, file: &str, row: &str) {
        let (_, text) = self.files.iter_mut().find(|(name, _)| *name == file).unwrap();
        text.push_str(row);
        text.push('\n');
    }

    /// Leaves only these files.
    fn keep(&mut self, files: &[&str]) {
        self.files.retain(|(name, _)| files.contains(name));
    }

    async fn try_import(&self, mode: Mode) -> Result<Report, String> {
        let now: Timestamp = "2026-11-22T12:00:00Z".parse().unwrap();
        let done = import(&Source::Texts(self.files.clone()), &self.store, mode, Audience::Nobody, now).await;
        done.map_err(|error| format!("{error:#}"))
    }

    /// Imports files that are in order, and gives new, changed and unchanged rows of all files together.
    async fn import(&self) -> [usize; 3] {
        let report = self.try_import(Mode::Write).await.unwrap();
        match report.outcome {
            Outcome::Done(_) => sums(&report),
            Outcome::Refused(problems) => panic!("{problems:#?}"),
        }
    }

    /// The lines of a report on files that are not in order.
    async fn problems(&self) -> Vec<String> {
        let report = self.try_import(Mode::Write).await.unwrap();
        match report.outcome {
            Outcome::Done(_) => Vec::new(),
            Outcome::Refused(problems) => problems.iter().map(ToString::to_string).collect(),
        }
    }
}

fn sums(report: &Report) -> [usize; 3] {
    let Outcome::Done(tallies) = &report.outcome else { panic!("{report}") };
    let all = [tallies.products, tallies.customers, tallies.people, tallies.orders, tallies.licenses, tallies.partners];
    [all.map(|it| it.new), all.map(|it| it.changed), all.map(|it| it.unchanged)].map(|counts| counts.iter().sum())
}

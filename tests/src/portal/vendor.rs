//! The vendor of the tests: `tests/vendor/*.csv`, imported once per process by the importer that
//! imports every vendor's records, with a password for everybody. Each portal starts with a copy.

use std::path::{Path, PathBuf};

use domain::EmailAddress;
use domain::vendor::Vendor;
use local::import::{Audience, Mode, Source, import};
use serde_json::json;
use tokio::sync::OnceCell;

use super::{GOOD, TABLES, TestClock, TestPortal};
use crate::wire::Wire;

/// What the vendor is called.
pub const VENDOR_NAME: &str = "Northlight CAD";

/// Somebody with a proven address and no account.
pub(super) const UNATTACHED: &str = "una@solo.test";

const FILES: [(&str, &str); 6] = [
    ("products.csv", include_str!("../../vendor/products.csv")),
    ("customers.csv", include_str!("../../vendor/customers.csv")),
    ("people.csv", include_str!("../../vendor/people.csv")),
    ("orders.csv", include_str!("../../vendor/orders.csv")),
    ("licenses.csv", include_str!("../../vendor/licenses.csv")),
    ("partners.csv", include_str!("../../vendor/partners.csv")),
];

static MASTER: OnceCell<PathBuf> = OnceCell::const_new();

/// A database of one's own with the vendor in it.
pub(super) async fn copy() -> Wire {
    copy_to(Wire::start()).await
}

/// The same in a database that is empty.
pub(super) async fn copy_to(wire: Wire) -> Wire {
    let master = MASTER.get_or_init(make).await;
    wire.database().restore_from(text(master)).expect("a copy of the vendor");
    wire
}

/// Makes the vendor and keeps it in a file beside the test binary.
async fn make() -> PathBuf {
    let portal = TestPortal::on(Wire::start(), TestClock::at_start()).await;
    let store = portal.app.store();
    store::schema::create_missing(store.client(), TABLES).await.expect("tables");
    store.set_vendor(&vendor()).await.expect("a vendor");
    portal.app.signing_key().await.expect("keys, as the function `session` makes them");
    portal.import(&FILES.map(|(name, text)| (name, text.to_owned()))).await;
    portal.add_staff().await;
    portal.let_everybody_in().await;
    portal.sign_up_unattached().await;

    let binary = std::env::current_exe().expect("this binary");
    let (file, written) = (binary.with_extension("db"), binary.with_extension(format!("{}.db", std::process::id())));
    portal.wire.database().vacuum_into(text(&written)).expect("a file of the vendor");
    std::fs::rename(&written, &file).expect("the file in its place");
    file
}

fn vendor() -> Vendor {
    let support = EmailAddress::parse("support@portal.test").expect("an address");
    Vendor {
        name: VENDOR_NAME.to_owned(),
        brand: "#2f5d8a".to_owned(),
        home_url: "https://northlight.test/".to_owned(),
        support_email: support,
        terms_url: "https://northlight.test/terms".to_owned(),
        privacy_url: "https://northlight.test/privacy".to_owned(),
        terms_version: "2026-05".to_owned(),
        claims_by_domain: false,
        serial_replacements_a_year: 2,
    }
}

impl TestPortal {
    /// Imports CSV files, as `cargo run -- import` does.
    ///
    /// # Panics
    /// If anything is wrong with them.
    pub async fn import(&self, files: &[(&'static str, String)]) {
        let source = Source::Texts(files.to_vec());
        let report = import(&source, self.app.store(), Mode::Write, Audience::Nobody, self.clock.now())
            .await
            .expect("an import");
        assert!(matches!(report.outcome, local::import::Outcome::Done(_)), "{:?}", report.outcome);
    }

    /// Changes the status of an account (`active`, `suspended`, `closed`), as the vendor's records say it.
    pub async fn set_status(&self, number: &str, status: &str) {
        let [_, (name, customers), ..] = FILES;
        let reason = if status == "suspended" { "Two invoices are unpaid" } else { "" };
        let lines = customers.lines().map(|line| {
            if !line.starts_with(number) {
                return line.to_owned();
            }
            let kept: Vec<_> = line.split(',').take(6).collect();
            format!("{},{status},{reason}", kept.join(","))
        });
        let customers = lines.collect::<Vec<_>>().join("\n");
        self.import(&[(name, customers)]).await;
    }

    /// Gives everybody the same password: one hash for all, so that this costs one.
    async fn let_everybody_in(&self) {
        let hash = credentials::Password::typed(GOOD).expect("a password").hash().expect("a hash");
        let rows = self.wire.snapshot().find("accounts", "USER#", "USER");
        let ids = rows.iter().filter_map(|row| row["i"]["S"].as_str());
        let users: Vec<_> = ids.map(|id| domain::UserId::parse(id).expect("a person's id")).collect();
        self.app.store().import().set_passwords(&users, hash.to_store()).await.expect("a password for everybody");
    }

    /// Signs somebody up by the front door.
    async fn sign_up_unattached(&self) {
        let body = json!({
            "email": UNATTACHED, "password": GOOD, "first_name": "Una", "last_name": "Solo",
            "language": "en", "terms_version": "2026-05", "activation_code": "",
        });
        self.stranger().post("/api/sign-up/registrations", body).await.expect(202);
        let token = self.letters_to(UNATTACHED).await.last_token();
        self.stranger()
            .post("/api/sign-up/confirmations", json!({ "token": token, "password": GOOD }))
            .await
            .expect(200);
    }
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path in UTF-8")
}

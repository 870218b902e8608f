//! Whatever goes wrong with the database while something changes, the lists say what is as soon as it answers again.

use serde_json::json;
use tests::portal::TestPortal;
use tests::wire::{Fault, Rule};

use super::given::account;
use super::recount::lists_agree;

/// More calls than any of the changes makes with what follows it.
const CALLS: usize = 14;

/// A change of Acme that its partner's list shows.
#[derive(Clone, Copy, Debug)]
enum Change {
    Removal,
    Order,
    GuestsOnly,
    Records,
}

const CHANGES: [Change; 4] = [Change::Removal, Change::Order, Change::GuestsOnly, Change::Records];

/// Makes a change while the database fails so; then it answers, and the sweep runs.
async fn make(change: Change, rule: Rule) {
    let portal = TestPortal::new().await;
    let (ada, sam, ann) = (portal.owner().await, portal.support().await, portal.admin().await);
    let mia = crate::account_claims::id_of(&portal, "mia@acme.test");
    let acme = account(&portal, "C10423");
    let said = format!("{change:?} {rule:?}");
    portal.wire.inject(rule);
    match change {
        Change::Removal => drop(ada.delete(&format!("/api/team/members/{mia}")).await),
        Change::Order => drop(sam.post("/api/staff/orders", crate::orders::order("SO-5001", "C10423")).await),
        Change::GuestsOnly => {
            let features = json!({ "team_area": true, "guests_only": true, "partner": false });
            drop(ann.put(&format!("/api/staff/accounts/{acme}/features"), features).await);
        }
        Change::Records => drop(records(&portal).await),
    }
    portal.wire.heal();
    portal.housekeeping().await.unwrap();
    lists_agree(&portal);
    if let Change::Records = change {
        // What was interrupted is imported again.
        records(&portal).await.unwrap();
        lists_agree(&portal);
        let stored = portal.wire.snapshot().find("accounts", "CUSTOMERS#", "C10423");
        assert!(stored.iter().all(|row| row["na"]["S"] == "Acme Ltd" && row["st"]["S"] == "suspended"), "{said}");
    }
}

/// The vendor's records say that Acme is called otherwise, and suspended, and has another license.
async fn records(portal: &TestPortal) -> Result<local::import::Report, impl std::fmt::Debug> {
    let customers = "number,name,kind,country,language,time_zone,status,suspension_reason\n\
                     C10423,Acme Ltd,customer,GB,en,Europe/London,suspended,Two invoices are unpaid\n";
    let orders = "number,customer,date,purchase_order,activation_code\nSO-7000,C10423,2026-03-01,,\n";
    let licenses = "order,line,product,serial_number,type,seats,starts_on,ends_on,maintenance_ends_on,assigned_to\n\
         SO-7000,1,NLR,NLR-9999-9999-9999,subscription,2,2026-03-01,2026-12-01,,\n\
         SO-1003,1,NLD,NLD-PP1A-6C7E-M3NS,trial,1,2026-05-02,2026-12-02,,\n";
    let files = [("customers.csv", customers), ("orders.csv", orders), ("licenses.csv", licenses)];
    let source = local::import::Source::Texts(files.map(|(name, text)| (name, text.to_owned())).to_vec());
    let (mode, audience) = (local::import::Mode::Write, local::import::Audience::Nobody);
    local::import::import(&source, portal.app.store(), mode, audience, portal.clock.now()).await
}

/// R503
#[tokio::test]
async fn a_change_whose_follow_up_is_cut_off_anywhere_shows_after_the_sweep() {
    for change in CHANGES {
        for after in 0..CALLS {
            make(change, Rule::new(Fault::Dropped).after(after)).await;
        }
    }
}

/// R503
#[tokio::test]
async fn so_it_does_where_an_answer_is_lost_or_another_transaction_is_met() {
    for change in CHANGES {
        for fault in [Fault::LostReply, Fault::Conflict, Fault::InternalError, Fault::UnprocessedKeys, Fault::ShortPage]
        {
            for after in [0, 2, 5, 8] {
                make(change, Rule::new(fault).after(after).times(2)).await;
            }
        }
    }
}

//! What the partner, guests and the vendor's people do in an account is in its log, as what they did it (R513).

use serde_json::{Value, json};
use tests::portal::{Caller, TestPortal};

use super::suspending::{reactivate, suspend};
use crate::{
    access::{account_row, let_in, switched},
    team::{DORA, act, edit, path},
};

/// The newest entries of the account's log.
async fn entries(by: &Caller) -> Vec<Value> {
    let reply = by.get("/api/team/activity").await.expect(200);
    reply.json["items"].as_array().unwrap().clone()
}

/// R513
#[tokio::test]
async fn an_account_reads_who_did_what_in_it_and_as_what() {
    let portal = TestPortal::new().await;
    let pete = portal.partner_member().await;
    let at_acme = pete.on_customer(account_row(&portal, "C10423")["i"]["S"].as_str().unwrap());
    let dora = path(&portal, DORA);
    let_in(&portal, "paula@orion.test", "C10423", ("manager", 600));
    let guest = switched(&portal, "paula@orion.test", "C10423").await;
    act(&at_acme, &dora, "deactivate").await.expect(204);
    portal.clock.advance_secs(1);
    act(&guest, &dora, "reactivate").await.expect(204);
    portal.clock.advance_secs(1);
    edit(&portal.manager().await, &dora, "job_title", "Fitter").await.expect(200);
    portal.clock.advance_secs(1);
    suspend(&pete, &portal, "C10423").await.expect(204);
    portal.clock.advance_secs(1);
    reactivate(&pete, &portal, "C10423").await.expect(204);
    portal.clock.advance_secs(1);
    let id = account_row(&portal, "C10423")["i"]["S"].as_str().unwrap().to_owned();
    let features = json!({ "team_area": true, "guests_only": false, "partner": false });
    portal.admin().await.put(&format!("/api/staff/accounts/{id}/features"), features).await.expect(204);

    let orion = |name: &str, capacity: &str| json!({ "name": name, "capacity": capacity, "home": { "name": "Orion Resellers" } });
    let (pete, paula) = (orion("Pete Best", "partner"), orion("Paula Modersohn", "guest"));
    let max = json!({ "name": "Max Ernst", "capacity": "member", "home": null });
    let staff = json!({ "name": null, "capacity": "staff", "home": null });
    let expected = [
        ("features_set", Value::Null, staff),
        ("account_reactivated", Value::Null, pete.clone()),
        ("account_suspended", Value::Null, pete.clone()),
        ("member", json!("edited"), max),
        ("member", json!("reactivated"), paula),
        ("member", json!("deactivated"), pete),
    ];
    let ada = portal.owner().await;
    for reader in [&ada, &portal.manager().await] {
        let mut found = entries(reader).await;
        found.retain(|entry| entry["event"] != "signed_in" && entry["event"] != "chose_account");
        for ((event, change, by), entry) in expected.iter().zip(&found) {
            let mut who = entry["by"].clone();
            who.as_object_mut().unwrap().remove("id");
            assert_eq!((entry["event"].as_str().unwrap(), &entry["change"], &who), (*event, change, by));
            let about = if *event == "member" { json!("Dora Maar") } else { Value::Null };
            assert_eq!(entry["person"]["name"], about, "{entry}");
        }
    }
    // The member's page says the same of who did it.
    let of_dora = ada.get(&format!("{dora}/activity")).await.expect(200);
    assert_eq!(of_dora.json["items"][1]["by"]["capacity"], "guest", "{}", of_dora.json);
    assert_eq!(of_dora.json["items"][2]["by"]["home"]["name"], "Orion Resellers", "{}", of_dora.json);
}

/// R513, R514: names stand in the entry, and stay when the partner is gone.
#[tokio::test]
async fn what_a_partner_did_stays_when_it_is_gone() {
    let portal = TestPortal::new().await;
    let at_acme = portal.partner_member().await.on_customer(account_row(&portal, "C10423")["i"]["S"].as_str().unwrap());
    act(&at_acme, &path(&portal, DORA), "deactivate").await.expect(204);
    super::suspending::unlink(&portal, "C10423");
    portal.remove("pete@orion.test").await;
    let found = entries(&portal.owner().await).await;
    let by = found.iter().find(|entry| entry["change"] == "deactivated").map(|entry| &entry["by"]).unwrap();
    assert_eq!((&by["name"], &by["home"]["name"]), (&json!("Pete Best"), &json!("Orion Resellers")));
}

/// R513: who is in the log does not read it; nor does who manages nothing.
#[tokio::test]
async fn the_log_is_for_those_who_manage_the_account() {
    let portal = TestPortal::new().await;
    let_in(&portal, "paula@orion.test", "C10423", ("manager", 600));
    let guest = switched(&portal, "paula@orion.test", "C10423").await;
    let at_acme = portal.partner_member().await.on_customer(account_row(&portal, "C10423")["i"]["S"].as_str().unwrap());
    for (caller, says) in [
        (guest, "403 not_for_guests"),
        (at_acme, "403 not_for_partners"),
        (portal.member().await, "403 managers_only"),
        (portal.unattached().await, "403 no_account"),
    ] {
        assert_eq!(caller.get("/api/team/activity").await.says(), says);
    }
}

/// R513: page by page, the newest first, each entry once.
#[tokio::test]
async fn a_long_log_comes_in_pages() {
    let portal = TestPortal::new().await;
    let (ada, dora) = (portal.owner().await, path(&portal, DORA));
    for turn in 0..30 {
        for what in ["deactivate", "reactivate"] {
            portal.clock.advance_secs(1);
            assert_eq!(act(&ada, &dora, what).await.says(), "204", "{turn}");
        }
    }
    let first = ada.get("/api/team/activity").await.expect(200);
    assert_eq!(first.json["items"].as_array().unwrap().len(), 50);
    let cursor = first.text("/next").to_owned();
    let rest = ada.get(&format!("/api/team/activity?cursor={cursor}")).await.expect(200);
    assert!(rest.json["items"].as_array().unwrap().len() >= 10 && rest.json["next"].is_null());
    assert_eq!(rest.json["items"][0]["change"], "reactivated");
    let max = portal.manager().await;
    assert_eq!(max.get(&format!("/api/team/activity?cursor={cursor}")).await.says(), "400 invalid_cursor");
}

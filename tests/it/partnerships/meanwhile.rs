//! What comes between the reading and the writing of a change: a partner's list gets its first rows, an account its name or
//! its status.

use std::time::Duration;

use axum::Router;
use axum::body::Body;
use http::StatusCode;
use serde_json::{Value, json};
use tests::portal::{Caller, Reply, TestPortal};
use tests::wire::{Fault, Rule};
use tower::ServiceExt as _;

use super::{ACCESS, listed, partner, partner_of};
use crate::customers::given::account;
use crate::customers::recount::lists_agree;
use crate::customers::suspending::suspend;
use crate::desk::{approve, ask};

/// Calls the portal by its own door: what follows the answer is left.
async fn alone(portal: &TestPortal, door: &Router, by: &Caller, (method, path, body): (&str, &str, Value)) {
    let request = by.request(method, path).header("content-type", "application/json");
    let body = if body.is_null() { Body::empty() } else { Body::from(body.to_string()) };
    let status = door.clone().oneshot(request.body(body).unwrap()).await.unwrap().status();
    assert_eq!(status, StatusCode::NO_CONTENT, "{method} {path}: {}", portal.wire.felt());
}

/// Does one thing while the transaction of another is held.
async fn meanwhile<T>(portal: &TestPortal, held: impl Future<Output = T>, happens: impl Future) -> T {
    portal.wire.inject(Rule::new(Fault::Delay(Duration::from_secs(1))).on("TransactWriteItems").times(1));
    let happens = async {
        while portal.wire.felt() == 0 {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        happens.await;
    };
    let (done, _) = tokio::join!(held, happens);
    portal.wire.heal();
    done
}

/// R509, R514: whoever loses the partner's eyes is in its lists no more, even if its first rows came meanwhile, and nobody
/// is refused for that.
#[tokio::test]
async fn the_first_rows_of_a_list_go_with_the_partner_too() {
    let features = json!({ "team_area": true, "guests_only": true, "partner": false });
    for end in ["no partner", "guests only by the vendor", "guests only"] {
        let portal = TestPortal::new().await;
        let (admin, bea) = (portal.admin().await, portal.other_owner().await);
        let door = web::portal(local::routes::routes(), portal.app.clone());
        let link = partner_of(&portal, "C10500");
        alone(&portal, &door, &admin, ("PUT", &link, partner("C20010"))).await;
        assert_eq!(listed(&portal, "C20010", "C10500"), Vec::<Value>::new(), "the job is left");
        let path = format!("/api/staff/accounts/{}/features", account(&portal, "C10500"));
        let ends = match end {
            "no partner" => alone(&portal, &door, &admin, ("DELETE", &link, Value::Null)),
            "guests only" => alone(&portal, &door, &bea, ("PUT", ACCESS, json!({ "access": "guests_only" }))),
            _ => alone(&portal, &door, &admin, ("PUT", &path, features.clone())),
        };
        meanwhile(&portal, ends, portal.app.store().do_what_follows()).await;
        assert_eq!(listed(&portal, "C20010", "C10500"), Vec::<Value>::new(), "{end}");
        portal.app.store().do_what_follows().await;
        lists_agree(&portal);
    }
}

/// What the desk reads of an account that it looks for by its number and by its name.
async fn found(staff: &Caller) -> [Vec<(String, String)>; 2] {
    let mut found = [vec![], vec![]];
    for (items, query) in found.iter_mut().zip(["C10423", "acme"]) {
        let page = staff.get(&format!("/api/staff/accounts?query={query}")).await.expect(200);
        let all = page.json["items"].as_array().unwrap().iter();
        items.extend(all.map(|item| (item["name"].to_string(), item["status"].to_string())));
    }
    found
}

/// R702: by its number and by its name an account is found as it is.
#[tokio::test]
async fn who_is_renamed_while_suspended_is_found_as_both() {
    let wish = json!({ "kind": "company", "name": "Acme & Töchter SE", "reason": "" });
    let agree = async |portal: &TestPortal, staff: &Caller, reply: &Reply| {
        assert!(["204", "409 conflict"].contains(&reply.says().as_str()), "{}", reply.says());
        let [by_number, by_name] = found(staff).await;
        assert_eq!(by_number, by_name);
        let row = portal.wire.snapshot().find("accounts", &format!("ACCOUNT#{}", account(portal, "C10423")), "ACCOUNT");
        let is = (format!("{}", row[0]["na"]["S"]), format!("{}", row[0]["st"]["S"]));
        assert_eq!(by_number, [is]);
    };

    let portal = TestPortal::new().await;
    let (mia, sam, paula) = (portal.member().await, portal.support().await, portal.partner_owner().await);
    let id = ask(&mia, wish.clone()).await;
    let reply = meanwhile(&portal, approve(&sam, &id), suspend(&paula, &portal, "C10423")).await;
    agree(&portal, &sam, &reply).await;

    let portal = TestPortal::new().await;
    let (mia, sam, paula) = (portal.member().await, portal.support().await, portal.partner_owner().await);
    let id = ask(&mia, wish).await;
    suspend(&paula, &portal, "C10423").await.expect(204);
    let admin = portal.admin().await;
    let link = partner_of(&portal, "C10423");
    let reply = meanwhile(&portal, admin.delete(&link), approve(&sam, &id)).await;
    agree(&portal, &sam, &reply).await;
}

//! Companies for a partner to look after, as the vendor's records say them.

use serde_json::{Value, json};
use tests::portal::{GOOD, TestPortal};

/// A company with its licenses: product, type and end of each.
#[derive(Clone)]
pub(crate) struct Company {
    pub number: String,
    pub name: String,
    pub status: &'static str,
    pub access: &'static str,
    pub licenses: Vec<(&'static str, &'static str, String)>,
}

impl Company {
    /// One in business with us, that lets its partner in.
    pub fn new(number: &str, name: &str) -> Self {
        let (number, name) = (number.to_owned(), name.to_owned());
        Self { number, name, status: "active", access: "automatic", licenses: Vec::new() }
    }

    pub fn with(mut self, product: &'static str, kind: &'static str, end: &str) -> Self {
        self.licenses.push((product, kind, end.to_owned()));
        self
    }
}

/// Imports them, with an owner each, as customers of that partner.
pub(crate) async fn give(portal: &TestPortal, partner: &str, companies: &[Company]) {
    let mut customers = String::from("number,name,kind,country,language,time_zone,status,suspension_reason\n");
    let mut people = String::from("customer,email,first_name,last_name,job_title,phone,language,role,permissions\n");
    let mut orders = String::from("number,customer,date,purchase_order,activation_code\n");
    let mut licenses =
        String::from("order,line,product,serial_number,type,seats,starts_on,ends_on,maintenance_ends_on,assigned_to\n");
    let mut partners = String::from("partner,customer,access\n");
    for Company { number, name, status, access, licenses: has } in companies {
        let reason = if *status == "suspended" { "Two invoices are unpaid" } else { "" };
        customers.push_str(&format!("{number},{name},customer,GB,en,Europe/London,{status},{reason}\n"));
        people.push_str(&format!("{number},owner@{number}.test,Olga,Olsen,,,en,owner,\n"));
        partners.push_str(&format!("{partner},{number},{access}\n"));
        if !has.is_empty() {
            orders.push_str(&format!("SO-{number},{number},2026-01-01,,\n"));
        }
        for (place, (product, kind, end)) in has.iter().enumerate() {
            let serial = format!("{product}-{number}-{place:04}");
            licenses.push_str(&format!("SO-{number},{},{product},{serial},{kind},2,2025-01-01,{end},,\n", place + 1));
        }
    }
    let files = [("customers.csv", customers), ("people.csv", people), ("orders.csv", orders)];
    let more = [("licenses.csv", licenses), ("partners.csv", partners)];
    portal.import(&files.into_iter().chain(more).collect::<Vec<_>>()).await;
}

/// Another partner, with its owner, who can sign in.
pub(crate) async fn other_partner(portal: &TestPortal) -> tests::portal::Caller {
    let customers = "number,name,kind,country,language,time_zone,status,suspension_reason\n\
                     C20020,Vega Partners,partner,US,en,America/New_York,active,\n";
    let people = "customer,email,first_name,last_name,job_title,phone,language,role,permissions\n\
                  C20020,viola@vega.test,Viola,Vance,,,en,owner,\n";
    portal.import(&[("customers.csv", customers.to_owned()), ("people.csv", people.to_owned())]).await;
    let users: Vec<_> = crate::seats::ids(portal, &["viola@vega.test"])
        .iter()
        .map(|user| domain::UserId::parse(user).unwrap())
        .collect();
    let hash = credentials::Password::typed(GOOD).unwrap().hash().unwrap();
    portal.app.store().import().set_passwords(&users, hash.to_store()).await.unwrap();
    portal.sign_in("viola@vega.test").await
}

/// Lets the lists of an account's partner lag behind it as far as they can: whoever brings them up writes all of its rows,
/// and takes so many off that one transaction does not do.
pub(crate) fn lag(portal: &TestPortal, number: &str) {
    let id = account(portal, number);
    let mut row = portal.wire.snapshot().find("accounts", &format!("LISTED#{id}"), "LISTED").swap_remove(0);
    let rows = row["r"]["M"].as_object_mut().unwrap();
    let partition = rows.keys().next().unwrap().split_once('\t').unwrap().0.to_owned();
    rows.values_mut().for_each(|digest| *digest = json!({ "S": "" }));
    rows.extend((0..200).map(|n| (format!("{partition}#GONE{n}\t{number}"), json!({ "S": "" }))));
    portal.put("accounts", &row);
}

/// The id of the account with that number.
pub(crate) fn account(portal: &TestPortal, number: &str) -> String {
    let rows = portal.wire.snapshot().find("accounts", "ACCOUNT#", "ACCOUNT");
    let row: &Value = rows.iter().find(|row| row["n"]["S"] == number).unwrap();
    row["i"]["S"].as_str().unwrap().to_owned()
}

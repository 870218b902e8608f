//! Renewal reminders: on the day where the account is, once each, whoever runs them and however often.

mod trouble;

use tests::portal::TestPortal;

use crate::races::at_once;

const ADA: &str = "ada@acme.test";
const OTTO: &str = "otto@birch.test";
const PAULA: &str = "paula@orion.test";
const DAY: u64 = 86_400;
/// Sixty days after the day on which every test begins.
const END: &str = "2027-01-21";

/// Records an order of an account with lines of (product, type, end), as the vendor's records say it.
pub(crate) async fn record(portal: &TestPortal, number: &str, customer: &str, lines: &[(&str, &str, &str)]) {
    let mut licenses =
        String::from("order,line,product,serial_number,type,seats,starts_on,ends_on,maintenance_ends_on,assigned_to\n");
    for (place, (product, kind, end)) in lines.iter().enumerate() {
        let line = place + 1;
        licenses
            .push_str(&format!("{number},{line},{product},{product}-{number}-{line},{kind},2,2026-01-01,{end},,\n"));
    }
    let order = format!("number,customer,date,purchase_order,activation_code\n{number},{customer},2026-01-01,,\n");
    portal.import(&[("orders.csv", order), ("licenses.csv", licenses)]).await;
}

/// A company with an owner, in a time zone.
async fn company(portal: &TestPortal, number: &str, zone: &str) -> String {
    let customers = format!(
        "number,name,kind,country,language,time_zone,status,suspension_reason\n\
         {number},Company {number},customer,GB,en,{zone},active,\n"
    );
    let owner = format!("owner@{}.test", number.to_lowercase());
    let people = format!(
        "customer,email,first_name,last_name,job_title,phone,language,role,permissions\n\
         {number},{owner},Olga,Olsen,,,en,owner,\n"
    );
    portal.import(&[("customers.csv", customers), ("people.csv", people)]).await;
    owner
}

/// How many letters somebody has got about licenses of a company of that name.
async fn about(portal: &TestPortal, address: &str, company: &str) -> usize {
    let texts = portal.letters_to(address).await.texts();
    texts.iter().filter(|text| text.contains(&format!("of {company} end"))).count()
}

/// The reminders somebody has got, the newest first: not the letters that ask them each quarter who has access.
async fn reminders(portal: &TestPortal, address: &str) -> Vec<String> {
    let mut texts = portal.letters_to(address).await.texts();
    texts.retain(|text| !text.contains("/access-review"));
    texts
}

/// How many reminders somebody has got.
async fn got(portal: &TestPortal, address: &str) -> usize {
    reminders(portal, address).await.len()
}

async fn run(portal: &TestPortal) -> usize {
    portal.housekeeping().await.expect("a run").reminded
}

/// R405
#[tokio::test]
async fn owner_and_partner_are_reminded_sixty_thirty_and_seven_days_before() {
    let portal = TestPortal::new().await;
    let lines = [("NLD", "subscription", END), ("NLD", "subscription", END), ("NLR", "demo", END)];
    record(&portal, "SO-5001", "C10423", &lines).await;
    let mut told = 0;
    for (days, words) in [(0, "in 60 days"), (30, "in 30 days"), (23, "in 7 days")] {
        portal.clock.advance_secs(days * DAY);
        assert!(run(&portal).await > 0, "{words}");
        assert_eq!(run(&portal).await, 0, "{words}, and not again");
        portal.clock.advance_secs(3_600);
        assert_eq!(run(&portal).await, 0, "{words}, nor an hour later");
        told += 1;
        for address in [ADA, PAULA] {
            assert_eq!(about(&portal, address, "Acme Engineering").await, told, "{address}");
            let texts = portal.letters_to(address).await.texts();
            let text = texts.iter().find(|text| text.contains("of Acme Engineering end")).expect("a letter");
            for part in ["Acme Engineering", words, "21 January 2027", "Northlight Draft: 2 licenses"] {
                assert!(text.contains(part), "{part} in {text}");
            }
            assert!(text.contains("Northlight Render: 1 license "), "{text}");
        }
    }
    let logged = portal.wire.snapshot().find("journal", "LOG#acc", "");
    let reminded: Vec<_> = logged.iter().filter(|row| row["event"]["S"] == "renewal_reminded").collect();
    assert_eq!(reminded.iter().filter(|row| row["ends_on"]["S"] == END).count(), 3);
    assert!(reminded.iter().all(|row| row["u"].is_null()), "the portal did it");
}

/// R405
#[tokio::test]
async fn of_many_runs_at_once_one_reminds() {
    let portal = TestPortal::new().await;
    record(&portal, "SO-5001", "C10423", &[("NLD", "subscription", END)]).await;
    record(&portal, "SO-5002", "C10500", &[("NLD", "subscription", END)]).await;
    let runs = at_once((0..8).map(|_| portal.housekeeping())).await;
    let reminded: usize = runs.iter().flatten().map(|done| done.reminded).sum();
    assert_eq!(reminded, 2);
    for address in [ADA, PAULA, OTTO] {
        assert_eq!(got(&portal, address).await, 1, "{address}");
    }
}

/// R405
#[tokio::test]
async fn what_was_missed_is_made_up_for_but_no_stage_that_is_over() {
    let portal = TestPortal::new().await;
    assert_eq!(run(&portal).await, 0);
    // Six days after the first run, sixty days before: nobody ran it that day, nor the next two.
    record(&portal, "SO-5001", "C10500", &[("NLD", "subscription", "2027-01-27")]).await;
    portal.clock.advance_secs(8 * DAY);
    assert_eq!(run(&portal).await, 1);
    assert!(reminders(&portal, OTTO).await[0].contains("dans 58 jours"), "it says what is true");
    // Weeks without a run: the stage of thirty days has come and gone.
    portal.clock.advance_secs(52 * DAY);
    run(&portal).await;
    assert_eq!(got(&portal, OTTO).await, 2);
    assert!(reminders(&portal, OTTO).await[0].contains("dans 6 jours"), "the stage of thirty days is over");
    portal.clock.advance_secs(7 * DAY);
    run(&portal).await;
    assert_eq!(got(&portal, OTTO).await, 2, "over is over");
}

/// R405
#[tokio::test]
async fn nobody_missed_what_was_due_before_the_first_run() {
    let portal = TestPortal::new().await;
    record(&portal, "SO-5001", "C10500", &[("NLD", "subscription", "2027-01-10")]).await;
    assert_eq!(run(&portal).await, 0, "a vendor who moves in does not mail everybody at once");
    portal.clock.advance_secs(19 * DAY);
    run(&portal).await;
    assert_eq!(got(&portal, OTTO).await, 1, "thirty days before");
}

/// R405
#[tokio::test]
async fn the_day_is_that_of_the_account() {
    let portal = TestPortal::new().await;
    let (auckland, london, honolulu) = (
        company(&portal, "C5001", "Pacific/Auckland").await,
        company(&portal, "C5002", "Europe/London").await,
        company(&portal, "C5003", "Pacific/Honolulu").await,
    );
    for number in ["C5001", "C5002", "C5003"] {
        record(&portal, &format!("SO-{number}"), number, &[("NLD", "subscription", "2027-01-22")]).await;
    }
    // Noon of 22 November in Greenwich; sixty days before is the 23rd, which has begun in Auckland.
    run(&portal).await;
    let all = async || (got(&portal, &auckland).await, got(&portal, &london).await, got(&portal, &honolulu).await);
    assert_eq!(all().await, (1, 0, 0));
    portal.clock.advance_secs(12 * 3_600 - 60);
    run(&portal).await;
    assert_eq!(all().await, (1, 0, 0), "a minute to midnight in London");
    portal.clock.advance_secs(120);
    run(&portal).await;
    assert_eq!(all().await, (1, 1, 0));
    // Midnight in Honolulu is ten in the morning in Greenwich.
    portal.clock.advance_secs(10 * 3_600 - 120);
    run(&portal).await;
    assert_eq!(all().await, (1, 1, 0), "a minute to midnight in Honolulu");
    portal.clock.advance_secs(120);
    run(&portal).await;
    assert_eq!(all().await, (1, 1, 1));
}

/// R405
#[tokio::test]
async fn trials_and_accounts_out_of_use_are_not_reminded() {
    let portal = TestPortal::new().await;
    record(&portal, "SO-5001", "C10423", &[("NLD", "trial", END)]).await;
    record(&portal, "SO-5002", "C10600", &[("NLD", "subscription", END)]).await;
    record(&portal, "SO-5003", "C10700", &[("NLD", "subscription", END)]).await;
    assert_eq!(run(&portal).await, 0);
    portal.set_status("C10423", "suspended").await;
    record(&portal, "SO-5004", "C10423", &[("NLD", "subscription", END)]).await;
    assert_eq!(run(&portal).await, 0);
    // Back in use on the same day, and its partner out of business with us.
    portal.set_status("C20010", "suspended").await;
    assert_eq!((run(&portal).await, got(&portal, ADA).await, got(&portal, PAULA).await), (1, 1, 0));
}

/// R405
#[tokio::test]
async fn what_was_amended_or_cancelled_is_not_reminded_of() {
    let portal = TestPortal::new().await;
    record(&portal, "SO-5001", "C10500", &[("NLD", "subscription", END), ("NLR", "subscription", END)]).await;
    record(&portal, "SO-5001", "C10500", &[("NLD", "subscription", "2027-12-31"), ("NLR", "subscription", END)]).await;
    assert_eq!(run(&portal).await, 1);
    let text = portal.letters_to(OTTO).await.texts().remove(0);
    assert!(text.contains("Northlight Render") && !text.contains("Northlight Draft"), "{text}");

    record(&portal, "SO-5002", "C10423", &[("NLD", "subscription", END)]).await;
    let order = "/api/staff/orders/SO-5002/cancellation";
    let body = serde_json::json!({ "reason": "Bought twice" });
    portal.support().await.put(order, body).await.expect(204);
    assert_eq!((run(&portal).await, got(&portal, PAULA).await), (0, 0));
}

/// R405
#[tokio::test]
async fn a_reminder_names_ten_products_and_how_many_more() {
    let portal = TestPortal::new().await;
    let mut products = String::from("code,name\n");
    for n in 10..23 {
        products.push_str(&format!("PR{n},Product {n}\n"));
    }
    portal.import(&[("products.csv", products)]).await;
    let codes: Vec<_> = (10..23).map(|n| format!("PR{n}")).collect();
    let lines: Vec<_> = codes.iter().map(|code| (code.as_str(), "subscription", END)).collect();
    record(&portal, "SO-5001", "C10500", &lines).await;
    assert_eq!(run(&portal).await, 1);
    let letter = portal.letters_to(OTTO).await;
    assert_eq!(letter.last().matches("\n- ").count(), 11, "{}", letter.last());
    assert!(letter.last().contains("3 produits"), "{}", letter.last());
}

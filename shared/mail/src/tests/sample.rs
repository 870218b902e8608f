//! One letter of each kind, and the envelope around it.

mod guests;
mod partners;

use domain::claim::Reference;
use domain::letter::{
    Change, ChangedField, CustomerLetter, DueProduct, Envelope, Letter, Message, OrderedProduct, Outsider,
    PasswordChange, Recipient, TeamLetter,
};
use domain::member::Wants;
use domain::name::{AccountName, PersonName, ProductName, Reason};
use domain::number::{CustomerNumber, OrderNumber, SerialNumber};
use domain::vendor::Vendor;
use domain::{Browser, Date, EmailAddress, Language, LetterId, RequestKind, Role, System, TakenBack, Timestamp};

pub(super) fn vendor(name: &str) -> Vendor {
    Vendor {
        name: name.into(),
        brand: "#0b6b57".into(),
        home_url: "https://northlight.test".into(),
        support_email: address("help@northlight.test"),
        terms_url: "https://northlight.test/terms".into(),
        privacy_url: "https://northlight.test/privacy".into(),
        terms_version: "2026-05".into(),
        claims_by_domain: false,
        serial_replacements_a_year: 2,
    }
}

fn address(text: &str) -> EmailAddress {
    EmailAddress::parse(text).expect("an address")
}

fn changed(field: ChangedField, before: &str, after: &str) -> Change {
    Change { field, before: before.into(), after: after.into() }
}

/// Every letter there is, in every form it takes, those of one name together, about a person of that name.
pub(super) fn letters(person: &str) -> Vec<Message> {
    let mut letters = vec![
        Message::ConfirmAddress,
        Message::AlreadyRegistered,
        Message::ClaimVerified { account_name: account(), customer_number: number() },
        Message::MemberJoined {
            account_name: account(),
            person_name: person.into(),
            person_email: address("jonas@bauer.test"),
        },
        Message::ClaimReceived { reference: reference() },
        Message::ClaimWaiting {
            account_name: account(),
            person_name: person.into(),
            person_email: address("jonas@bauer.test"),
        },
        Message::ClaimRefused { reference: reference() },
        Message::MemberVerified {
            account_name: account(),
            person_name: person.into(),
            person_email: address("jonas@bauer.test"),
        },
        Message::LicenseAssigned { account_name: account(), product: product("Northlight Draft & Render") },
        Message::ResetPassword,
        Message::FirstPassword,
        Message::Invited { account_name: account(), customer_number: number() },
    ];
    letters.extend(PasswordChange::ALL.map(|how| Message::PasswordChanged { how }));
    letters.extend([
        Message::ProfileChanged {
            changes: vec![
                changed(ChangedField::LastName, "Lovelace", person),
                changed(ChangedField::JobTitle, person, ""),
                changed(ChangedField::City, "", person),
                changed(ChangedField::Country, "GB", "FR"),
                changed(ChangedField::Language, "en", "fr"),
            ],
        },
        Message::EmailChangeAsked { new: address("ada@new.test") },
        Message::ConfirmEmail,
        Message::EmailInUse,
        Message::EmailChanged { new: address("ada@new.test") },
        Message::EmailConfirmed,
        Message::SecondFactorOn,
        Message::SecondFactorOff,
        Message::RecoveryCodesMade,
        Message::NewSignIn { browser: Browser::Firefox, system: System::Windows },
        Message::NewSignIn { browser: Browser::Other, system: System::Other },
        Message::LoginClosing { until: Date::constant(2026, 12, 22) },
    ]);
    letters.extend(RequestKind::ALL.map(|kind| Message::ChangeRequested { kind }));
    // What was only looked at is told to nobody, and who asked to join is told otherwise.
    let decided = [
        RequestKind::Name,
        RequestKind::Email,
        RequestKind::Company,
        RequestKind::LicenseContact,
        RequestKind::Renewal,
        RequestKind::MissingPerson,
        RequestKind::TwoLogins,
        RequestKind::Access,
    ];
    letters.extend(decided.map(|kind| Message::ChangeApproved { kind }));
    let reason = |text| Reason::parse(text).expect("a reason");
    letters.extend(decided.map(|kind| Message::ChangeRefused {
        kind,
        reason: reason("The register of companies knows no company of that name. Please send us an excerpt."),
    }));
    letters.push(Message::OwnerChanged {
        account_name: account(),
        customer_number: number(),
        person_name: person.into(),
    });
    letters.push(Message::OwnerMade { account_name: account(), customer_number: number() });
    letters.extend(TakenBack::ALL.map(|what| Message::ChangeTakenBack { what, password_removed: true }));
    letters.push(Message::ChangeTakenBack { what: TakenBack::Profile, password_removed: false });
    letters.extend([
        due(60, vec![("Northlight Draft", 12), ("Northlight Render", 1)], 0),
        due(1, vec![("Northlight Draft", 2)], 1),
        due(0, vec![("Northlight Draft", 1)], 7),
        Message::OrderRecorded { account_name: account(), order: order(), products: ordered() },
        Message::FirstOrder { account_name: account(), order: order(), products: ordered() },
        Message::OrderCancelled { account_name: account(), order: order(), products: ordered() },
        Message::RenewalAsked {
            account_name: account(),
            product: product("Northlight Draft"),
            serial: serial(),
            ends_on: END,
        },
        Message::TrialStarted {
            account_name: account(),
            person_name: person.into(),
            product: product("Northlight Render"),
            ends_on: END,
        },
        Message::SerialReplaced {
            account_name: account(),
            person_name: person.into(),
            product: product("Northlight Draft"),
            old: serial(),
        },
    ]);
    letters.extend(of_customers(person).map(Message::Customer));
    letters.extend(partners::letters(person).into_iter().map(Message::Partner));
    letters.extend(of_teams(person).map(Message::Team));
    letters.extend(of_invitations(person).map(Message::Team));
    letters.extend(of_access(person).into_iter().map(Message::Team));
    letters.extend(guests::letters(person).map(|letter| Message::Team(TeamLetter::Guest(letter))));
    letters
}

/// What is written about what a partner does with a customer's account.
fn of_customers(person: &str) -> [CustomerLetter; 4] {
    let (account_name, partner_name) = (account(), AccountName::parse("Orion Resellers").expect("a name"));
    let (customer_number, person_name) = (number(), person.to_owned());
    let reason = Reason::parse("Two invoices are unpaid since August.").expect("a reason");
    [
        CustomerLetter::Suspended {
            account_name: account_name.clone(),
            person_name: person_name.clone(),
            partner_name: partner_name.clone(),
            reason: reason.clone(),
        },
        CustomerLetter::Reactivated {
            account_name: account_name.clone(),
            person_name: person_name.clone(),
            partner_name: partner_name.clone(),
        },
        CustomerLetter::SuspensionNoted {
            account_name: account_name.clone(),
            customer_number: customer_number.clone(),
            person_name: person_name.clone(),
            partner_name: partner_name.clone(),
            reason,
        },
        CustomerLetter::ReactivationNoted { account_name, customer_number, person_name, partner_name },
    ]
}

/// What is written about an invitation to a team.
fn of_invitations(person: &str) -> [TeamLetter; 3] {
    let (account_name, person_email) = (account(), address("jonas@weber.test"));
    [
        TeamLetter::Invited { account_name: account(), person_name: person.into() },
        TeamLetter::Accepted {
            account_name: account(),
            person_name: person.into(),
            person_email: person_email.clone(),
        },
        TeamLetter::Declined { account_name, person_email },
    ]
}

/// What members are told of their place in an account.
fn of_teams(person: &str) -> [TeamLetter; 9] {
    [
        TeamLetter::RoleChanged { account_name: account(), role: Role::Manager },
        TeamLetter::RoleChanged { account_name: account(), role: Role::Member },
        TeamLetter::Deactivated { account_name: account(), by: None },
        TeamLetter::Deactivated { account_name: account(), by: Some(outsider(person)) },
        TeamLetter::Reactivated { account_name: account(), by: None },
        TeamLetter::Unlinked { account_name: account(), by: None },
        TeamLetter::Linked { account_name: account(), by: None },
        TeamLetter::Removed { account_name: account(), login_closed: false, by: None },
        TeamLetter::Removed { account_name: account(), login_closed: true, by: None },
    ]
}

/// Somebody of the account's partner.
fn outsider(person: &str) -> Outsider {
    Outsider { person_name: person.into(), home_name: AccountName::parse("Orion Resellers").expect("a name") }
}

/// What is written about asking for more than one may, and about who has access.
fn of_access(person: &str) -> Vec<TeamLetter> {
    let reason = Reason::parse("We have managers enough. Ask Jonas to do it for you.").expect("a reason");
    let asked = |wants| TeamLetter::AccessAsked {
        account_name: account(),
        person_name: person.into(),
        person_email: address("jonas@weber.test"),
        wants,
    };
    let refused = |wants| TeamLetter::AccessRefused { account_name: account(), wants, reason: reason.clone() };
    let mut letters: Vec<_> = Wants::ALL.map(asked).into();
    letters.extend(Wants::ALL.map(|wants| TeamLetter::AccessGranted { account_name: account(), wants }));
    letters.extend(Wants::ALL.map(refused));
    letters.push(TeamLetter::ReviewDue { account_name: account(), members: 12 });
    letters
}

fn ordered() -> Vec<OrderedProduct> {
    let ordered = |name, seats| OrderedProduct { name: product(name), seats };
    vec![ordered("Northlight Draft", 12), ordered("Northlight Render", 1)]
}

fn order() -> OrderNumber {
    OrderNumber::parse("SO-2041").expect("a number")
}

const END: Date = Date::constant(2026, 12, 14);

fn due(days: u16, products: Vec<(&str, u64)>, more: u32) -> Message {
    let products = products.into_iter().map(|(name, licenses)| DueProduct { name: product(name), licenses }).collect();
    Message::RenewalDue { account_name: account(), ends_on: END, days, products, more }
}

fn product(name: &str) -> ProductName {
    ProductName::parse(name).expect("a name")
}

fn serial() -> SerialNumber {
    SerialNumber::parse("NLD-7Q4M-X2KP-09TV").expect("a serial number")
}

fn account() -> AccountName {
    AccountName::parse("Bauer & Söhne Fertigungstechnik GmbH").expect("a name")
}

fn reference() -> Reference {
    Reference::parse("C10188").expect("a reference")
}

fn number() -> CustomerNumber {
    CustomerNumber::parse("C10188").expect("a number")
}

pub(super) fn envelope(message: Message, name: &str, language: Language) -> Envelope {
    let prefix = if language == Language::En { String::new() } else { format!("/{}", language.tag()) };
    let token = message.purpose().map(|_| "#token=nK2vY0b7iWlXw9q3-example-token-AbCdEfGhIjKlMnOp").unwrap_or_default();
    Envelope {
        code: message.carries_code().then(|| "7Q4MX-2KP09-TVNW3-AB1CD".to_owned()),
        link: format!("https://portal.northlight.test{prefix}{}{token}", message.page()),
        letter: Letter {
            id: LetterId::new(Timestamp::UNIX_EPOCH, [7; 10]),
            recipient: Recipient::Address {
                email: address("ada@acme.test"),
                name: PersonName::parse("Ada").expect("a name"),
                language,
            },
            message,
            written_at: Timestamp::UNIX_EPOCH,
            link_subject: None,
        },
        email: address("ada@acme.test"),
        name: name.into(),
        language,
    }
}

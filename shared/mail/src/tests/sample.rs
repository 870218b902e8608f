//! One letter of each kind, and the envelope around it.

use domain::letter::{Change, ChangedField, Envelope, Letter, Message, PasswordChange, Recipient};
use domain::name::{AccountName, PersonName};
use domain::number::CustomerNumber;
use domain::vendor::Vendor;
use domain::{Browser, Date, EmailAddress, Language, LetterId, RequestKind, System, TakenBack, Timestamp};

pub(super) fn vendor(name: &str) -> Vendor {
    Vendor {
        name: name.into(),
        brand: "#0b6b57".into(),
        home_url: "https://northlight.test".into(),
        support_email: address("help@northlight.test"),
        terms_url: "https://northlight.test/terms".into(),
        privacy_url: "https://northlight.test/privacy".into(),
        terms_version: "2026-05".into(),
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
        Message::ResetPassword,
        Message::FirstPassword,
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
    letters.extend(TakenBack::ALL.map(|what| Message::ChangeTakenBack { what, password_removed: true }));
    letters.push(Message::ChangeTakenBack { what: TakenBack::Profile, password_removed: false });
    letters
}

fn account() -> AccountName {
    AccountName::parse("Bauer & Söhne Fertigungstechnik GmbH").expect("a name")
}

fn number() -> CustomerNumber {
    CustomerNumber::parse("C10188").expect("a number")
}

pub(super) fn envelope(message: Message, name: &str, language: Language) -> Envelope {
    let prefix = if language == Language::En { String::new() } else { format!("/{}", language.tag()) };
    let token = message.purpose().map(|_| "#token=nK2vY0b7iWlXw9q3-example-token-AbCdEfGhIjKlMnOp").unwrap_or_default();
    Envelope {
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

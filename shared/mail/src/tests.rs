//! Every letter in every language, as a person reads it, and as somebody hostile would have it read.

use domain::letter::{Envelope, Letter, Message, Recipient};
use domain::name::{AccountName, PersonName};
use domain::number::CustomerNumber;
use domain::vendor::Vendor;
use domain::{EmailAddress, Language, LetterId, Timestamp};

use crate::{Mail, render};

fn vendor(name: &str) -> Vendor {
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

/// One letter of each kind, about a person of that name.
fn letters(person: &str) -> Vec<Message> {
    let account_name = AccountName::parse("Bauer & Söhne Fertigungstechnik GmbH").expect("a name");
    vec![
        Message::ConfirmAddress,
        Message::AlreadyRegistered,
        Message::ClaimVerified {
            account_name: account_name.clone(),
            customer_number: CustomerNumber::parse("C10188").expect("a number"),
        },
        Message::MemberJoined { account_name, person_name: person.into(), person_email: address("jonas@bauer.test") },
    ]
}

fn envelope(message: Message, name: &str, language: Language) -> Envelope {
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

fn mail(message: &Message, name: &str, language: Language) -> Mail {
    render(&envelope(message.clone(), name, language), &vendor("Northlight CAD")).expect("a mail")
}

/// The elements of an HTML text, with their attributes.
fn elements(html: &str) -> Vec<&str> {
    html.split('<').skip(1).filter_map(|rest| rest.split_once('>').map(|(element, _)| element)).collect()
}

fn links(html: &str) -> Vec<&str> {
    html.split("href=\"").skip(1).filter_map(|rest| rest.split_once('"').map(|(link, _)| link)).collect()
}

/// What a reader sees of an HTML part, a paragraph a line.
fn visible(html: &str) -> Vec<String> {
    let body = html.split_once("<body").map_or(html, |(_, body)| body);
    let mut lines: Vec<String> = body
        .split('<')
        .filter_map(|part| part.split_once('>'))
        .map(|(_, text)| {
            let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#x27;", "'");
            text.replace("&#x2f;", "/").replace("&amp;", "&").trim().to_owned()
        })
        .collect();
    lines.retain(|line| !line.is_empty());
    lines
}

#[test]
fn every_letter_reads_well_in_every_language() {
    for message in letters("Jonas Weber") {
        for language in Language::ALL {
            let mail = mail(&message, "Ada", language);
            let read = format!(
                "Subject: {}\n\n{}\n\n=== as HTML ===\n{}",
                mail.subject,
                mail.text,
                visible(&mail.html).join("\n")
            );
            insta::assert_snapshot!(format!("{}.{}", message.name(), language.tag()), read);
        }
    }
}

#[test]
fn the_html_part_is_the_one_that_was_reviewed() {
    insta::assert_snapshot!("confirm_address.html", mail(&Message::ConfirmAddress, "Ada", Language::En).html);
}

#[test]
fn both_parts_say_the_same_and_nothing_is_left_unfilled() {
    for message in letters("Jonas Weber") {
        for language in Language::ALL {
            let mail = mail(&message, "Ada", language);
            let unwrapped = mail.text.replace('\n', " ");
            for line in visible(&mail.html).iter().filter(|line| line.contains(['.', '?'])) {
                assert!(unwrapped.contains(line.as_str()), "only in HTML: {line}");
            }
            let written = [mail.subject.as_str(), &mail.text, &visible(&mail.html).join("")].concat();
            assert!(!written.contains(['{', '}']), "a placeholder is left in {}: {written}", message.name());
            assert_eq!(mail.subject.matches(['\r', '\n']).count(), 0);
        }
    }
}

#[test]
fn a_letter_has_one_link_spelled_out_and_no_other() {
    for message in letters("Jonas Weber") {
        for language in Language::ALL {
            let link = envelope(message.clone(), "Ada", language).link;
            let mail = mail(&message, "Ada", language);
            assert_eq!(links(&mail.html), [link.as_str(), &link], "the button and the spelled-out link");
            assert_eq!(mail.text.lines().filter(|line| *line == link).count(), 1);
            assert_eq!(mail.text.matches("://").count(), 1);
        }
    }
}

#[test]
fn lines_of_the_text_part_fit() {
    for message in letters("Jonas Weber") {
        for language in Language::ALL {
            let mail = mail(&message, "Ada", language);
            let long: Vec<_> =
                mail.text.lines().filter(|line| line.chars().count() > 72 && !line.contains("://")).collect();
            assert!(long.is_empty(), "{long:?}");
        }
    }
}

/// Incidents 34 (HTML and links by a name) and 35 (headers by a name).
#[test]
fn a_hostile_name_adds_no_header_link_or_element() {
    let hostile = [
        "Anna\r\nBcc: everybody@evil.test\r\n\r\nHello",
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "</td></table><a href=https://evil.test>Click</a>",
        "https://evil.test/win or www.evil.test",
        "Anna\u{2028}Bcc: everybody@evil.test\u{2029}\u{85}\u{0}",
        "{{ link }} {% include 'x' %} {person} {{7*7}}",
        "\u{202e}moc.live//:sptth",
        "=?UTF-8?Q?Bcc?= everybody@evil.test",
        "&lt;b&gt;&#60;b&#62;",
    ];
    let long = "A".repeat(1_000);
    for name in hostile.into_iter().chain([long.as_str()]) {
        for (message, plain) in letters(name).into_iter().zip(letters("Jonas Weber")) {
            for language in Language::ALL {
                let (mail, plain) = (mail(&message, name, language), mail(&plain, "Ada", language));
                assert_eq!(
                    (&mail.subject, &mail.from_name),
                    (&plain.subject, &plain.from_name),
                    "headers change by {name:?}"
                );
                assert_eq!(elements(&mail.html), elements(&plain.html), "elements change by {name:?}");
                assert_eq!(links(&mail.html), links(&plain.html), "links change by {name:?}");
                assert_eq!(mail.text.matches("://").count(), 1, "{name:?} is a link in {}", mail.text);
                for part in [&mail.text, &mail.html] {
                    assert!(!part.contains("evil.test") && !part.contains("www.e"), "{name:?} may become a link");
                    assert!(part.chars().all(|c| c == '\n' || !c.is_control()), "{name:?} left a control character");
                    assert!(
                        !part.contains(['\u{2028}', '\u{2029}', '\u{202e}']),
                        "{name:?} left a direction character"
                    );
                    assert!(part.len() < plain.html.len() + 1_500, "{name:.20} is not cut");
                }
                // A name that breaks out into lines of its own would look like our words.
                assert_eq!(mail.text.matches("\n\n").count(), plain.text.matches("\n\n").count(), "{name:?}");
            }
        }
    }
}

#[test]
fn a_hostile_name_of_the_vendor_stays_one_short_line_of_the_header() {
    for name in ["North\r\nBcc: x@evil.test", &"North".repeat(200), "North\u{2028}Light\u{0}"] {
        for message in letters("Jonas Weber") {
            let mail = render(&envelope(message, "Ada", Language::De), &vendor(name)).expect("a mail");
            for header in [&mail.subject, &mail.from_name] {
                assert!(header.chars().count() < 120 && !header.chars().any(char::is_control), "{header:?}");
                assert!(!header.contains('\u{2028}'), "{header:?}");
            }
        }
    }
}

#[test]
fn who_has_not_proven_an_address_cannot_write_the_first_line_to_it() {
    for message in [Message::ConfirmAddress, Message::AlreadyRegistered] {
        for language in Language::ALL {
            let mail = mail(&message, "Win a prize", language);
            assert!(!mail.text.contains("prize") && !mail.html.contains("prize"));
        }
    }
}

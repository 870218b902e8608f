//! Every letter in every language, as a person reads it, and as somebody hostile would have it read.

mod sample;

use std::collections::BTreeSet;

use domain::Language;
use domain::letter::{LinkPurpose, Message};

use crate::letters::keys;
use crate::{Mail, render, texts};
use sample::{envelope, letters, vendor};

fn mail(message: &Message, name: &str, language: Language) -> Mail {
    render(&envelope(message.clone(), name, language), &vendor("Northlight CAD")).expect("a mail")
}

/// Every letter in every language, about a person of that name.
fn readings(person: &str) -> impl Iterator<Item = (Message, Language)> {
    letters(person).into_iter().flat_map(|message| Language::ALL.map(|language| (message.clone(), language)))
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

/// The first form of each letter in full, and what the others say instead.
#[test]
fn every_letter_reads_well_in_every_language() {
    for forms in letters("Jonas Weber").chunk_by(|one, other| one.name() == other.name()) {
        for language in Language::ALL {
            let mut read = String::new();
            let mut said = vec![];
            for message in forms {
                let mail = mail(message, "Ada", language);
                let visible = [vec![format!("Subject: {}", mail.subject)], visible(&mail.html)].concat();
                if said.is_empty() {
                    read = format!("Subject: {}\n\n{}\n\n=== as HTML ===\n", mail.subject, mail.text);
                    read.push_str(&visible[1..].join("\n"));
                    said = visible;
                } else {
                    let instead: Vec<_> = visible.into_iter().filter(|line| !said.contains(line)).collect();
                    read.push_str(&format!("\n\n=== or ===\n{}", instead.join("\n")));
                }
            }
            insta::assert_snapshot!(format!("{}.{}", forms[0].name(), language.tag()), read);
        }
    }
}

#[test]
fn the_html_part_is_the_one_that_was_reviewed() {
    for message in letters("Jonas Weber") {
        if matches!(message, Message::ConfirmAddress | Message::ProfileChanged { .. }) {
            insta::assert_snapshot!(format!("{}.html", message.name()), mail(&message, "Ada", Language::En).html);
        }
    }
}

#[test]
fn both_parts_say_the_same_and_nothing_is_left_unfilled() {
    for (message, language) in readings("Jonas Weber") {
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

#[test]
fn a_letter_has_one_link_spelled_out_and_no_other() {
    for (message, language) in readings("Jonas Weber") {
        let link = envelope(message.clone(), "Ada", language).link;
        let mail = mail(&message, "Ada", language);
        assert_eq!(links(&mail.html), [link.as_str(), &link], "the button and the spelled-out link");
        assert_eq!(mail.text.lines().filter(|line| *line == link).count(), 1);
        assert_eq!(mail.text.matches("://").count(), 1);
    }
}

#[test]
fn lines_of_the_text_part_fit() {
    for (message, language) in readings("Jonas Weber") {
        let mail = mail(&message, "Ada", language);
        let long: Vec<_> =
            mail.text.lines().filter(|line| line.chars().count() > 72 && !line.contains("://")).collect();
        assert!(long.is_empty(), "{long:?}");
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
    for message in [Message::ConfirmAddress, Message::AlreadyRegistered, Message::ConfirmEmail, Message::EmailInUse] {
        for language in Language::ALL {
            let mail = mail(&message, "Win a prize", language);
            assert!(!mail.text.contains("prize") && !mail.html.contains("prize"));
        }
    }
}

/// R108, R202: how long a link is good is said, and is what the purpose says.
#[test]
fn a_letter_with_a_link_says_how_long_it_is_good() {
    for (message, language) in readings("Jonas Weber") {
        let Some(purpose) = message.purpose() else { continue };
        let life = match purpose {
            LinkPurpose::ConfirmAddress | LinkPurpose::Invitation | LinkPurpose::TeamInvitation => {
                purpose.lifetime().as_hours()
            }
            LinkPurpose::ResetPassword | LinkPurpose::ConfirmEmail => purpose.lifetime().as_mins(),
            LinkPurpose::TakeBack => purpose.lifetime().as_hours() / 24,
        };
        let text = mail(&message, "Ada", language).text.replace(['\n', '\u{a0}'], " ");
        let units = ["hours", "heures", "Stunden", "minutes", "Minuten", "days", "jours", "Tage"];
        assert!(units.iter().any(|unit| text.contains(&format!(" {life} {unit}"))), "{}: {text}", message.name());
    }
}

/// R202
#[test]
fn every_notice_of_a_change_can_be_taken_back_with_one_button() {
    for message in letters("Jonas Weber").iter().filter(|it| it.purpose() == Some(LinkPurpose::TakeBack)) {
        let mail = mail(message, "Ada", Language::En);
        assert_eq!(mail.text.matches("This was not me:").count(), 1, "{}", message.name());
        assert_eq!(mail.text.replace('\n', " ").matches("This was not you? The link").count(), 1, "{}", message.name());
    }
}

#[test]
fn every_text_of_a_letter_is_read_by_one() {
    // What all letters share, and the words that stand in them; tests of their own read each of those.
    const SHARED: [&str; 20] = [
        "greeting",
        "link",
        "copy_link",
        "support",
        "sender",
        "device",
        "browser",
        "system",
        "field",
        "language",
        "change",
        "date",
        "month",
        "request",
        "take_back",
        "days",
        "due",
        "ordered",
        "who",
        "stay",
    ];
    let known: BTreeSet<_> = texts::keys().collect();
    let parts = ["subject", "heading", "body", "ask", "action", "note", "ignore"];
    let read: BTreeSet<_> = letters("")
        .iter()
        .flat_map(|message| parts.map(|part| keys(message, part).into_iter().find(|key| known.contains(key.as_str()))))
        .flatten()
        .collect();
    let shared = |key: &str| SHARED.contains(&key.split('.').next().unwrap_or(key));
    let unread: Vec<_> = known.into_iter().filter(|key| !read.contains(*key) && !shared(key)).collect();
    assert!(unread.is_empty(), "{unread:?}");
}

//! What SES refuses, refused here too: a mail that passes on one machine passes on AWS.

use super::fault::Refusal;
use super::mailroom::{Fate, Header, Received};
use super::wire::{Content, Destination, Pair, SendEmail};

/// Headers that SES writes itself and takes from nobody (developer guide, "Amazon SES header fields").
const ITS_OWN: [&str; 12] = [
    "bcc",
    "cc",
    "content-disposition",
    "content-type",
    "date",
    "from",
    "message-id",
    "mime-version",
    "reply-to",
    "return-path",
    "subject",
    "to",
];

/// Reads a request as a mail from one of `identities`.
pub(super) fn received(request: SendEmail, identities: &[String]) -> Result<Received, Refusal> {
    let from = request.from_email_address.filter(|it| !it.is_empty()).ok_or_else(|| bad("From is missing."))?;
    one_line("From", &from)?;
    let sender = address_of(&from);
    if !is_verified(sender, identities) {
        return Err(Refusal::MessageRejected(format!(
            "Email address is not verified. The following identities failed the check: {sender}"
        )));
    }
    let Destination { to_addresses, cc_addresses, bcc_addresses } = request.destination;
    let to: Vec<String> = [to_addresses, cc_addresses, bcc_addresses].concat();
    match to.len() {
        0 => return Err(bad("Destination is missing.")),
        1..=50 => (),
        _ => return Err(bad("Recipient count exceeds 50.")),
    }
    for address in to.iter().chain(&request.reply_to_addresses) {
        is_address(address)?;
    }
    if let Some(name) = request.configuration_set_name.filter(|name| name.is_empty() || !is_label(name)) {
        return Err(Refusal::NotFound(format!("Configuration set <{name}> does not exist.")));
    }
    let simple =
        request.content.and_then(|content| content.simple).ok_or_else(|| bad("Only simple content is known."))?;
    let subject = simple.subject.filter(|it| !it.data.is_empty()).ok_or_else(|| bad("Subject is missing."))?;
    one_line("Subject", &subject.data)?;
    let subject = data(subject)?;
    let text = simple.body.text.map(data).transpose()?;
    let html = simple.body.html.map(data).transpose()?;
    if text.is_none() && html.is_none() {
        return Err(bad("Body is missing."));
    }
    Ok(Received {
        id: String::new(),
        at: web::Clock::system().now(),
        fate: to.first().map_or(Fate::Delivered, |address| fate(address)),
        from,
        to,
        reply_to: request.reply_to_addresses,
        subject,
        text,
        html,
        headers: headers(simple.headers)?,
        tags: tags(request.email_tags)?,
    })
}

fn bad(message: impl Into<String>) -> Refusal {
    Refusal::BadRequest(message.into())
}

fn one_line(what: &str, text: &str) -> Result<(), Refusal> {
    if text.chars().any(char::is_control) { Err(bad(format!("{what} contains a control character."))) } else { Ok(()) }
}

/// `Name <address>` or the address alone.
fn address_of(sender: &str) -> &str {
    sender.rsplit_once('<').and_then(|(_, rest)| rest.strip_suffix('>')).unwrap_or(sender).trim()
}

fn is_verified(sender: &str, identities: &[String]) -> bool {
    let sender = sender.to_lowercase();
    let domain = sender.rsplit_once('@').map(|(_, domain)| domain);
    identities.iter().any(|identity| *identity == sender || Some(identity.as_str()) == domain)
}

/// ASCII only: SES speaks no SMTPUTF8, and wants domains in punycode.
fn is_address(address: &str) -> Result<(), Refusal> {
    let address = address_of(address);
    let whole = address.split_once('@').is_some_and(|(local, domain)| !local.is_empty() && domain.contains('.'));
    if !whole {
        Err(bad("Missing final '@domain'."))
    } else if !address.is_ascii() || address.chars().any(|c| c.is_ascii_control() || " ,;<>\"".contains(c)) {
        Err(bad("Address contains control, white space or non-ASCII characters."))
    } else {
        Ok(())
    }
}

fn data(content: Content) -> Result<String, Refusal> {
    let utf8 = content.charset.as_deref().is_some_and(|charset| charset.eq_ignore_ascii_case("UTF-8"));
    if utf8 || content.data.is_ascii() { Ok(content.data) } else { Err(bad("Non-ASCII content needs a charset.")) }
}

fn headers(pairs: Vec<Pair>) -> Result<Vec<Header>, Refusal> {
    if pairs.len() > 15 {
        return Err(bad("More than 15 headers."));
    }
    for (place, Pair { name, value }) in pairs.iter().enumerate() {
        let lower = name.to_ascii_lowercase();
        let named = (1..=126).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_graphic() && b != b':');
        let valued = value.bytes().all(|b| b.is_ascii_graphic() || b == b' ') && name.len() + value.len() <= 996;
        if !named || !valued {
            return Err(bad("Header name or value is not valid."));
        }
        if ITS_OWN.contains(&lower.as_str()) {
            return Err(bad(format!("Header <{name}> is not allowed.")));
        }
        if pairs.iter().take(place).any(|earlier| earlier.name.eq_ignore_ascii_case(name)) {
            return Err(bad(format!("Duplicate header <{name}>.")));
        }
    }
    Ok(kept(pairs))
}

fn tags(pairs: Vec<Pair>) -> Result<Vec<Header>, Refusal> {
    if pairs.len() > 50 || pairs.iter().any(|tag| !is_label(&tag.name) || !is_label(&tag.value)) {
        return Err(bad("Email tag is not valid."));
    }
    Ok(kept(pairs))
}

fn is_label(text: &str) -> bool {
    (1..=256).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
}

fn kept(pairs: Vec<Pair>) -> Vec<Header> {
    pairs.into_iter().map(|Pair { name, value }| Header { name, value }).collect()
}

/// The mailbox simulator's addresses, at any domain and with any label: `bounce+1@acme.test` bounces.
fn fate(address: &str) -> Fate {
    match address.split(['@', '+']).next() {
        Some("bounce") => Fate::Bounced,
        Some("complaint") => Fate::Complained,
        Some("suppressed" | "suppressionlist") => Fate::Suppressed,
        _ => Fate::Delivered,
    }
}

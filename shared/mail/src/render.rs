//! From an envelope to a mail: the texts of its language, laid out by the two templates.

use std::sync::LazyLock;

use domain::{EmailAddress, letter::Envelope, vendor::Vendor};
use minijinja::{AutoEscape, Environment, UndefinedBehavior, Value, context};

use crate::brand::Brand;
use crate::letters::{Opening, changes, keys, opening, values};
use crate::parts::ListedChange;
use crate::plain;
use crate::texts::{Fill, NoText, need, text};

/// RFC 5322 §2.1.1 would have 78; quoting needs some room.
const WIDTH: usize = 72;
/// What of the vendor's name may enter a header.
const VENDOR_NAME: usize = 60;
/// How a person is greeted, at most.
const GREETED: usize = 80;

static TEMPLATES: LazyLock<Result<Environment<'static>, minijinja::Error>> = LazyLock::new(|| {
    let mut templates = Environment::empty();
    templates.set_undefined_behavior(UndefinedBehavior::Strict);
    templates.set_auto_escape_callback(|name| match name {
        "letter.txt.j2" => AutoEscape::None,
        _ => AutoEscape::Html,
    });
    templates.add_filter("wrap", |text: String| plain::wrap(&text, WIDTH));
    templates.add_template("letter.txt.j2", include_str!("../templates/letter.txt.j2"))?;
    templates.add_template("letter.html.j2", include_str!("../templates/letter.html.j2"))?;
    Ok(templates)
});

/// A mail, ready to be handed over. Nobody but the recipient and the mail service sees its link: it cannot be printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Mail {
    /// The name beside the sender's address.
    pub from_name: String,
    /// Where an answer goes.
    pub reply_to: EmailAddress,
    /// The subject; holds nothing a person typed.
    pub subject: String,
    /// The plain-text part.
    pub text: String,
    /// The HTML part.
    pub html: String,
}

/// A letter cannot be written as it stands: a text or a template is wrong, which the tests would have found.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// The catalogues lack a text that every letter needs.
    #[error("the text mail.{0} is missing")]
    NoText(String),
    /// A template is wrong.
    #[error("a template of the letters is wrong")]
    Template(#[from] minijinja::Error),
    /// A template is wrong, found before.
    #[error("a template of the letters is wrong: {0}")]
    Templates(&'static minijinja::Error),
}

impl From<NoText> for RenderError {
    fn from(NoText(key): NoText) -> Self {
        Self::NoText(key)
    }
}

/// Writes the mail of that letter, in the language of its reader.
///
/// # Errors
/// [`RenderError`] if the texts or templates of this build are incomplete.
pub fn render(envelope: &Envelope, vendor: &Vendor) -> Result<Mail, RenderError> {
    let templates = TEMPLATES.as_ref().map_err(RenderError::Templates)?;
    let words = Words::of(envelope, vendor)?;
    let brand = Brand::of(&vendor.brand);
    let said = context! {
        language => envelope.language.tag(),
        subject => words.subject.as_str(),
        vendor => words.vendor.as_str(),
        heading => words.heading,
        greeting => words.greeting,
        body => words.body,
        changes => words.changes.into_iter().map(listed).collect::<Vec<_>>(),
        ask => words.ask,
        action => words.action,
        link_line => words.link_line,
        link => envelope.link.as_str(),
        href => Value::from_safe_string(attribute(&envelope.link)),
        copy_link => words.copy_link,
        note => words.note,
        ignore => words.ignore,
        support => words.support,
        sender => words.sender,
        accent => brand.accent,
        accent_ink => brand.ink,
    };
    let text = templates.get_template("letter.txt.j2")?.render(&said)?;
    let html = templates.get_template("letter.html.j2")?.render(&said)?;
    Ok(Mail { from_name: words.vendor, reply_to: vendor.support_email.clone(), subject: words.subject, text, html })
}

fn listed(change: ListedChange) -> Value {
    context! { field => change.field, values => change.values, line => change.line }
}

/// Everything a letter says, in one language.
struct Words {
    vendor: String,
    subject: String,
    heading: String,
    greeting: Option<String>,
    body: String,
    changes: Vec<ListedChange>,
    ask: Option<String>,
    action: String,
    link_line: String,
    note: Option<String>,
    ignore: Option<String>,
    copy_link: String,
    support: String,
    sender: String,
}

impl Words {
    fn of(envelope: &Envelope, vendor: &Vendor) -> Result<Self, RenderError> {
        let message = &envelope.letter.message;
        let vendor_name = plain::line(&vendor.name, VENDOR_NAME);
        let support = vendor.support_email.to_string();
        let person = plain::name(&envelope.name, GREETED);
        let language = envelope.language;
        let own = values(message, language)?;

        // The subject is a header: it gets the vendor's name and nothing else.
        let headers: [Fill<'_>; 1] = [("vendor", &vendor_name)];
        let mut fills: Vec<Fill<'_>> = vec![("vendor", &vendor_name), ("support", &support)];
        fills.extend(own.iter().map(|(name, value)| (*name, value.as_str())));

        let read =
            |part: &str, fills: &[Fill<'_>]| keys(message, part).iter().find_map(|key| text(language, key, fills));
        let must = |part: &str, fills: &[Fill<'_>]| {
            read(part, fills).ok_or_else(|| NoText(format!("{}.{part}", message.name())))
        };

        let greeting = match opening(message) {
            Opening::Greeting if !person.is_empty() => Some(need(language, "greeting", &[("name", &person)])?),
            Opening::Greeting | Opening::NoName => None,
        };
        let action = must("action", &headers)?;
        Ok(Self {
            subject: must("subject", &headers)?,
            heading: must("heading", &headers)?,
            greeting,
            body: must("body", &fills)?,
            changes: changes(envelope)?,
            ask: read("ask", &fills),
            link_line: need(language, "link", &[("action", &action)])?,
            action,
            note: read("note", &fills),
            ignore: read("ignore", &fills),
            copy_link: need(language, "copy_link", &fills)?,
            support: need(language, "support", &fills)?,
            sender: need(language, "sender", &fills)?,
            vendor: vendor_name,
        })
    }
}

/// Escapes an address for an attribute. The template's own escaping writes `/` as a reference, which some spam filters
/// take for a disguised link.
fn attribute(link: &str) -> String {
    link.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

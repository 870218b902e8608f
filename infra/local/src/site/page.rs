//! One page in one language: its layout, its words, and the sheets, modules, drawings and texts that it needs, all
//! named in the page itself.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use domain::{Language, Vendor};

use super::colour::Accents;
use super::file::integrity;
use super::refusals::Refusals;
use super::template::{self, Directive};
use super::texts::placeholders;
use super::{SiteError, Source, js, path};

/// Makes a page.
pub(super) fn render(
    source: &Source,
    vendor: &Vendor,
    assets: &BTreeMap<String, Vec<u8>>,
    version: &str,
    language: Language,
    name: &str,
) -> Result<String, SiteError> {
    let file = format!("pages/{name}.html");
    let (first, body) = source.file(&file)?.split_once('\n').unwrap_or_default();
    let settings =
        template::settings(first).ok_or_else(|| SiteError::wrong(&file, "does not begin with {{page …}}"))?;
    let setting = |key: &str| settings.get(key).copied().unwrap_or_default();
    let page = Page { source, vendor, language, name, title: setting("title"), class: setting("class") };
    let content = page.expand(&file, body, "")?;
    let layout = format!("pages/_{}.html", setting("layout"));
    let html = page.expand(&layout, source.file(&layout)?, &content)?;
    page.finish(&html, assets, version, setting("layout"), setting("css"))
}

struct Page<'a> {
    source: &'a Source,
    vendor: &'a Vendor,
    language: Language,
    name: &'a str,
    title: &'a str,
    class: &'a str,
}

impl Page<'_> {
    /// Fills the directives of a file. What depends on the whole page is left for [`Page::finish`].
    fn expand(&self, file: &str, text: &str, content: &str) -> Result<String, SiteError> {
        template::fill(file, text, |directive| {
            Ok(match directive.name {
                "styles" | "scripts" | "sprite" | "texts" => format!("{{{{{}}}}}", directive.name),
                "content" => content.to_owned(),
                "include" => {
                    let part = format!("pages/_{}.html", directive.word);
                    self.expand(&part, self.source.file(&part)?, content)?
                }
                "t" => self.words(file, directive)?,
                "title" => escape(self.text(file, self.title)?),
                "to" => self.address(file, directive.word)?,
                "nav" => {
                    let current = if directive.word == self.name { " aria-current=\"page\"" } else { "" };
                    format!("href=\"{}\"{current}", self.address(file, directive.word)?)
                }
                "icon" => icon(directive.word),
                "lang" => self.language.tag().to_owned(),
                "root" => path::root_of(self.language).to_owned(),
                "page" => self.name.to_owned(),
                "script" => self.script().map_or_else(String::new, |_| self.name.to_owned()),
                "class" => self.class.to_owned(),
                "favicon" => self.favicon()?,
                "languages" => self.languages(),
                name => match name.strip_prefix("vendor.").and_then(|field| self.of_vendor(field)) {
                    Some(value) => escape(&value),
                    None => return Err(SiteError::wrong(file, format!("{{{{{name}}}}} means nothing"))),
                },
            })
        })
    }

    fn text(&self, file: &str, key: &str) -> Result<&str, SiteError> {
        let texts = self.source.texts(self.language);
        texts.get(key).ok_or_else(|| SiteError::wrong(file, format!("{} has no text {key}", texts.file())))
    }

    /// The words of a key as HTML: the vendor named, each `[…]` a link.
    fn words(&self, file: &str, directive: &Directive<'_>) -> Result<String, SiteError> {
        let key = directive.word;
        let mut html = escape(self.text(file, key)?)
            .replace("{vendor}", &escape(&self.vendor.name))
            .replace("{support}", &escape(self.vendor.support_email.as_str()));
        if let Some(name) = placeholders(&html).first() {
            return Err(SiteError::wrong(file, format!("the text {key} needs a {name}, which only a script can give")));
        }
        for target in &directive.links {
            let href = match target.strip_prefix("vendor.") {
                Some(field) => self.of_vendor(field).map(|url| escape(&url)),
                None => Some(self.address(file, target)?),
            };
            let href = href.ok_or_else(|| SiteError::wrong(file, format!("{target} is no link")))?;
            html = html.replacen('[', &format!("<a href=\"{href}\">"), 1).replacen(']', "</a>", 1);
        }
        if html.contains(['[', ']']) || self.text(file, key)?.matches('[').count() != directive.links.len() {
            return Err(SiteError::wrong(file, format!("the text {key} has not {} links", directive.links.len())));
        }
        Ok(html)
    }

    fn of_vendor(&self, field: &str) -> Option<String> {
        Some(match field {
            "name" => self.vendor.name.clone(),
            "home_url" => self.vendor.home_url.clone(),
            "terms_url" => self.vendor.terms_url.clone(),
            "privacy_url" => self.vendor.privacy_url.clone(),
            "terms_version" => self.vendor.terms_version.clone(),
            "support" => format!("mailto:{}", self.vendor.support_email.as_str()),
            _ => return None,
        })
    }

    fn address(&self, file: &str, page: &str) -> Result<String, SiteError> {
        if self.source.page_names().any(|name| name == page) {
            Ok(path::address_of_page(self.language, page))
        } else {
            Err(SiteError::wrong(file, format!("there is no page {page}")))
        }
    }

    fn script(&self) -> Option<String> {
        let module = format!("js/pages/{}.js", self.name);
        self.source.file(&module).is_ok().then_some(module)
    }

    /// The page's icon, in the vendor's colour, within the page: it costs no request.
    fn favicon(&self) -> Result<String, SiteError> {
        let (ground, line) = Accents::of(&self.vendor.brand).icon();
        let svg = self.source.file("favicon.svg")?.trim().replace("#0b6b57", &ground).replace("#fff", &line);
        let safe =
            svg.replace('%', "%25").replace('"', "'").replace('#', "%23").replace('<', "%3C").replace('>', "%3E");
        Ok(format!("data:image/svg+xml,{safe}"))
    }

    /// This page in each language, every language in its own.
    fn languages(&self) -> String {
        Language::ALL.iter().fold(String::new(), |mut html, &language| {
            let name = match language {
                Language::En => "English",
                Language::Fr => "Français",
                Language::De => "Deutsch",
            };
            let (tag, root, href) =
                (language.tag(), path::root_of(language), path::address_of_page(language, self.name));
            let current = if language == self.language { " aria-current=\"true\"" } else { "" };
            // Writing to a string does not fail.
            let _ = writeln!(
                html,
                "<a href=\"{href}\" hreflang=\"{tag}\" lang=\"{tag}\" data-root=\"{root}\"{current}>{name}</a>"
            );
            html
        })
    }

    /// Fills what depends on everything else in the page.
    fn finish(
        &self,
        html: &str,
        assets: &BTreeMap<String, Vec<u8>>,
        version: &str,
        layout: &str,
        sheet: &str,
    ) -> Result<String, SiteError> {
        let parts = template::attribute_words(html, "data-module").map(|part| format!("js/parts/{part}.js"));
        let roots: Vec<_> = parts.chain(["js/page.js".to_owned()]).chain(self.script()).collect();
        let modules = js::closure(self.source, &roots)?;
        let mut keys = BTreeSet::new();
        let mut icons = js::icons(html);
        for module in &modules {
            let text = self.source.file(module)?;
            keys.extend(js::keys(module, text, self.source.texts(self.language))?);
            icons.extend(js::icons(text));
        }
        let refusals = Refusals::of(self.source, html, layout)?;
        keys.retain(|key| refusals.can_say(key));
        let named = |name: &str| {
            let bytes = assets.get(name).ok_or_else(|| SiteError::wrong(name, "does not exist"))?;
            Ok::<_, SiteError>(format!("href=\"/assets/{version}/{name}\" integrity=\"{}\"", integrity(bytes)))
        };
        let styles = format!("<link rel=\"stylesheet\" {}>", named(&format!("css/{sheet}.css"))?);
        let mut scripts = String::new();
        for module in modules.iter().filter(|name| *name != "js/page.js") {
            let _ = writeln!(scripts, "<link rel=\"modulepreload\" {}>", named(module)?);
        }
        let entry = named("js/page.js")?.replacen("href", "src", 1);
        let _ = write!(scripts, "<script type=\"module\" {entry}></script>");
        Ok(html
            .replace("{{styles}}", &styles)
            .replace("{{scripts}}", &scripts)
            .replace("{{sprite}}", &self.sprite(&icons)?)
            .replace("{{texts}}", &self.texts(&keys)?))
    }

    /// The drawings of this page, once; `use` refers to them.
    fn sprite(&self, icons: &BTreeSet<&str>) -> Result<String, SiteError> {
        let drawings = self.source.file("icons.svg")?;
        let mut sprite = String::new();
        for name in icons {
            let drawing = drawings.lines().find(|line| line.contains(&format!("id=\"icon-{name}\"")));
            let drawing = drawing.ok_or_else(|| SiteError::wrong("icons.svg", format!("has no icon-{name}")))?;
            sprite.push_str(drawing.trim());
        }
        Ok(if sprite.is_empty() { sprite } else { format!("<svg aria-hidden=\"true\" hidden>{sprite}</svg>") })
    }

    /// The words that the page's modules use. A block of data is no script: the policy lets it be, nothing runs it.
    fn texts(&self, keys: &BTreeSet<&str>) -> Result<String, SiteError> {
        let words: BTreeMap<_, _> =
            keys.iter().filter_map(|key| Some((*key, self.source.texts(self.language).get(key)?))).collect();
        let json = serde_json::to_string(&words).map_err(|cause| SiteError::wrong(self.name, cause.to_string()))?;
        Ok(format!("<script type=\"application/json\" id=\"texts\">{}</script>", json.replace('<', "\\u003c")))
    }
}

fn icon(name: &str) -> String {
    format!("<svg class=\"icon\" aria-hidden=\"true\"><use href=\"#icon-{name}\"/></svg>")
}

/// Text for HTML, between tags or within a quoted attribute.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

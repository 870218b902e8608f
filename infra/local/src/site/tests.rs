//! The project's own site, rendered: what must hold of every page.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use axum::body::Body;
use axum::http::Request;
use domain::{EmailAddress, Language, Vendor};
use tower::ServiceExt as _;

use super::{CONTENT_SECURITY_POLICY, Site, SiteError, Source, js, routes, source_folder};

fn vendor() -> Vendor {
    Vendor {
        name: "Fen & Søn <CAD>".into(),
        brand: "#0b6b57".into(),
        home_url: "https://www.fen.test/?a=1&b=2".into(),
        support_email: EmailAddress::parse("help@fen.test").expect("an address"),
        terms_url: "https://www.fen.test/terms".into(),
        privacy_url: "https://www.fen.test/privacy".into(),
        terms_version: "2026-05".into(),
        claims_by_domain: false,
        serial_replacements_a_year: 2,
    }
}

fn source() -> Source {
    Source::read(&source_folder()).expect("the project's site")
}

/// Rendered once for all tests; its files are shared, not copied.
fn site() -> Site {
    static SITE: LazyLock<Site> = LazyLock::new(|| Site::render(&source(), &vendor()).expect("the project's site"));
    SITE.clone()
}

fn page(path: &str) -> String {
    String::from_utf8(site().file(path).expect(path).plain().to_vec()).expect("text")
}

#[test]
fn every_page_is_there_in_every_language() {
    let site = site();
    for root in ["", "fr/", "de/"] {
        for name in ["index", "sign-in", "sign-up", "confirm", "licenses", "claim", "choose-account", "404", "500"] {
            assert!(site.file(&format!("{root}{name}.html")).is_some(), "{root}{name}");
        }
    }
}

#[test]
fn nothing_is_left_to_fill_and_nothing_stands_inline() {
    for (path, file) in site().files().filter(|(_, file)| file.is_page()) {
        let html = String::from_utf8_lossy(file.plain()).into_owned();
        let markup = html.split("<script type=\"application/json\"").next().expect("a page");
        for bad in ["{{", "}}", " style=", "<style", " onclick=", "javascript:", "=\"http:", "<CAD>"] {
            assert!(!markup.contains(bad), "{path} holds {bad}");
        }
    }
}

#[test]
fn the_words_of_a_page_are_those_of_its_language() {
    assert!(page("sign-in.html").contains("<html lang=\"en\" data-root=\"\">"));
    assert!(page("fr/sign-in.html").contains("<title>Connexion · Fen &amp; Søn &lt;CAD&gt;</title>"));
    assert!(page("de/sign-in.html").contains("<a href=\"/de/sign-up\">Zugang anlegen</a>"));
}

#[test]
fn the_menu_marks_where_one_is() {
    assert!(page("licenses.html").contains("<a href=\"/licenses\" aria-current=\"page\">"));
    assert!(page("fr/licenses.html").contains("<a href=\"/fr/\">"));
}

/// A text that no page and no module uses is a text somebody translates for nothing. `mail.…` belongs to the letters.
#[test]
fn every_text_is_used() {
    let source = source();
    let texts = source.texts(Language::En);
    let mut used = BTreeSet::new();
    for (name, text) in source.modules() {
        used.extend(js::keys(name, text, texts).expect(name).into_iter().map(str::to_owned));
    }
    for name in source
        .page_names()
        .map(str::to_owned)
        .chain(["_app", "_door", "_head", "_languages", "_prove", "_summary", "_tail"].map(Into::into))
    {
        let text = source.file(&format!("pages/{name}.html")).expect("a page");
        used.extend(text.split("{{t ").skip(1).filter_map(|rest| rest.split(['}', ' ']).next()).map(str::to_owned));
        used.extend(text.split("title=").skip(1).filter_map(|rest| rest.split(['}', ' ']).next()).map(str::to_owned));
    }
    let unused: Vec<_> = texts.keys().filter(|key| !key.starts_with("mail.") && !used.contains(*key)).collect();
    assert_eq!(unused, Vec::<&str>::new());
}

/// Imports name modules within `js/`, so that the list of what a page needs is complete.
#[test]
fn modules_import_what_exists() {
    let source = source();
    for (name, _) in source.modules() {
        js::closure(&source, &[name.to_owned()]).expect(name);
    }
}

#[test]
fn what_is_wrong_is_named_by_file() {
    let with = |page: &str, extra: &str| {
        let catalogue = |text: &str| format!(r#"{{"a.title":"{text}","a.link":"[{text}]"}}"#);
        let files: BTreeMap<String, String> = [
            ("pages/_plain.html", "<title>{{title}}</title>{{styles}}{{scripts}}{{content}}{{texts}}".to_owned()),
            ("pages/overview.html", page.to_owned()),
            ("css/door.css", extra.to_owned()),
            ("js/page.js", String::new()),
            ("icons.svg", String::new()),
            ("text/en.json", catalogue("One")),
            ("text/fr.json", catalogue("Un")),
            ("text/de.json", catalogue("Eins")),
        ]
        .map(|(name, text)| (name.to_owned(), text))
        .into();
        Source::new(files).and_then(|source| Site::render(&source, &vendor())).err().map(|it: SiteError| it.to_string())
    };
    let first = "{{page layout=plain css=door title=a.title}}\n";
    assert_eq!(with(first, ""), None);
    for (page, sheet, refusal) in [
        ("{{t a.titel}}", "", "site/pages/overview.html: text/en.json has no text a.titel"),
        ("{{to nowhere}}", "", "site/pages/overview.html: there is no page nowhere"),
        ("{{t a.link}}", "", "site/pages/overview.html: the text a.link has not 0 links"),
        ("{{t a.title link=overview}}", "", "site/pages/overview.html: the text a.title has not 1 links"),
        ("{{vendor.secret}}", "", "site/pages/overview.html: {{vendor.secret}} means nothing"),
        ("{{icon x", "", "site/pages/overview.html: a {{ has no }}"),
        ("<p data-module=\"gone\">", "", "site/js/parts/gone.js: does not exist"),
        ("", "@import \"gone.css\" layer(x);", "site/css/gone.css: does not exist"),
    ] {
        assert_eq!(with(&format!("{first}{page}"), sheet).as_deref(), Some(refusal));
    }
}

#[test]
fn the_same_source_makes_the_same_site() {
    let bytes =
        |site: &Site| site.files().map(|(path, file)| (path.to_owned(), file.plain().to_vec())).collect::<Vec<_>>();
    let again = Site::render(&source(), &vendor()).expect("the project's site");
    assert!(bytes(&site()) == bytes(&again));
}

/// The page that everybody waits for: its words, sheets and modules in at most 8 requests and 15 kB.
#[test]
fn sign_in_is_light() {
    use super::file::Encoding;
    let site = site();
    for path in ["sign-in.html", "fr/sign-in.html", "de/sign-in.html"] {
        let html = page(path);
        let named =
            html.split("/assets/").skip(1).filter_map(|rest| rest.split('"').next()).map(|it| format!("assets/{it}"));
        let files: Vec<_> = named.map(|name| site.file(&name).expect("an asset")).chain(site.file(path)).collect();
        let bytes: usize = files.iter().map(|file| file.bytes(Encoding::Brotli).len()).sum();
        assert!(files.len() <= 8, "{path}: {} requests", files.len());
        assert!(bytes <= 13_000, "{path}: {bytes} bytes, before headers");
    }
}

async fn get(address: &str, headers: &[(&str, &str)]) -> axum::http::Response<Body> {
    let mut request = Request::get(address);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    routes(site()).oneshot(request.body(Body::empty()).expect("a request")).await.expect("an answer")
}

#[tokio::test]
async fn pages_are_served_under_the_policy() {
    let answer = get("/sign-in", &[("accept-encoding", "gzip, br")]).await;
    let header = |name| answer.headers().get(name).and_then(|it| it.to_str().ok()).unwrap_or_default();
    assert_eq!(answer.status(), 200);
    assert_eq!(header("content-security-policy"), CONTENT_SECURITY_POLICY);
    assert_eq!(header("content-encoding"), "br");
    assert_eq!(header("cache-control"), "no-cache");
    assert_eq!(header("vary"), "accept-encoding");
    let again = get("/sign-in", &[("accept-encoding", "gzip, br"), ("if-none-match", header("etag"))]).await;
    assert_eq!(again.status(), 304);
    let plain = get("/sign-in", &[("accept-encoding", "br;q=0, gzip;q=0"), ("if-none-match", header("etag"))]).await;
    assert_eq!((plain.status().as_u16(), plain.headers().get("content-encoding")), (200, None));
}

#[tokio::test]
async fn addresses_lead_where_they_mean() {
    for (address, status, location) in [
        ("/", 200, ""),
        ("/fr/", 200, ""),
        ("/fr", 308, "/fr/"),
        ("/licenses/", 308, "/licenses"),
        ("//evil.test/", 404, ""),
        ("/nowhere", 404, ""),
        ("/..%2fCargo.toml", 404, ""),
    ] {
        let answer = get(address, &[]).await;
        let to = answer.headers().get("location").and_then(|it| it.to_str().ok()).unwrap_or_default();
        assert_eq!((answer.status().as_u16(), to), (status, location), "{address}");
    }
}

#[tokio::test]
async fn an_unknown_page_is_told_in_the_language_of_its_address() {
    let answer = get("/fr/nowhere", &[]).await;
    let body = axum::body::to_bytes(answer.into_body(), usize::MAX).await.expect("a body");
    assert!(String::from_utf8_lossy(&body).contains("Page introuvable"));
}

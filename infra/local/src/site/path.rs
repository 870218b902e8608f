//! Which file answers an address. CloudFront's function follows the same rule; a test compares the two.

use domain::Language;

/// What the addresses of a language begin with: nothing for English, else `/fr` or `/de`.
#[must_use]
pub const fn root_of(language: Language) -> &'static str {
    match language {
        Language::En => "",
        Language::Fr => "/fr",
        Language::De => "/de",
    }
}

/// The path of the file that answers an address: `/` → `index.html`, `/fr/` → `fr/index.html`, `/licenses` →
/// `licenses.html`; what has a dot in its last part is the file itself. There is no file for a path that climbs.
#[must_use]
pub fn file_of(address: &str) -> Option<String> {
    let path = address.strip_prefix('/')?;
    let last = path.rsplit('/').next().unwrap_or_default();
    if path.split('/').any(|part| part == ".." || part == ".") {
        return None;
    }
    Some(match last {
        "" => format!("{path}index.html"),
        _ if last.contains('.') => path.to_owned(),
        _ => format!("{path}.html"),
    })
}

/// The page that says "not found" in the language of an address.
#[must_use]
pub fn not_found_of(address: &str) -> &'static str {
    match address.split('/').nth(1) {
        Some("fr") => "fr/404.html",
        Some("de") => "de/404.html",
        _ => "404.html",
    }
}

/// Where a page is written.
pub(super) fn file_of_page(language: Language, page: &str) -> String {
    let name = if page == "overview" { "index" } else { page };
    let path = format!("{}/{name}.html", root_of(language));
    path.trim_start_matches('/').to_owned()
}

/// The address of a page.
pub(super) fn address_of_page(language: Language, page: &str) -> String {
    let name = if page == "overview" { "" } else { page };
    format!("{}/{name}", root_of(language))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_one_file() {
        for (address, file) in [
            ("/", Some("index.html")),
            ("/fr/", Some("fr/index.html")),
            ("/licenses", Some("licenses.html")),
            ("/de/sign-in", Some("de/sign-in.html")),
            ("/assets/1f/app.css", Some("assets/1f/app.css")),
            ("/../Cargo.toml", None),
            ("/a/./b", None),
            ("licenses", None),
        ] {
            assert_eq!(file_of(address).as_deref(), file, "{address}");
        }
    }

    #[test]
    fn a_page_is_written_where_its_address_looks() {
        for language in Language::ALL {
            for page in ["overview", "sign-in"] {
                assert_eq!(file_of(&address_of_page(language, page)), Some(file_of_page(language, page)));
            }
        }
    }
}

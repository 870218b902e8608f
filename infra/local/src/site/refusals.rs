//! Which words of refusals a page carries. A form finds them by the code it is answered, so no module names them one by
//! one; yet a page goes without those it cannot meet, and the pages that open first are small for it.

use std::collections::BTreeSet;

use super::{SiteError, Source, template};

/// Refusals of somebody who works in an account: pages before sign-in do not meet them.
const OF_WORK: [&str; 14] = [
    "problem.account_changed",
    "problem.account_closed",
    "problem.account_suspended",
    "problem.already_asked",
    "problem.already_member",
    "problem.invalid_cursor",
    "problem.invalid_query",
    "problem.membership_deactivated",
    "problem.no_account",
    "problem.owner_cannot_close",
    "problem.owner_only",
    "problem.second_factor_first",
    "problem.second_factor_missing",
    "problem.second_factor_required",
];

/// Refusals that the pages of signing in meet with a step of their own, and no other page meets.
const STEPS: [&str; 3] =
    ["problem.initial_password_expired", "problem.new_password_needed", "problem.second_factor_needed"];

/// What a page can be refused.
pub(super) struct Refusals<'t> {
    before_sign_in: bool,
    here: BTreeSet<&'t str>,
    anywhere: BTreeSet<&'t str>,
}

impl<'t> Refusals<'t> {
    /// Looks at a page's fields, and at those of all pages.
    pub(super) fn of(source: &'t Source, html: &'t str, layout: &str) -> Result<Self, SiteError> {
        let pages = source.page_names().map(|page| source.file(&format!("pages/{page}.html")));
        let anywhere = pages.collect::<Result<Vec<_>, _>>()?.into_iter().flat_map(fields).collect();
        Ok(Self { before_sign_in: layout == "door", here: fields(html).collect(), anywhere })
    }

    /// Whether the page can need a text. Words about a field, named by the key (`field.required.serial`) or by the code
    /// (`field.serial_number_invalid`), go where there is such a field; what is no refusal goes everywhere.
    pub(super) fn can_say(&self, key: &str) -> bool {
        let Some(refusal) = key.strip_prefix("field.") else {
            return !(STEPS.contains(&key) || self.before_sign_in && OF_WORK.contains(&key));
        };
        if let Some((_, name)) = refusal.split_once('.') {
            return self.here.contains(name);
        }
        // `name_invalid` is about `first_name` too.
        let is = |field: &str, name: &str| field == name || field.ends_with(&format!("_{name}"));
        let mut about = self.anywhere.iter().filter(|name| refusal.starts_with(&format!("{name}_"))).peekable();
        about.peek().is_none() || about.any(|name| self.here.iter().any(|field| is(field, name)))
    }
}

/// The fields of a page: their names, and what their words go by (`data-words`).
fn fields(html: &str) -> impl Iterator<Item = &str> {
    template::attribute_words(html, " name").chain(template::attribute_words(html, "data-words"))
}

#[cfg(test)]
mod tests {
    use domain::Language;

    use super::*;
    use crate::site::source_folder;

    #[test]
    fn words_about_a_field_go_where_the_field_is() {
        let anywhere = r#"<input name="name"><input name="serial"><input name="first_name" data-words="their_email">"#;
        let here = r#"<input type="text" name="first_name" data-words="their_email">"#;
        let page = |before_sign_in| Refusals {
            before_sign_in,
            here: fields(here).collect(),
            anywhere: fields(anywhere).collect(),
        };
        for (key, said) in [
            ("field.required", true),
            ("field.too_long", true),
            ("field.required.their_email", true),
            ("field.required.serial", false),
            ("field.serial_number_invalid", false),
            ("field.name_invalid", true),
            ("problem.internal", true),
            ("problem.second_factor_needed", false),
            ("signin.title", true),
        ] {
            assert_eq!(page(true).can_say(key), said, "{key}");
        }
        assert!(page(false).can_say("problem.account_suspended") && !page(true).can_say("problem.account_suspended"));
    }

    #[test]
    fn refusals_of_work_exist() {
        let source = Source::read(&source_folder()).expect("the project's site");
        for key in OF_WORK.into_iter().chain(STEPS) {
            assert!(source.texts(Language::En).get(key).is_some(), "no text {key}");
        }
    }
}

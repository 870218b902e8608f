//! Which words of refusals a page carries. A form finds them by the code it is answered, so no module names them one by
//! one; yet a page goes without those it cannot meet, and the pages that open first are small for it.

use std::collections::BTreeSet;

use super::{SiteError, Source, template};

/// Refusals of somebody who works in an account or at the console: pages before sign-in do not meet them, or, as that of an
/// invitation's link does, meet them with a step of their own.
const OF_WORK: [&str; 124] = [
    "field.account_unknown",
    "field.already_in_team",
    "field.already_invited",
    "field.bytes_invalid",
    "field.checksum_invalid",
    "field.choice_invalid",
    "field.contact_exists",
    "field.customer_number_invalid",
    "field.date_invalid",
    "field.end_before_start",
    "field.end_unasked",
    "field.file_name_invalid",
    "field.guest_no_user_name",
    "field.id_invalid",
    "field.invited_too_often",
    "field.line_unknown",
    "field.list_too_long",
    "field.named_twice",
    "field.not_a_partner",
    "field.not_uploaded",
    "field.order_number_invalid",
    "field.own_address",
    "field.own_address_as_owner",
    "field.own_managers_only",
    "field.owner_unavailable",
    "field.partner_unusable",
    "field.password_needed",
    "field.product_code_invalid",
    "field.product_unknown",
    "field.product_withdrawn",
    "field.protected",
    "field.reference_invalid",
    "field.seats_below_trial",
    "field.serial_number_taken",
    "field.serial_unasked",
    "field.time_zone_invalid",
    "field.too_many",
    "field.too_many_cells",
    "field.too_many_changes",
    "field.too_many_files",
    "field.too_many_lines",
    "field.too_many_rows",
    "field.trial_unavailable",
    "field.trial_unknown",
    "field.twice",
    "field.twice_in_table",
    "field.version_invalid",
    "field.wants_had",
    "field.web_address_invalid",
    "problem.access_by_vendor",
    "problem.account_changed",
    "problem.account_closed",
    "problem.account_not_in_use",
    "problem.account_suspended",
    "problem.address_has_login",
    "problem.admin_only",
    "problem.already_asked",
    "problem.already_assigned",
    "problem.already_in_account",
    "problem.already_member",
    "problem.already_registered",
    "problem.claimant_gone",
    "problem.contact_invited",
    "problem.customer_suspended",
    "problem.decided",
    "problem.email_unproven",
    "problem.guest_ended",
    "problem.guest_no_seat",
    "problem.guests_only",
    "problem.has_partner",
    "problem.invalid_cursor",
    "problem.invalid_query",
    "problem.invitation_declined",
    "problem.invitation_expired",
    "problem.invitation_for_another",
    "problem.invitation_has_login",
    "problem.invitation_over",
    "problem.invitation_revoked",
    "problem.invitation_unavailable",
    "problem.invitation_used",
    "problem.inviter_gone",
    "problem.just_invited",
    "problem.license_over",
    "problem.licenses_not_theirs",
    "problem.link_handed_over",
    "problem.managers_only",
    "problem.member_closing",
    "problem.member_is_guest",
    "problem.member_unlinked",
    "problem.membership_deactivated",
    "problem.no_account",
    "problem.no_longer_possible",
    "problem.no_partner",
    "problem.not_a_customer",
    "problem.not_a_member",
    "problem.not_assigned",
    "problem.not_covered",
    "problem.not_for_guests",
    "problem.not_for_partners",
    "problem.not_of_partner",
    "problem.not_on_behalf",
    "problem.not_registered",
    "problem.not_renewable",
    "problem.not_yourself",
    "problem.order_cancelled",
    "problem.order_exists",
    "problem.orders_hidden",
    "problem.own_request",
    "problem.owner_cannot_close",
    "problem.owner_only",
    "problem.owner_protected",
    "problem.password_theirs",
    "problem.rotations_exhausted",
    "problem.same_person",
    "problem.seats_exhausted",
    "problem.seats_in_use",
    "problem.second_factor_first",
    "problem.second_factor_missing",
    "problem.second_factor_required",
    "problem.suspension_not_yours",
    "problem.taken",
    "problem.taken_out",
    "problem.team_area_off",
    "problem.trial_used",
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
        if self.before_sign_in && OF_WORK.contains(&key) {
            return false;
        }
        let Some(refusal) = key.strip_prefix("field.") else { return !STEPS.contains(&key) };
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

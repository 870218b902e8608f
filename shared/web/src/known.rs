//! What everyone knows of a person and of the vendor: no password is made of it.

use domain::{User, vendor::Vendor};

/// What is known of somebody with a login.
#[must_use]
pub fn known_words<'a>(user: &'a User, vendor: &'a Vendor) -> Vec<&'a str> {
    let names = [user.first_name.as_str(), user.last_name.as_str()];
    let mut known = words_about(names, user.email.as_str(), vendor);
    known.extend(user.nickname.as_ref().map(|nickname| nickname.as_str()));
    known
}

/// What is known of somebody with those names, first and last, and that address.
#[must_use]
pub fn words_about<'a>(names: [&'a str; 2], email: &'a str, vendor: &'a Vendor) -> Vec<&'a str> {
    let local = email.split('@').next().unwrap_or_default();
    vec![names[0], names[1], local, email, &vendor.name, "portico", "license"]
}

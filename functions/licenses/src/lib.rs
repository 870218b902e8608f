//! Licenses of an account, or of a member (R401).

mod list_licenses;

web::routes![list_licenses::list_licenses];

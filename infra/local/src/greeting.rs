//! What is printed once a portal runs: where to look, and whom to sign in as.

use std::fmt;

use domain::StaffRole;

use crate::sample::{PASSWORD, SIGN_INS, STAFF, activation_code};

/// The few lines somebody needs who has just started a portal.
#[derive(Debug)]
pub struct Greeting<'a> {
    /// Where people find it.
    pub origin: &'a str,
    /// Where its rows are.
    pub kept: String,
    /// Whether it holds the sample vendor.
    pub is_sample: bool,
}

impl fmt::Display for Greeting<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { origin, kept, is_sample } = self;
        writeln!(out, "\n  Portico is running. Ctrl-C stops it.\n")?;
        writeln!(out, "  Portal    {origin}")?;
        writeln!(out, "  Mailbox   {origin}/mailbox")?;
        writeln!(out, "  Kept in   {kept}")?;
        if !is_sample {
            return writeln!(out, "\n  Nobody is here yet: import your records (portico import --help), or sign up.");
        }
        writeln!(out, "\n  Sign in with the password \"{PASSWORD}\" as\n")?;
        let names = SIGN_INS.iter().map(|sign_in| sign_in.name).chain(STAFF.iter().map(|person| person.name));
        let width = names.map(str::len).max().unwrap_or_default();
        for sign_in in SIGN_INS {
            writeln!(out, "    {:width$}  {}", sign_in.name, sign_in.shows)?;
        }
        for person in STAFF {
            let role = match person.role {
                StaffRole::Support => "support",
                StaffRole::Admin => "an admin",
            };
            writeln!(out, "    {:width$}  {role} of the vendor, at the console with a second factor", person.name)?;
        }
        writeln!(
            out,
            "\n  or sign up yourself, and claim the order with the activation code\n\n    {}",
            activation_code()
        )
    }
}

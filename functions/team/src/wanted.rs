//! What forms and tables say somebody is to be: role, permissions, and what may be left out.

use domain::{Invalid, Permission, Permissions, Role};

/// A role that a team gives: it makes no owners (R313).
pub(crate) fn role(text: &str) -> Result<Role, Invalid> {
    match Role::parse(text)? {
        role @ (Role::Member | Role::Manager) => Ok(role),
        Role::Owner => Err(Invalid::Choice { allowed: "manager, member" }),
    }
}

/// Permissions by name. Managers have them all, so theirs are not noted.
pub(crate) fn permissions(role: Option<Role>, texts: &[impl AsRef<str>]) -> Result<Permissions, Invalid> {
    let named: Permissions = texts.iter().map(|text| Permission::parse(text.as_ref())).collect::<Result<_, _>>()?;
    Ok(if role == Some(Role::Manager) { Permissions::new() } else { named })
}

/// What may be left out.
pub(crate) fn optional<T>(text: Option<&str>, parse: fn(&str) -> Result<T, Invalid>) -> Result<Option<T>, Invalid> {
    match text.unwrap_or_default().trim() {
        "" => Ok(None),
        text => parse(text).map(Some),
    }
}

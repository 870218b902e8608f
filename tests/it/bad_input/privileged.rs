//! Names of fields by which somebody might get more than they may have.

/// None of them is a field of most operations.
pub(super) const PRIVILEGED: [&str; 22] = [
    "role",
    "is_admin",
    "admin",
    "permissions",
    "account",
    "account_number",
    "user_id",
    "user",
    "owner",
    "status",
    "verified",
    "email_verified",
    "generation",
    "kind",
    "capacity",
    "scope",
    "seats",
    "id",
    "tenant",
    "__proto__",
    "second_factor",
    "password_hash",
];

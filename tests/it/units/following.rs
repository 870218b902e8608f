//! What follows a change before it is answered.

/// After these, the lists of the person's accounts are brought up to what the person is now, before they are answered, so
/// that what they see next is that: what is to be done is read, then those rows, then they are written. Should that take
/// longer, a sweep does it.
const FOLLOWED: [&str; 9] = [
    "POST /api/profile/closure",
    "POST /api/profile/email/confirmations",
    "POST /api/profile/reversals",
    "POST /api/profile/reversals: a password",
    "POST /api/reset/first-passwords",
    "POST /api/session: with an initial password",
    "POST /api/staff/requests/{id}/decision: a name",
    "POST /api/staff/requests/{id}/decision: an address",
    "PUT /api/profile: another name",
];

/// How many calls in a row that is.
pub(super) fn deepest(case: &str) -> usize {
    if FOLLOWED.contains(&case) { 3 } else { 0 }
}

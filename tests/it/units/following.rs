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

/// After these, the lists of the account's partner are brought up to what the account is now, in the same way.
const LISTED: [&str; 20] = [
    "DELETE /api/team/members/{user}",
    "DELETE /api/team/members/{user}/link",
    "DELETE /api/team/members/{user}: and their login",
    "PATCH /api/staff/orders/{number}",
    "PATCH /api/staff/orders/{number}: people have seats",
    "POST /api/licenses/trials",
    "POST /api/sign-up/account-claims: by the vendor's rule",
    "POST /api/sign-up/invitations/acceptances",
    "POST /api/staff/orders",
    "POST /api/staff/requests/{id}/decision: a claim",
    "POST /api/staff/requests/{id}/decision: a company",
    "POST /api/staff/requests/{id}/decision: contact, first",
    "POST /api/staff/requests/{id}/decision: contact, last",
    "POST /api/team/members",
    "PUT /api/sign-up/claimants/{user}",
    "PUT /api/sign-up/invitations/{account}",
    "PUT /api/staff/orders/{number}/cancellation",
    "PUT /api/staff/orders/{number}/cancellation: people have seats",
    "PUT /api/team/members/{user}/link",
    FEATURES,
];
/// A code does not say whether its account has a partner: whoever uses one that does is refused first, and reads the account.
const BY_CODE: [&str; 2] = ["POST /api/sign-up/claims", "POST /api/sign-up/confirmations: with a code"];
const FEATURES: &str = "PUT /api/staff/accounts/{id}/features";

/// How many calls in a row that is.
pub(super) fn deepest(case: &str) -> usize {
    match case {
        // Here the account lets in guests alone from now on: which rows leave its partner's lists is read before.
        FEATURES => 4,
        _ if BY_CODE.contains(&case) => 5,
        _ if FOLLOWED.contains(&case) || LISTED.contains(&case) => 3,
        _ => 0,
    }
}

//! Keys of an account's team beside its members: contacts, invitations, and who asks for what; all in the table `accounts`.

use domain::{AccountId, ContactId, Date, EmailAddress, InvitationId, UserId};

use super::{CONTACT_PREFIX, Key, account_partition};

/// Somebody the account knows by their address and who does not belong to it (R307).
pub(crate) fn contact(account: AccountId, contact: ContactId) -> Key {
    Key::new(account_partition(account), format!("{CONTACT_PREFIX}{contact}"))
}

pub(crate) fn invitations_partition(account: AccountId) -> String {
    format!("INVITATIONS#{account}")
}

/// An invitation, as the account lists it: in the order in which they were written.
pub(crate) fn team_invitation(account: AccountId, invitation: InvitationId) -> Key {
    Key::new(invitations_partition(account), invitation.to_string())
}

pub(crate) fn invited_partition(email: &EmailAddress) -> String {
    invited_by(&email.claim())
}

/// The same by the claim of whatever somebody signs in with: that of an address, if there is anything.
pub(crate) fn invited_by(claim: &str) -> String {
    format!("INVITED#{claim}")
}

/// That an account invites somebody: as whoever has the address finds it, once for each account.
pub(crate) fn invited(email: &EmailAddress, account: AccountId) -> Key {
    Key::new(invited_partition(email), account.to_string())
}

/// The guests of all accounts whose time ends on a day, in UTC.
pub(crate) fn guest_ends_partition(day: Date) -> String {
    format!("GUESTENDS#{day}")
}

/// That a guest's time ends on a day: whom to tell, and whose row to take away long after.
pub(crate) fn guest_end(day: Date, account: AccountId, user: UserId) -> Key {
    Key::new(guest_ends_partition(day), format!("{account}#{user}"))
}

pub(crate) fn access_requests_partition(account: AccountId) -> String {
    format!("ACCESS#{account}")
}

/// That a member asks the account's managers for more: one thing at a time.
pub(crate) fn access_request(account: AccountId, user: UserId) -> Key {
    Key::new(access_requests_partition(account), user.to_string())
}

/// In which quarter the owner of an account was last asked that.
pub(crate) fn reviewed(account: AccountId) -> Key {
    Key::new(format!("REVIEW#{account}"), "REVIEW")
}

pub(crate) fn claims_partition(account: AccountId) -> String {
    format!("CLAIMS#{account}")
}

/// That somebody asks to join an account: as its owner and managers list it.
pub(crate) fn pending_claim(account: AccountId, user: UserId) -> Key {
    Key::new(claims_partition(account), user.to_string())
}

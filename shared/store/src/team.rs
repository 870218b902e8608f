//! The people of an account: its members, and those it knows and who are none.

mod access;
mod activity;
mod addresses;
mod changing;
mod contacts;
mod editing;
mod found;
mod guests;
mod invitations;
mod licenses;
mod logins;
mod managers;
mod people;
mod removing;
mod review;

pub use access::{AccessRequest, AccessTold, AccessUndecided, FoundAccess, NotAsked};
pub use activity::{Activity, DoneBy};
pub use addresses::KnownAs;
pub use changing::{MemberRefused, MemberTold};
pub use contacts::ContactRefused;
pub use editing::MemberDetails;
pub use found::FoundMember;
pub use guests::{AtHome, GuestRefused, GuestTold};
pub(crate) use invitations::LINK_OF_INVITATION;
pub use invitations::{
    AcceptRefused, Accepting, DeclineRefused, InvitationGround, InvitingRefused, LetterFate, MemberInvitation,
    MemberNotInvited, NewLogin, NewTeamInvitation, RenewedInvitation,
};
pub use logins::{AddRefused, AnotherPassword, INITIAL_PASSWORD, NewMember, PasswordNotGiven};
pub use managers::WhomToAsk;
pub use review::NotKept;

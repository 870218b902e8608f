//! Somebody of an account's people, as lists show them.

use domain::{
    MembershipStatus, Permission, Role, Timestamp,
    member::{Contact, Group, Member, Person},
    membership::Guest,
};
use serde::Serialize;
use utoipa::ToSchema;

/// Somebody of an account's people.
#[derive(Serialize, ToSchema)]
pub(crate) struct PersonItem {
    /// The id of a member; null of a contact.
    #[schema(example = "usr_01jd0x5m2nfe4r8v0t6w9y2zab")]
    user: Option<String>,
    /// The id of a contact; null of a member.
    #[schema(example = "con_01jd0x5m2nfe4r8v0t6w9y2zab")]
    contact: Option<String>,
    first_name: String,
    last_name: String,
    email: String,
    /// What they sign in with here, beside their address.
    #[schema(example = "C10423/anna")]
    user_name: Option<String>,
    job_title: Option<String>,
    phone: Option<String>,
    /// `managers`, `members`, `guests` (of its partner, let in for a while), `invited` (has not come in yet), `contacts`
    /// (known, not invited) or `inactive` (switched off, taken out, or closing their login).
    #[schema(value_type = String, example = "members")]
    group: Group,
    /// `owner`, `manager` or `member`; null of a contact.
    #[schema(value_type = Option<String>, example = "member")]
    role: Option<Role>,
    /// Permissions given by name; owners and managers have all of them.
    #[schema(value_type = Vec<String>, example = json!(["view_orders"]))]
    permissions: Vec<Permission>,
    /// `active`, `deactivated` or `unlinked`; null of a contact.
    #[schema(value_type = Option<String>, example = "active")]
    status: Option<MembershipStatus>,
    /// Whether they have come in: whoever has not can be invited again, and not switched off.
    registered: bool,
    /// When they last signed in to this account.
    #[schema(value_type = Option<String>, format = DateTime)]
    last_sign_in: Option<Timestamp>,
    /// How many licenses they have a seat of.
    seats: u32,
    /// The invitation that waits for their answer.
    #[schema(example = "inv_01jd0x5m2nfe4r8v0t6w9y2zab")]
    invitation: Option<String>,
    /// Until when its link is good.
    #[schema(value_type = Option<String>, format = DateTime)]
    invited_until: Option<Timestamp>,
    /// When the owner last said, in a review, that they belong here.
    #[schema(value_type = Option<String>, format = DateTime)]
    reviewed_at: Option<Timestamp>,
    /// Of a guest: where they belong, and until when they are let in. Null of everybody else.
    guest: Option<GuestItem>,
    /// Sent back with a change, so that two at once do not mix.
    version: u32,
}

/// Where a guest belongs, and until when they are let in; whose time is over stays in the list for 90 days.
#[derive(Serialize, ToSchema)]
struct GuestItem {
    home: HomeItem,
    #[schema(value_type = String, format = DateTime)]
    until: Timestamp,
}

#[derive(Serialize, ToSchema)]
struct HomeItem {
    #[schema(example = "acc_01jd0x5m2nfe4r8v0t6w9y2zab")]
    id: String,
    name: String,
}

impl From<Guest> for GuestItem {
    fn from(guest: Guest) -> Self {
        Self { home: HomeItem { id: guest.home.to_string(), name: guest.home_name.to_string() }, until: guest.until }
    }
}

impl From<Person> for PersonItem {
    fn from(person: Person) -> Self {
        match person {
            Person::Member(member) => member.into(),
            Person::Contact(contact) => contact.into(),
        }
    }
}

impl From<Member> for PersonItem {
    fn from(member: Member) -> Self {
        let group = member.group();
        Self {
            user: Some(member.user.to_string()),
            contact: None,
            first_name: member.first_name.to_string(),
            last_name: member.last_name.to_string(),
            email: member.email.to_string(),
            user_name: member.user_name.map(|name| name.to_string()),
            job_title: member.job_title.map(|title| title.to_string()),
            phone: member.phone.map(|phone| phone.to_string()),
            group,
            role: Some(member.membership.role),
            permissions: member.membership.permissions.into_iter().collect(),
            status: Some(member.membership.status),
            registered: member.login != domain::UserStatus::Invited,
            last_sign_in: member.seen_at,
            seats: member.seats,
            invitation: None,
            invited_until: None,
            reviewed_at: member.reviewed_at,
            guest: member.membership.guest.map(GuestItem::from),
            version: member.version,
        }
    }
}

impl From<Contact> for PersonItem {
    fn from(contact: Contact) -> Self {
        Self {
            user: None,
            contact: Some(contact.id.to_string()),
            group: contact.group(),
            first_name: contact.first_name.to_string(),
            last_name: contact.last_name.to_string(),
            email: contact.email.to_string(),
            user_name: None,
            job_title: contact.job_title.map(|title| title.to_string()),
            phone: contact.phone.map(|phone| phone.to_string()),
            role: None,
            permissions: Vec::new(),
            status: None,
            registered: false,
            last_sign_in: None,
            seats: 0,
            invitation: contact.invited.map(|(invitation, _)| invitation.to_string()),
            invited_until: contact.invited.map(|(_, until)| until),
            reviewed_at: None,
            guest: None,
            version: contact.version,
        }
    }
}

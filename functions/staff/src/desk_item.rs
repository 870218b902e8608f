//! Something asked of the vendor, as the console shows it.

use domain::{
    EmailAddress, Timestamp,
    desk::StaffPerson,
    request::{RequestKind, Wish},
    rights::WorkDesk,
};
use serde::Serialize;
use store::DeskRequest;
use utoipa::ToSchema;

/// Something asked of the vendor and not decided.
#[derive(Serialize, ToSchema)]
pub(crate) struct DeskItem {
    #[schema(example = "req_01jd0x5m2nfe4r8v0t6w9y2zab")]
    id: String,
    /// `name`, `email`, `company`, `license_contact`, `taken_back`, `renewal`, `claim`, `dispute`,
    /// `missing_person`, `two_logins` or `access`.
    #[schema(value_type = String, example = "company")]
    kind: RequestKind,
    #[schema(value_type = String, format = DateTime)]
    asked_at: Timestamp,
    /// Who asks, as they were called then.
    who: Asking,
    /// The account it is about, as it was called then.
    account: Option<AskedAbout>,
    /// What is asked for, in one line.
    #[schema(example = "Acme & Sons")]
    wish: String,
    /// The same by parts; `kind` says which there are.
    #[schema(value_type = Object)]
    details: Wish,
    /// Why, in the person's words.
    reason: Option<String>,
    /// Who of the vendor's people looks after it.
    owner: Option<Colleague>,
    /// Who approved it first, where two are needed.
    approved_first: Option<FirstApproval>,
    /// Whether two people approve it.
    takes_two: bool,
    /// What whoever asks for this may do: `approve`, `refuse`.
    may: Vec<&'static str>,
    /// Why they may not approve it: `own_request`, `same_person` or `admin_only`.
    barred: Option<&'static str>,
}

#[derive(Serialize, ToSchema)]
struct Asking {
    id: String,
    /// Null for what was asked before the desk opened.
    #[schema(example = "Ada Lovelace")]
    name: Option<String>,
    email: Option<String>,
}

#[derive(Serialize, ToSchema)]
struct AskedAbout {
    id: String,
    name: Option<String>,
    #[schema(example = "C10423")]
    number: Option<String>,
}

#[derive(Serialize, ToSchema)]
struct Colleague {
    id: String,
    #[schema(example = "Sam North")]
    name: String,
    /// Whether that is whoever asks.
    me: bool,
}

#[derive(Serialize, ToSchema)]
struct FirstApproval {
    by: Colleague,
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
}

impl DeskItem {
    /// As somebody at the desk with that address sees it.
    pub fn of(request: DeskRequest, right: &WorkDesk, address: &EmailAddress) -> Self {
        let matter = request.matter();
        let (approve, refuse) = (matter.approved_by(right, address), matter.refused_by(right, address));
        let may = [("approve", approve.is_ok()), ("refuse", refuse.is_ok())];
        let kind = request.wish.kind();
        let me = right.authority().user;
        let colleague =
            |person: StaffPerson| Colleague { id: person.id.to_string(), me: person.id == me, name: person.name };
        Self {
            id: request.id.to_string(),
            kind,
            asked_at: request.asked_at,
            who: Asking {
                id: request.user.to_string(),
                name: request.user_name,
                email: request.user_email.map(String::from),
            },
            account: request.account.map(|account| AskedAbout {
                id: account.id.to_string(),
                name: account.name.map(String::from),
                number: account.number.map(String::from),
            }),
            wish: request.wish.line(),
            reason: request.reason.map(String::from),
            owner: request.owner.map(colleague),
            approved_first: request.approved_first.map(|(person, at)| FirstApproval { by: colleague(person), at }),
            takes_two: kind.takes_two(),
            may: may.into_iter().filter(|(_, may)| *may).map(|(act, _)| act).collect(),
            barred: approve.err().map(|barred| barred.code()),
            details: request.wish,
        }
    }
}

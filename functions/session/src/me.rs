//! Who one is here, as pages draw it: name, account, standing, what one may do.

use domain::{
    Account, AccountKind, AccountStatus, Actor, Features, Permission, Role, StaffRole, Timestamp, User,
    access::Act,
    actor::{Capacity, CustomerStanding, Standing},
    membership::Guest,
    session::Session,
    sign_in_name::UserName,
};
use serde::Serialize;
use utoipa::ToSchema;

/// Who one is here.
#[derive(Serialize, ToSchema)]
pub(crate) struct Me {
    user: MyName,
    /// The account the session works in; null while in none.
    account: Option<MyAccount>,
    /// `working`, `unattached` (in no account), `suspended`, `closed`, `deactivated`, `second_factor_missing` or `staff`
    /// (at the vendor's console).
    #[schema(example = "working")]
    standing: &'static str,
    /// `owner`, `manager` or `member`; null unless working.
    #[schema(value_type = Option<String>, example = "owner")]
    role: Option<Role>,
    /// Permissions given by name; owners and managers have all of them.
    #[schema(value_type = Vec<String>, example = json!(["view_orders"]))]
    permissions: Vec<Permission>,
    /// `member`, `guest`, `partner`, `staff` or `unattached`.
    #[schema(example = "member")]
    capacity: &'static str,
    /// The account they belong to, where they act in another: a guest's, or a partner's.
    home: Option<Home>,
    /// Until when they are, or were, let in as a guest.
    #[schema(value_type = Option<String>, format = DateTime)]
    guest_until: Option<Timestamp>,
    /// Everything one may do here, by name.
    #[schema(value_type = Vec<String>, example = json!(["list_licenses"]))]
    may: Vec<Act>,
    session: MySession,
}

/// An account that somebody belongs to who acts in another.
#[derive(Serialize, ToSchema)]
pub(crate) struct Home {
    #[schema(example = "acc_01jd0x5m2nfe4r8v0t6w9y2zab")]
    id: String,
    name: String,
}

impl From<&Guest> for Home {
    fn from(guest: &Guest) -> Self {
        Self { id: guest.home.to_string(), name: guest.home_name.to_string() }
    }
}

#[derive(Serialize, ToSchema)]
struct MyName {
    #[schema(example = "usr_01jd0x5m2nfe4r8v0t6w9y2zab")]
    id: String,
    first_name: String,
    last_name: String,
    email: String,
    /// Whether the address is proven to be theirs. One that is not signs nobody in.
    email_proven: bool,
    /// What they sign in with in this account, beside their address.
    #[schema(example = "C10423/anna")]
    user_name: Option<String>,
    /// `en`, `fr` or `de`.
    language: &'static str,
    /// What the forum calls them.
    nickname: Option<String>,
    /// Whether signing in takes a second factor.
    second_factor: bool,
    /// `support` or `admin` for the vendor's people; null for everybody else.
    #[schema(value_type = Option<String>, example = "support")]
    staff: Option<StaffRole>,
}

#[derive(Serialize, ToSchema)]
struct MyAccount {
    #[schema(example = "acc_01jd0x5m2nfe4r8v0t6w9y2zab")]
    id: String,
    /// What pages send back in `x-portico-account`, so that a page made for one account never acts in another.
    tag: String,
    name: String,
    #[schema(example = "C10423")]
    number: String,
    #[schema(value_type = String, example = "customer")]
    kind: AccountKind,
    /// `active`, `suspended` or `closed`.
    status: &'static str,
    suspension_reason: Option<String>,
    /// The partner that suspended it, by its name; null if the vendor did.
    #[schema(example = "Orion Resellers")]
    suspended_by: Option<String>,
    features: MyFeatures,
}

/// What the account may use, as the vendor says.
#[derive(Serialize, ToSchema)]
struct MyFeatures {
    /// Whether its owner and managers look after their people themselves.
    team_area: bool,
    /// Whether its partner's people get in only as guests.
    guests_only: bool,
    /// Whether it has the pages of a partner.
    partner: bool,
    /// Whether a partner's people may create customers and start trials on behalf of the vendor.
    on_behalf: bool,
}

#[derive(Serialize, ToSchema)]
struct MySession {
    /// When it ends, used or not.
    #[schema(value_type = String, format = DateTime)]
    expires_at: Timestamp,
    /// After how many seconds without use it ends.
    idle_seconds: i64,
}

impl From<&Actor> for Me {
    fn from(actor: &Actor) -> Self {
        let (standing, membership) = match actor.standing() {
            Standing::Unattached => ("unattached", None),
            Standing::Working(membership) => ("working", Some(membership)),
            Standing::SecondFactorMissing => ("second_factor_missing", None),
            Standing::Deactivated => ("deactivated", None),
            Standing::Suspended => ("suspended", None),
            Standing::Closed => ("closed", None),
            Standing::Staff(_) => ("staff", None),
            Standing::GuestEnded => ("guest_ended", None),
            Standing::LookingAfter(place) => match place.customer {
                CustomerStanding::Open => ("looking_after", None),
                CustomerStanding::Suspended => ("customer_suspended", None),
                CustomerStanding::Closed => ("customer_closed", None),
                CustomerStanding::GuestsOnly => ("guests_only", None),
                CustomerStanding::FactorMissing => ("second_factor_missing", None),
                CustomerStanding::NotTheirs => ("not_theirs", None),
            },
        };
        Self {
            user: MyName::of(actor.user(), actor.user_name()),
            account: actor.account().zip(actor.features()).map(|account| MyAccount::from(account).told(standing)),
            standing,
            role: membership.map(|membership| membership.role),
            permissions: membership
                .map(|membership| membership.permissions.iter().copied().collect())
                .unwrap_or_default(),
            capacity: actor.capacity().map_or("unattached", Capacity::name),
            home: actor
                .home()
                .map(|home| Home { id: home.id.to_string(), name: home.name.to_string() })
                .or_else(|| actor.guest().map(Home::from)),
            guest_until: actor.guest().map(|guest| guest.until),
            may: actor.may(),
            session: actor.session().into(),
        }
    }
}

impl MyName {
    fn of(user: &User, user_name: Option<&UserName>) -> Self {
        Self {
            id: user.id.to_string(),
            first_name: user.first_name.to_string(),
            last_name: user.last_name.to_string(),
            email: user.email.to_string(),
            email_proven: user.email_proven,
            user_name: user_name.map(ToString::to_string),
            language: user.language.tag(),
            nickname: user.nickname.as_ref().map(ToString::to_string),
            second_factor: user.second_factor,
            staff: user.staff,
        }
    }
}

impl From<(&Account, Features)> for MyAccount {
    fn from((account, features): (&Account, Features)) -> Self {
        let (status, suspension_reason, suspended_by) = match &account.status {
            AccountStatus::Active => ("active", None, None),
            AccountStatus::Suspended { reason, by } => {
                ("suspended", Some(reason.to_string()), by.as_ref().map(|by| by.name.to_string()))
            }
            AccountStatus::Closed => ("closed", None, None),
        };
        Self {
            id: account.id.to_string(),
            tag: account.id.to_string(),
            name: account.name.to_string(),
            number: account.number.to_string(),
            kind: account.kind,
            status,
            suspension_reason,
            suspended_by,
            features: features.into(),
        }
    }
}

impl MyAccount {
    /// Why an account is suspended, and by whom, is for those to read whom that keeps out of it (R506).
    fn told(mut self, standing: &str) -> Self {
        if !["suspended", "customer_suspended"].contains(&standing) {
            (self.suspension_reason, self.suspended_by) = (None, None);
        }
        self
    }
}

impl From<Features> for MyFeatures {
    fn from(features: Features) -> Self {
        let Features { team_area, guests_only, partner, on_behalf } = features;
        Self { team_area, guests_only, partner, on_behalf }
    }
}

impl From<&Session> for MySession {
    fn from(session: &Session) -> Self {
        Self { expires_at: session.expires_at, idle_seconds: session.lasting.idle().as_secs() }
    }
}

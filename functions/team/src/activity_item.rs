//! An entry of the account's log, as lists show it (R311, R513).

use domain::Timestamp;
use serde::Serialize;
use store::{Activity, DoneBy};
use utoipa::ToSchema;

/// Something that happened.
#[derive(Serialize, ToSchema)]
pub(crate) struct ActivityItem {
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// What happened, by its word in the account's log.
    #[schema(example = "member")]
    event: String,
    /// Of `member`: how their place in the team changed; of others likewise, where there is more to say. Else null.
    #[schema(example = "deactivated")]
    change: Option<String>,
    /// Whom it is about, if that is one other than who did it.
    person: Option<AboutItem>,
    /// Who did it; null if the portal did, or somebody who belonged to the account and does no more.
    by: Option<DoneByItem>,
}

#[derive(Serialize, ToSchema)]
struct AboutItem {
    #[schema(example = "usr_01jd0x5m2nfe4r8v0t6w9y2zab")]
    id: String,
    /// Null of whoever does not belong to the account any more.
    #[schema(example = "Mia Park")]
    name: Option<String>,
}

#[derive(Serialize, ToSchema)]
struct DoneByItem {
    #[schema(example = "usr_01jd0x5m2nfe4r8v0t6w9y2zab")]
    id: String,
    /// Of somebody from outside, what they were called then. Null: one of the vendor's people.
    #[schema(example = "Mia Park")]
    name: Option<String>,
    /// As what: `member`, `guest`, `partner` or `staff`.
    #[schema(example = "member")]
    capacity: &'static str,
    /// The account they came from; null of the account's own people and of the vendor's.
    home: Option<HomeItem>,
}

#[derive(Serialize, ToSchema)]
struct HomeItem {
    /// What it was called then.
    #[schema(example = "Orion Resellers")]
    name: String,
}

impl From<Activity> for ActivityItem {
    fn from(Activity { at, event, change, person, by }: Activity) -> Self {
        let about = |(user, name): (domain::UserId, Option<String>)| AboutItem { id: user.to_string(), name };
        Self { at, event, change, person: person.map(about), by: by.map(DoneByItem::from) }
    }
}

impl From<DoneBy> for DoneByItem {
    fn from(DoneBy { user, name, capacity, home }: DoneBy) -> Self {
        let home = home.map(|home| HomeItem { name: home.to_string() });
        Self { id: user.to_string(), name, capacity: capacity.name(), home }
    }
}

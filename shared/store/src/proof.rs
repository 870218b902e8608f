//! Proof of who somebody is: the password hash and the second factor of a person, and using a code up.

use domain::{SignedDuration, Timestamp, UserId};
use serde::{Deserialize, Serialize};

use crate::{
    Store, StoreError, TableName, keys, rows,
    transaction::{Transaction, When},
};

/// How long an enrolment may take from the QR code to the first code of the app.
const ENROLMENT: SignedDuration = SignedDuration::from_mins(10);

/// What a person signs in with, as stored.
#[derive(Default)]
pub struct StoredProof {
    /// The password's hash; whoever never set one has none.
    pub password_hash: Option<String>,
    /// Until when the password is good, if it is an initial one: given by somebody else, and changed at the first sign-in
    /// with it (R303). One's own has no end.
    pub initial_until: Option<Timestamp>,
    /// The second factor, if one is on.
    pub second_factor: Option<SecondFactor>,
    /// A second factor that waits for its first code.
    pub enrolment: Option<Enrolment>,
}

#[derive(Deserialize)]
struct PasswordAsFound {
    /// the hash
    h: String,
    /// the end of an initial password, in milliseconds
    i: Option<i64>,
}

/// A second factor that is on.
#[derive(Clone, Serialize, Deserialize)]
pub struct SecondFactor {
    /// What the app and we share.
    #[serde(rename = "k")]
    pub secret: Vec<u8>,
    /// When it was set, in milliseconds since 1970.
    #[serde(rename = "w", default)]
    pub set_at: i64,
    /// The last step whose code was used.
    #[serde(rename = "ls")]
    pub last_step: i64,
    /// Hashes of the recovery codes that are left.
    #[serde(rename = "rc")]
    pub recovery: Vec<String>,
}

/// A second factor that waits for its first code.
#[derive(Clone, Serialize, Deserialize)]
pub struct Enrolment {
    /// What the app and we share.
    #[serde(rename = "k")]
    pub secret: Vec<u8>,
    /// When it was shown, in milliseconds since 1970.
    #[serde(rename = "w")]
    shown_at: i64,
}

impl Enrolment {
    /// A secret shown now.
    #[must_use]
    pub fn new(secret: Vec<u8>, now: Timestamp) -> Self {
        Self { secret, shown_at: now.as_millisecond() }
    }

    /// Whether its first code is still awaited.
    #[must_use]
    pub fn waits(&self, now: Timestamp) -> bool {
        now.as_millisecond() - self.shown_at < i64::try_from(ENROLMENT.as_millis()).unwrap_or_default()
    }
}

/// A code that was right: used up in the transaction of what it allowed, so that it allows nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spent {
    /// There is no second factor.
    Nothing,
    /// The code of that step.
    Step(i64),
    /// The recovery code with that hash, which stands at that place among those left.
    Recovery {
        /// The place.
        place: usize,
        /// The hash.
        hash: String,
    },
}

impl Store {
    /// What a person signs in with. For an id that nobody has, the same call finds nothing.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn stored_proof(&self, user: UserId) -> Result<StoredProof, StoreError> {
        let mut found = StoredProof::default();
        for item in self.partition(TableName::Credentials, keys::user_partition(user), "").await? {
            match rows::sort_key(&item, "")? {
                "PASSWORD" => {
                    let row: PasswordAsFound = rows::from_item(item)?;
                    found.password_hash = Some(row.h);
                    found.initial_until = row.i.map(rows::at).transpose()?;
                }
                "SECOND-FACTOR" => found.second_factor = Some(rows::from_item(item)?),
                "ENROLMENT" => found.enrolment = Some(rows::from_item(item)?),
                _ => {}
            }
        }
        Ok(found)
    }
}

impl<A: Clone> Transaction<'_, A> {
    /// Uses a code up; refused if it was used meanwhile.
    pub fn spend(self, user: UserId, spent: &Spent, otherwise: A) -> Self {
        let change = match spent {
            Spent::Nothing => return self,
            Spent::Step(_) => "SET ls = :step",
            Spent::Recovery { place, .. } => recovery(*place).0,
        };
        self.update(TableName::Credentials, &keys::second_factor(user), change, When::unspent(spent), otherwise)
    }
}

impl When {
    /// Asks of the row of a second factor that the code is not used yet. Where no code was asked for there is no factor,
    /// and nothing to ask.
    pub fn unspent(spent: &Spent) -> Self {
        match spent {
            Spent::Nothing => Self::holds("attribute_exists(pk) AND attribute_not_exists(pk)"),
            Spent::Step(step) => Self::holds("ls < :step").number(":step", *step),
            Spent::Recovery { place, hash } => Self::holds(recovery(*place).1).text(":hash", hash.clone()),
        }
    }
}

/// A set would lose its last member's attribute; a list is changed by place, and the place is checked.
fn recovery(place: usize) -> (&'static str, &'static str) {
    RECOVERY[place.min(RECOVERY.len() - 1)]
}

/// Taking a recovery code out of its place, and the condition that it stands there.
const RECOVERY: [(&str, &str); 10] = [
    ("REMOVE rc[0]", "rc[0] = :hash"),
    ("REMOVE rc[1]", "rc[1] = :hash"),
    ("REMOVE rc[2]", "rc[2] = :hash"),
    ("REMOVE rc[3]", "rc[3] = :hash"),
    ("REMOVE rc[4]", "rc[4] = :hash"),
    ("REMOVE rc[5]", "rc[5] = :hash"),
    ("REMOVE rc[6]", "rc[6] = :hash"),
    ("REMOVE rc[7]", "rc[7] = :hash"),
    ("REMOVE rc[8]", "rc[8] = :hash"),
    ("REMOVE rc[9]", "rc[9] = :hash"),
];

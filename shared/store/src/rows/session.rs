//! The row of a session.

use domain::{
    AccountId,
    device::Device,
    session::{Lasting, Session},
};
use serde::{Deserialize, Serialize};

use super::at;
use crate::StoreError;

#[derive(Serialize, Deserialize)]
pub(crate) struct SessionRow {
    /// started, in milliseconds
    pub b: i64,
    /// seen, in milliseconds
    pub s: i64,
    /// ends, in milliseconds
    pub x: i64,
    /// the person's generation
    pub g: u32,
    /// the account
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub a: Option<AccountId>,
    /// the membership's generation
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mg: Option<u32>,
    /// how long it lasts
    #[serde(default)]
    pub k: Lasting,
    /// the device; sessions begun before devices were noted have none
    #[serde(default = "unknown")]
    pub d: Device,
    /// when the database may delete it, in seconds
    pub ttl: i64,
}

fn unknown() -> Device {
    Device::of_user_agent("")
}

impl From<&Session> for SessionRow {
    fn from(session: &Session) -> Self {
        Self {
            b: session.started_at.as_millisecond(),
            s: session.seen_at.as_millisecond(),
            x: session.expires_at.as_millisecond(),
            g: session.user_generation,
            a: session.account.map(|(account, _)| account),
            mg: session.account.map(|(_, generation)| generation),
            k: session.lasting,
            d: session.device,
            ttl: session.expires_at.as_second(),
        }
    }
}

impl TryFrom<SessionRow> for Session {
    type Error = StoreError;
    fn try_from(row: SessionRow) -> Result<Self, StoreError> {
        Ok(Self {
            started_at: at(row.b)?,
            seen_at: at(row.s)?,
            expires_at: at(row.x)?,
            user_generation: row.g,
            account: row.a.zip(row.mg),
            lasting: row.k,
            device: row.d,
        })
    }
}

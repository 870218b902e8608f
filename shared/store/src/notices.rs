//! Notices: letters about a change, with a way to take it back (R202).

use domain::{EmailAddress, LetterId, Timestamp, UserId, letter::Letter, profile::Reversal};
use serde::{Deserialize, Serialize};

use crate::{Store, StoreError, TableName, keys, rows};

/// How long what is taken back is kept after its link has expired, in seconds: long enough to say so.
const KEPT: i64 = 48 * 3_600;

/// A letter about a change.
pub struct Notice {
    /// What the person is told.
    pub letter: Letter,
    /// What its link brings back; a letter without such a link has none.
    pub undo: Option<Undo>,
}

/// What "this was not me" brings back.
pub struct Undo {
    /// Whose change it was.
    pub user: UserId,
    /// Where the letter goes: the address that was theirs when the change was made. Rows of before know none.
    pub email: Option<EmailAddress>,
    /// The hash of the link's token.
    pub token_hash: String,
    /// When the change was made.
    pub written_at: Timestamp,
    /// Until when the link is good.
    pub expires_at: Timestamp,
    /// What it brings back.
    pub reversal: Reversal,
}

#[derive(Serialize, Deserialize)]
struct UndoRow {
    /// the person
    u: UserId,
    /// where the letter goes
    #[serde(default, skip_serializing_if = "Option::is_none")]
    m: Option<EmailAddress>,
    /// hash of the token in the link
    t: String,
    /// when the change was made, in milliseconds
    w: i64,
    /// the link's end, in milliseconds
    x: i64,
    /// what comes back
    r: Reversal,
    /// when the database may delete it, in seconds
    ttl: i64,
}

impl Undo {
    /// Its row.
    pub(crate) fn row(&self, letter: LetterId) -> Result<rows::Item, StoreError> {
        let row = UndoRow {
            u: self.user,
            m: self.email.clone(),
            t: self.token_hash.clone(),
            w: self.written_at.as_millisecond(),
            x: self.expires_at.as_millisecond(),
            r: self.reversal.clone(),
            ttl: self.expires_at.as_second() + KEPT,
        };
        rows::to_item(&keys::undo(letter), &row)
    }
}

impl Store {
    /// What a letter's link brings back, if it is still there.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn find_undo(&self, letter: LetterId) -> Result<Option<Undo>, StoreError> {
        let Some(item) = self.get(TableName::Sessions, keys::undo(letter)).await? else { return Ok(None) };
        let row: UndoRow = rows::from_item(item)?;
        Ok(Some(Undo {
            user: row.u,
            email: row.m,
            token_hash: row.t,
            written_at: rows::at(row.w)?,
            expires_at: rows::at(row.x)?,
            reversal: row.r,
        }))
    }
}

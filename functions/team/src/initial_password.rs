//! Initial passwords: typed by a manager or drawn by chance, shown once, and hashed for whoever gets them (R303).

use credentials::{InitialPassword, Password};
use domain::{Timestamp, UserId};
use store::{INITIAL_PASSWORD, Throttle};
use web::{ApiError, App, Fields};

/// Initial passwords that one person may give in an hour: a team that moves in on one day, and no more work than a few
/// sign-ins a minute.
const PER_HOUR: u32 = 100;

/// Counts what one person gives; run it beside the reads.
pub(crate) async fn count(app: &App, user: UserId) -> Result<(), ApiError> {
    let throttle = Throttle { kind: "initial-password-user", whom: user.to_string(), most: PER_HOUR, window: 3_600 };
    app.count(&throttle, app.now()).await
}

/// A password to give.
pub(crate) struct Given {
    password: Password,
    drawn: Option<InitialPassword>,
}

/// A password as it was given: its hash for the row, and until when it is good.
pub(crate) struct Hashed {
    /// The hash.
    pub hash: String,
    /// The end.
    pub until: Timestamp,
    drawn: Option<InitialPassword>,
}

impl Given {
    /// What was typed, if it is good enough, or one drawn by chance if nothing was. `known` holds what everyone knows of
    /// the person.
    pub(crate) fn of(fields: &mut Fields, typed: Option<&str>, known: &[&str]) -> Option<Self> {
        match typed.unwrap_or_default() {
            "" => {
                let drawn = InitialPassword::generated();
                Some(Self { password: drawn.password(), drawn: Some(drawn) })
            }
            typed => {
                let password = fields.take_password("/password", Password::chosen(typed, known))?;
                Some(Self { password, drawn: None })
            }
        }
    }

    /// Hashes it; its time begins now.
    pub(crate) async fn hashed(self, app: &App) -> Result<Hashed, ApiError> {
        let until = app.now().checked_add(INITIAL_PASSWORD).map_err(ApiError::broken)?;
        let hash = app.hash(self.password).await?.to_store().to_owned();
        Ok(Hashed { hash, until, drawn: self.drawn })
    }
}

impl Hashed {
    /// What is shown, once: whoever typed it knows it.
    pub(crate) fn to_show(&self) -> Option<String> {
        self.drawn.as_ref().map(|drawn| drawn.reveal().to_owned())
    }
}

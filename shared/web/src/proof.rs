//! Proving again who one is, before something that would hand the login over: password, and code if a second factor is
//! on. The password goes through the [`Gate`], which counts first; codes have a count of their own.

use credentials::{FactorSecret, Password, RecoveryCode};
use domain::{Timestamp, User, UserId};
use store::{Enrolment, SecondFactor, Spent, StoredProof, Throttle};

use crate::{ApiError, App, Caller, Fields, Gate};

/// Codes of one person in a day. Three of a million are right at a time, so that a year of guessing at this rate, by
/// somebody who has the password, succeeds once in 45.
const CODES: u32 = 20;
/// A day, in seconds.
const WINDOW: i64 = 24 * 3_600;

/// What somebody typed to prove who they are.
#[derive(Clone, Copy)]
pub struct Typed<'a> {
    /// The password.
    pub password: &'a str,
    /// A code of the app, or a recovery code; empty where no second factor is on.
    pub code: &'a str,
}

/// What somebody typed, counted: now it may be verified.
pub struct Counted<'a> {
    app: &'a App,
    user: UserId,
    typed: Typed<'a>,
    gate: Gate,
}

impl<'a> Typed<'a> {
    /// Counts a try of somebody signed in to prove again who they are; run it beside the reads. By session: one that has
    /// ended, and whose cookie somebody kept, uses up nobody else's.
    ///
    /// # Errors
    /// [`ApiError::TooManyTries`] if they have used up their tries.
    pub async fn counted(self, app: &'a App, caller: &Caller) -> Result<Counted<'a>, ApiError> {
        let gate = Gate::for_session(app, caller.session()).await?;
        Ok(Counted { app, user: caller.user(), typed: self, gate })
    }
}

impl Counted<'_> {
    /// Proves who they are; `user` is the person as judged, whose generation the transaction checks again.
    ///
    /// # Errors
    /// The field that is wrong: `password_wrong`, `code_needed` or `code_wrong`. [`ApiError::Conflict`] if a second
    /// factor was turned on while this was read.
    pub async fn prove(self, stored: &StoredProof, user: &User) -> Result<Proven, ApiError> {
        let mut fields = Fields::new();
        let password = fields.take_password("/password", Password::typed(self.typed.password));
        let password = fields.finish(password)?;
        if !self.gate.verify(password, stored.password_hash.clone()).await? {
            return Err(ApiError::field("/password", "password_wrong"));
        }
        let spent = match &stored.second_factor {
            // Two reads at once are not one moment: the person may be read after what they sign in with.
            None if user.second_factor => return Err(ApiError::Conflict),
            None => Spent::Nothing,
            Some(_) if self.typed.code.trim().is_empty() => return Err(ApiError::field("/code", "code_needed")),
            // Counted behind the right password only, as in signing in: nobody else, and no session that has ended, uses
            // up the tries of the person.
            Some(factor) => CodeGate::for_user(self.app, user).await?.check(factor, self.typed.code, self.app.now())?,
        };
        Ok(Proven { user: self.user, spent })
    }
}

/// Somebody proved who they are.
pub struct Proven {
    /// Who.
    pub user: UserId,
    /// The code to use up in the transaction of what is then allowed.
    pub spent: Spent,
}

/// Permission to have one code checked.
pub struct CodeGate(());

impl CodeGate {
    /// Counts a code of a person. A new password begins a new count: who used the other up had the one before.
    ///
    /// # Errors
    /// [`ApiError::TooManyTries`] if they have used up their tries.
    pub async fn for_user(app: &App, user: &User) -> Result<Self, ApiError> {
        let whom = format!("{}-{}", user.id, user.generation);
        let throttle = Throttle { kind: "code-user", whom, most: CODES, window: WINDOW };
        app.count(&throttle, app.now()).await?;
        Ok(Self(()))
    }

    /// Checks a code of the app or a recovery code.
    ///
    /// # Errors
    /// `code_wrong` at `/code`, also for a code that was used before.
    pub fn check(self, factor: &SecondFactor, code: &str, now: Timestamp) -> Result<Spent, ApiError> {
        let wrong = || ApiError::field("/code", "code_wrong");
        let secret = FactorSecret::stored(&factor.secret).map_err(ApiError::broken)?;
        if let Some(step) = secret.check(code, now) {
            return (step.0 > factor.last_step).then_some(Spent::Step(step.0)).ok_or_else(wrong);
        }
        let hash = RecoveryCode::parse(code).map(|code| code.hash()).ok_or_else(wrong)?;
        let place = factor.recovery.iter().position(|left| credentials::same(left, &hash)).ok_or_else(wrong)?;
        Ok(Spent::Recovery { place, hash })
    }

    /// Checks the first code of a factor that is being set up, and returns its step.
    ///
    /// # Errors
    /// `code_wrong` at `/code`.
    pub fn check_first(self, enrolment: &Enrolment, code: &str, now: Timestamp) -> Result<i64, ApiError> {
        let secret = FactorSecret::stored(&enrolment.secret).map_err(ApiError::broken)?;
        let step = secret.check(code, now).ok_or_else(|| ApiError::field("/code", "code_wrong"))?;
        Ok(step.0)
    }
}

//! The one clock of the portal, so that tests can turn it.

use std::{fmt, sync::Arc};

use domain::{SignedDuration, Timestamp};

/// Tells the time.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> Timestamp + Send + Sync>);

impl Clock {
    /// The machine's own.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "the one place that asks the machine for the time")]
    pub fn system() -> Self {
        Self(Arc::new(Timestamp::now))
    }

    /// So much ahead of the machine's own: for trying out what time brings.
    #[must_use]
    pub fn ahead(by: SignedDuration) -> Self {
        let here = Self::system();
        Self::from_fn(move || here.now().checked_add(by).unwrap_or(Timestamp::MAX))
    }

    /// Another, for tests.
    #[must_use]
    pub fn from_fn(tell: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        Self(Arc::new(tell))
    }

    /// Now, to the millisecond: what is stored and what is answered are the same.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        let now = (self.0)();
        Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now)
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clock")
    }
}

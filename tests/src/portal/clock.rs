//! The test's own clock: it stands still until it is told otherwise.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use domain::Timestamp;
use web::Clock;

/// A Sunday noon.
const START: i64 = 1_795_348_800_000;

/// A clock that a test turns.
#[derive(Clone)]
pub struct TestClock(Arc<AtomicI64>);

impl TestClock {
    pub(crate) fn at_start() -> Self {
        Self(Arc::new(AtomicI64::new(START)))
    }

    pub(crate) fn at(now: Timestamp) -> Self {
        Self(Arc::new(AtomicI64::new(now.as_millisecond())))
    }

    /// Turns it forward.
    pub fn advance_secs(&self, seconds: u64) {
        self.0.fetch_add(i64::try_from(seconds).unwrap_or(i64::MAX).saturating_mul(1_000), Ordering::SeqCst);
    }

    /// Now.
    ///
    /// # Panics
    /// If it was turned past the end of time.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        Timestamp::from_millisecond(self.0.load(Ordering::SeqCst)).expect("a time within range")
    }

    pub(crate) fn for_the_app(&self) -> Clock {
        let own = self.clone();
        Clock::from_fn(move || own.now())
    }
}

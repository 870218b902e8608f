//! The test's own clock.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use domain::Timestamp;
use web::Clock;

/// A Sunday noon.
const START: i64 = 1_795_348_800_000;

/// A clock that a test turns: it stands still, or runs with the machine's, so many milliseconds apart.
#[derive(Clone)]
pub struct TestClock {
    millis: Arc<AtomicI64>,
    machine: Option<Clock>,
}

impl TestClock {
    pub(crate) fn at_start() -> Self {
        Self { millis: Arc::new(AtomicI64::new(START)), machine: None }
    }

    /// For function binaries, which know no other clock than the machine's.
    pub(crate) fn of_the_machine() -> Self {
        Self { millis: Arc::default(), machine: Some(Clock::system()) }
    }

    /// Turns it forward.
    pub fn advance_secs(&self, seconds: u64) {
        self.millis.fetch_add(i64::try_from(seconds).unwrap_or(i64::MAX).saturating_mul(1_000), Ordering::SeqCst);
    }

    /// Now.
    ///
    /// # Panics
    /// If it was turned past the end of time.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        let machine = self.machine.as_ref().map_or(0, |clock| clock.now().as_millisecond());
        Timestamp::from_millisecond(machine + self.millis.load(Ordering::SeqCst)).expect("a time within range")
    }

    pub(crate) fn for_the_app(&self) -> Clock {
        let own = self.clone();
        Clock::from_fn(move || own.now())
    }
}

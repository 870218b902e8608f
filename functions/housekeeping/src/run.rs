//! One run: everything that is due now.

use serde::Serialize;
use web::{ApiError, App};

/// Does what is due.
#[derive(Clone)]
pub struct Housekeeping {
    pub(crate) app: App,
}

/// What a run did.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Done {
    /// Jobs finished that a request had left.
    pub jobs: usize,
    /// Accounts reminded.
    pub reminded: usize,
    /// Owners asked to review who has access.
    pub reviews: usize,
    /// Customers whose next renewal moved on in their partners' lists.
    pub passed: usize,
    /// Notices that a guest's time ends.
    pub guests_told: usize,
    /// Rows of guests taken away whose time had long been over.
    pub guests_forgotten: usize,
}

impl Housekeeping {
    /// Keeps that app's house.
    #[must_use]
    pub const fn new(app: App) -> Self {
        Self { app }
    }

    /// Does everything that is due now. What fails is due again with the next run, and holds nothing else up.
    ///
    /// # Errors
    /// The first thing that went wrong, after everything else was done.
    pub async fn run(&self) -> Result<Done, ApiError> {
        let (jobs, reminded) = (self.finish_jobs().await, self.remind().await);
        let (reviews, passed) = (self.ask_for_reviews().await, self.pass_ends().await);
        let guests = self.see_to_guests().await;
        self.app.store().do_what_follows().await;
        let (jobs, reminded, reviews, passed) = (jobs?, reminded?, reviews?, passed?);
        let (guests_told, guests_forgotten) = guests?;
        let done = Done { jobs, reminded, reviews, passed, guests_told, guests_forgotten };
        tracing::info!(
            target: "housekeeping", jobs, reminded, reviews, passed, guests_told, guests_forgotten, code = "done"
        );
        Ok(done)
    }

    /// Finishes jobs whose request was interrupted.
    async fn finish_jobs(&self) -> Result<usize, ApiError> {
        let (mut finished, mut failed) = (0, None);
        for job in self.app.store().due_jobs().await? {
            match self.app.store().run_job(job).await {
                Ok(()) => finished += 1,
                Err(error) => failed = failed.or(Some(error)),
            }
        }
        failed.map_or(Ok(finished), |error| Err(error.into()))
    }
}

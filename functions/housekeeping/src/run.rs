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
        let reviews = self.ask_for_reviews().await;
        let done = Done { jobs: jobs?, reminded: reminded?, reviews: reviews? };
        let Done { jobs, reminded, reviews } = done;
        tracing::info!(target: "housekeeping", jobs, reminded, reviews, code = "done");
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

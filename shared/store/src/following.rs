//! What follows a change, after its answer: a transaction files the job and leaves it here; whoever made the change does it
//! once the answer is out, so that nobody waits for what others' lists show. What is interrupted, a sweep finishes.

use std::sync::{Mutex, PoisonError};

use tokio::sync::RwLock;

use crate::{Job, Store};

/// Jobs that this process has filed and not begun.
#[derive(Debug, Default)]
pub(crate) struct Following {
    left: Mutex<Vec<Job>>,
    /// Held by whoever does one.
    under_way: RwLock<()>,
}

impl Following {
    /// Leaves jobs to be done. One that waits already is done once, after both changes.
    pub(crate) fn leave(&self, jobs: Vec<Job>) {
        let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        for job in jobs {
            if !left.contains(&job) {
                left.push(job);
            }
        }
    }

    fn take(&self) -> Option<Job> {
        let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        (!left.is_empty()).then(|| left.remove(0))
    }
}

impl Store {
    /// Does what follows the changes that this process has made, until nothing is left: to be called once the answer is
    /// out. Where many do so at once, each returns when its own is done, whoever does it. What cannot be done now is left
    /// to the next sweep.
    pub async fn do_what_follows(&self) {
        loop {
            let _under_way = self.following.under_way.read().await;
            let Some(job) = self.following.take() else { break };
            // Behind a pointer: few answers are followed by anything, and all would carry the room for it.
            Box::pin(self.run_job_or_leave_it(job)).await;
        }
        // Another may still be at a job of this one.
        drop(self.following.under_way.write().await);
    }
}

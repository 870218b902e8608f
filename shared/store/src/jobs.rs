//! Work that follows a change and does not fit its transaction. The transaction files the job; the process that made the
//! change does it once that was answered; what is interrupted, a sweep finishes. A job may run twice, or twice at a time.

use domain::{AccountId, LicenseId, UserId};
use serde::{Deserialize, Serialize};

use crate::{
    Conflict, Store, StoreError, TableName, keys,
    rows::{self, Item},
    transaction::{Transaction, When},
};

/// How often a run begins again because something changed under it, before it is left to the next sweep.
const ROUNDS: u32 = 20;

/// Work that is left to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Job {
    /// Brings what members' lists show of a license up to it; of one that was cancelled, nobody has a seat any more.
    RefreshSeats {
        /// Whose license.
        account: AccountId,
        /// Which.
        license: LicenseId,
    },
    /// Frees the seats of somebody who is no member of an account any more.
    FreeSeats {
        /// Which account.
        account: AccountId,
        /// Who.
        user: UserId,
    },
    /// Brings what the lists of their accounts show of a person up to them.
    RefreshPerson {
        /// Whom.
        user: UserId,
    },
    /// Brings what its partner's lists show of an account up to it; an account that has no partner any more is in none.
    RefreshCustomer {
        /// Which account.
        account: AccountId,
    },
    /// Moves the seats of a trial over to the license that it became.
    TakeOverSeats {
        /// Whose license.
        account: AccountId,
        /// What the trial was.
        trial: LicenseId,
        /// What it became.
        license: LicenseId,
    },
}

#[derive(Serialize, Deserialize)]
struct JobRow {
    /// what is to be done
    j: Job,
    /// which filing this is: a job is done when what was filed last is
    f: String,
}

impl Job {
    fn key(self) -> keys::Key {
        match self {
            Self::RefreshSeats { license, .. } => keys::job_of_license(license),
            Self::FreeSeats { account, user } => keys::job_of_member(account, user),
            Self::RefreshPerson { user } => keys::job_of_person(user),
            Self::RefreshCustomer { account } => keys::job_of_customer(account),
            Self::TakeOverSeats { trial, .. } => keys::job_of_trial(trial),
        }
    }

    fn row(self) -> Result<Item, StoreError> {
        // Drawn by chance, so that it is not taken for an earlier filing.
        let chance = std::collections::hash_map::RandomState::new();
        let filing = std::hash::BuildHasher::hash_one(&chance, 0_u8);
        rows::to_item(&self.key(), &JobRow { j: self, f: format!("{filing:016x}") })
    }
}

impl<A: Clone> Transaction<'_, A> {
    /// Leaves a job to be done: whoever commits runs it, or a sweep.
    pub(crate) fn file_job(self, job: Job) -> Self {
        self.write(TableName::Accounts, job.row())
    }

    /// Brings the lists of a person's accounts up to what this changes of the person.
    pub(crate) fn person_changes(self, user: UserId) -> Self {
        self.followed_by(Job::RefreshPerson { user })
    }
}

/// A job as it was filed.
pub(crate) struct Filing {
    job: Job,
    which: String,
}

impl Filing {
    fn still(&self) -> When {
        When::holds("f = :f").text(":f", self.which.as_str())
    }
}

/// How far one run got.
pub(crate) enum Run {
    /// All of it.
    Done,
    /// What it is about changed meanwhile.
    Overtaken,
}

impl Store {
    /// Does a job, if it is still to be done.
    ///
    /// # Errors
    /// If the database does not answer, or what the job is about changes again and again; the next sweep goes on then.
    pub async fn run_job(&self, job: Job) -> Result<(), StoreError> {
        for _ in 0..ROUNDS {
            let run = match job {
                Job::RefreshSeats { account, license } => self.refresh_seats(job, account, license).await?,
                Job::FreeSeats { account, user } => self.free_all_seats(job, account, user).await?,
                Job::RefreshPerson { user } => self.refresh_person(job, user).await?,
                Job::RefreshCustomer { account } => self.refresh_customer(job, account).await?,
                Job::TakeOverSeats { account, trial, license } => {
                    self.take_over_seats(job, account, trial, license).await?
                }
            };
            match run {
                Run::Done => return Ok(()),
                Run::Overtaken => {}
            }
        }
        Err(StoreError::Conflict)
    }

    /// Does a job whose change is made: what cannot be done now is left to the next sweep.
    pub(crate) async fn run_job_or_leave_it(&self, job: Job) {
        if let Err(error) = self.run_job(job).await {
            tracing::warn!(target: "store", code = "job_left", error = &error as &dyn std::error::Error);
        }
    }

    /// Jobs that are left to do, for the sweep: at most 100 at a time.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn due_jobs(&self) -> Result<Vec<Job>, StoreError> {
        let filed = self.partition(TableName::Accounts, keys::JOBS.to_owned(), "").await?;
        filed.into_iter().map(|item| Ok(rows::from_item::<JobRow>(item)?.j)).collect()
    }

    /// Which filing of a job is to be done; none if it is done.
    pub(crate) async fn filing(&self, job: Job) -> Result<Option<Filing>, StoreError> {
        let found = self.get(TableName::Accounts, job.key()).await?;
        Ok(found.map(rows::from_item::<JobRow>).transpose()?.map(|row| Filing { job, which: row.f }))
    }

    /// What moves the seats of a trial to the license it became, if that is still to be done.
    pub(crate) async fn taking_over(&self, trial: LicenseId) -> Result<Option<Job>, StoreError> {
        let found = self.get(TableName::Accounts, keys::job_of_trial(trial)).await?;
        Ok(found.map(rows::from_item::<JobRow>).transpose()?.map(|row| row.j))
    }
}

impl<A: Clone> Transaction<'_, A> {
    /// Takes a job off the list with its last change, unless it was filed again meanwhile.
    pub(crate) fn finished(self, filing: &Filing, otherwise: A) -> Self {
        let as_filed = When::holds("attribute_not_exists(pk) OR f = :f").text(":f", filing.which.as_str());
        self.delete(TableName::Accounts, &filing.job.key(), as_filed, otherwise)
    }
}

impl Transaction<'_, ()> {
    /// Asks that a job is still to be done, and was not filed anew: what was read after its filing is what still is.
    pub(crate) fn still_filed(self, filing: &Filing) -> Self {
        self.check(TableName::Accounts, &filing.job.key(), filing.still(), ())
    }

    /// Takes a job off the list with its last change, which asks the same.
    pub(crate) fn finish_as_filed(self, filing: &Filing) -> Self {
        self.delete(TableName::Accounts, &filing.job.key(), filing.still(), ())
    }

    /// As [`finished`](Self::finished) where every condition that does not hold only says that the job was overtaken.
    pub(crate) fn finish(self, filing: &Filing) -> Self {
        self.finished(filing, ())
    }

    /// Writes a part of a job. A condition that does not hold only says that it was overtaken.
    pub(crate) async fn run(self) -> Result<Run, StoreError> {
        match self.commit().await {
            Ok(()) => Ok(Run::Done),
            Err(Conflict::Refused(())) => Ok(Run::Overtaken),
            Err(Conflict::Store(error)) => Err(error),
        }
    }
}

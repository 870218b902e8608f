//! What a person sees and says of themselves.

use domain::{
    EventId, Timestamp, User,
    letter::Change,
    log::Event,
    nickname::Nickname,
    profile::Details,
    rights::{ChangeNickname, ChangeProfile, ShowProfile},
};

use crate::{
    AccountChoice, Conflict, Notice, PendingRequest, Store, StoreError, StoredProof, Throttle, keys, rows,
    transaction::{Transaction, When},
};

/// What a person's own page shows beside their row.
#[derive(Default)]
pub struct Mine {
    /// Where they belong.
    pub accounts: Vec<AccountChoice>,
    /// What they sign in with.
    pub proof: StoredProof,
    /// What they asked of the vendor and is not decided.
    pub requests: Vec<PendingRequest>,
}

/// What a person says of themselves from now on.
pub struct NewDetails<'a> {
    /// The person as read: if they have changed since, nothing is written.
    pub before: &'a User,
    /// What they say now.
    pub after: &'a Details,
    /// What is different.
    pub changes: &'a [Change],
    /// The accounts of somebody whose name changes: an owner's does not.
    pub renamed_in: &'a [AccountChoice],
    /// What the person is told.
    pub notice: &'a Notice,
    /// Counts changes: each is a mail.
    pub changed: &'a Throttle,
}

/// What the forum calls a person from now on.
pub struct NewNickname<'a> {
    /// The person as read: if they have changed since, nothing is written.
    pub before: &'a User,
    /// The nickname.
    pub after: &'a Nickname,
    /// What the person is told.
    pub notice: &'a Notice,
    /// Counts changes: each keeps a name from everybody else for a week.
    pub changed: &'a Throttle,
}

/// Why a profile was not changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProfileRefused {
    /// The person changed meanwhile, in another tab or by a link.
    Changed,
    /// The person owns an account.
    Owner,
    /// The nickname is somebody's, or looks like somebody's.
    Taken,
    /// Changed too often.
    Throttle,
}

impl Store {
    /// What a person's own page shows, all at once.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn mine(&self, right: &ShowProfile) -> Result<Mine, StoreError> {
        let (accounts, proof, requests) = tokio::join!(
            self.accounts_of(right.user()),
            self.stored_proof(right.user()),
            self.pending_requests(right.user()),
        );
        Ok(Mine { accounts: accounts?, proof: proof?, requests: requests? })
    }

    /// Changes what a person says of themselves.
    ///
    /// # Errors
    /// [`ProfileRefused`] says which condition did not hold.
    pub async fn change_profile(
        &self,
        right: &ChangeProfile,
        new: &NewDetails<'_>,
        event: EventId,
        now: Timestamp,
    ) -> Result<(), Conflict<ProfileRefused>> {
        let authority = right.authority();
        let when = details_as(When::unchanged(new.before), new.after)?;
        let changed = Event::ProfileChanged { fields: new.changes.iter().map(|change| change.field).collect() };
        let written = Transaction::new(self)
            .by_changing(authority, DETAILS, when, ProfileRefused::Changed)
            .owning_none(authority.user, new.renamed_in, ProfileRefused::Owner)
            .count(new.changed, now, ProfileRefused::Throttle)
            .notify(new.notice)
            .noted(event, authority.user, &changed, now);
        let same_name = new.before.first_name == new.after.first_name && new.before.last_name == new.after.last_name;
        // Of all this, the lists of their accounts show the name.
        if same_name { written.commit().await } else { written.person_changes(authority.user).commit().await }
    }

    /// Changes a person's nickname; the one before stays theirs as long as the change can be taken back.
    ///
    /// # Errors
    /// [`ProfileRefused`] says which condition did not hold.
    pub async fn change_nickname(
        &self,
        right: &ChangeNickname,
        new: &NewNickname<'_>,
        event: EventId,
        now: Timestamp,
    ) -> Result<(), Conflict<ProfileRefused>> {
        let user = right.authority().user;
        let (key, old) = (keys::nickname(new.after), new.before.nickname.as_ref().map(keys::nickname));
        let when = When::unchanged(new.before).text(":nk", new.after.as_str());
        let mut transaction = Transaction::new(self)
            .by_changing(right.authority(), "SET nk = :nk, ve = :next", when, ProfileRefused::Changed)
            .take_name(&key, user, now, ProfileRefused::Taken)
            .count(new.changed, now, ProfileRefused::Throttle);
        if let Some(old) = old.filter(|old| *old != key) {
            transaction = transaction.give_up_name(&old, user, now);
        }
        let changed = Event::NicknameChanged { nickname: new.after.clone() };
        transaction.notify(new.notice).noted(event, user, &changed, now).commit().await
    }
}

impl When {
    /// The person is still who was read, in use, and nothing they say of themselves has changed since.
    pub(crate) fn unchanged(user: &User) -> Self {
        Self::holds("g = :g AND st = :active AND ve = :ve")
            .number(":g", user.generation)
            .text(":active", "active")
            .number(":ve", user.version)
            .number(":next", i64::from(user.version) + 1)
    }
}

macro_rules! set_details {
    ($more:literal) => {
        concat!(
            "SET f = :f, n = :n, l = :l, ti = :ti, j = :j, ph = :ph, sr = :sr, pc = :pc, ci = :ci, c = :c, ve = :next",
            $more
        )
    };
}

/// Writes all details; what is left out becomes null.
const DETAILS: &str = set_details!("");
/// The same, and every session ends.
pub(crate) const DETAILS_AND_END: &str = set_details!(", g = :raised");

/// The values of [`DETAILS`].
pub(crate) fn details_as(when: When, details: &Details) -> Result<When, StoreError> {
    let row = rows::DetailsRow::from(details);
    Ok(when
        .with(":f", rows::value(&row.f)?)
        .with(":n", rows::value(&row.n)?)
        .with(":l", rows::value(&row.l)?)
        .with(":ti", rows::value(&row.ti)?)
        .with(":j", rows::value(&row.j)?)
        .with(":ph", rows::value(&row.ph)?)
        .with(":sr", rows::value(&row.sr)?)
        .with(":pc", rows::value(&row.pc)?)
        .with(":ci", rows::value(&row.ci)?)
        .with(":c", rows::value(&row.c)?))
}

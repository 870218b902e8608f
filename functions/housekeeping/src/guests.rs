//! Ends of guests' time (R510): telling the guest and who manages before it, and taking the row away long after.

use std::error::Error;

use domain::{
    Date, EventId, SignedDuration,
    guest::{GuestStage, KEPT_DAYS, end_day},
    letter::{GuestLetter, Letter, Message, Recipient, TeamLetter},
    renewal::days_left,
};
use store::{EndingGuest, GuestEnd, NewGuestNotice};
use web::ApiError;

use crate::Housekeeping;

/// A run that is later than this leaves out what was due before: a stage is over when the next begins.
const LATEST: i32 = GuestStage::ThirtyOne.days() - GuestStage::Seven.days();

impl Housekeeping {
    /// Looks after the ends of guests' time, once a day, and for the days since the last whole run; how many notices were
    /// written, and how many rows taken away. The first run of a portal begins with today.
    pub(crate) async fn see_to_guests(&self) -> Result<(usize, usize), ApiError> {
        let (store, today) = (self.app.store(), end_day(self.app.now()));
        let seen_to = store.guests_seen_to().await?;
        if seen_to.is_some_and(|day| day >= today) {
            return Ok((0, 0));
        }
        let first = seen_to.unwrap_or_else(|| moved(today, -1));
        let (mut told, mut forgotten, mut failed) = (0, 0, None);
        for stage in GuestStage::ALL {
            let (first, last) = (first.max(moved(today, -LATEST)), moved(today, stage.days()));
            let mut day = moved(first, stage.days());
            while day <= last {
                match self.tell_of(stage, day).await {
                    Ok(more) => told += more,
                    Err(error) => failed = failed.or(Some(error)),
                }
                day = moved(day, 1);
            }
        }
        // Unlike a notice, a row that is not taken away today is taken away another day, however late.
        let mut day = moved(first, -KEPT_DAYS - 1);
        while day < moved(today, -KEPT_DAYS) {
            match self.forget_of(day).await {
                Ok(more) => forgotten += more,
                Err(error) => failed = failed.or(Some(error)),
            }
            day = moved(day, 1);
        }
        match failed {
            Some(error) => Err(error),
            None => {
                store.note_guests_seen_to(today).await?;
                Ok((told, forgotten))
            }
        }
    }

    /// Tells of the guests whose time ends on a day.
    async fn tell_of(&self, stage: GuestStage, ends_on: Date) -> Result<usize, ApiError> {
        let (mut told, mut from, mut unreadable) = (0, None, None);
        loop {
            let page = self.app.store().guests_ending_on(ends_on, from.as_ref()).await?;
            for end in page.items.iter().filter(|end| !end.has_had(stage)) {
                match self.tell(stage, end).await {
                    Ok(done) => told += usize::from(done),
                    Err(error @ ApiError::TryAgain(_)) => return Err(error),
                    // One that cannot be read keeps nobody else from being told.
                    Err(error) => {
                        let account = end.account.to_string();
                        tracing::error!(target: "housekeeping", account, code = "unreadable", error = &error as &dyn Error);
                        unreadable = Some(error);
                    }
                }
            }
            from = page.next;
            if from.is_none() {
                return unreadable.map_or(Ok(told), Err);
            }
        }
    }

    /// Tells of one guest, if it is that stage today, and their time still counts.
    async fn tell(&self, stage: GuestStage, end: &GuestEnd) -> Result<bool, ApiError> {
        let (store, now) = (self.app.store(), self.app.now());
        let today = end_day(now);
        if GuestStage::of(today.until(end.day).map_or(i32::MAX, |left| left.get_days())) != Some(stage) {
            return Ok(false);
        }
        let Some(ending) = store.ending_guest(end, now).await? else { return Ok(false) };
        let manager = match store.who_lets_in(end.account, &ending.guest).await? {
            Some(by) => Recipient::User(by),
            None => Recipient::OwnerOf(end.account),
        };
        let letters = self.letters_about(&ending, manager);
        let event = EventId::new(now, credentials::random());
        let new = NewGuestNotice { end, guest: &ending.guest, stage, letters: &letters, event };
        Ok(store.tell_guest(&new, now).await?)
    }

    /// To the guest, and to whoever manages. Days are those where the account is.
    fn letters_about(&self, ending: &EndingGuest, manager: Recipient) -> [Letter; 2] {
        let EndingGuest { account, person, guest } = ending;
        let zone = account.zone.zone();
        let ends_on = guest.until.to_zoned(zone.clone()).date();
        let days = u16::try_from(days_left(ends_on, self.app.now(), &zone)).unwrap_or_default();
        let account_name = account.name.clone();
        let theirs = GuestLetter::Ending { account_name: account_name.clone(), ends_on, days };
        let ours = GuestLetter::Due {
            account_name,
            person_name: person.full_name(),
            home_name: guest.home_name.clone(),
            ends_on,
            days,
        };
        let letter = |to, letter| self.app.letter(to, Message::Team(TeamLetter::Guest(letter)));
        [letter(Recipient::User(person.id), theirs), letter(manager, ours)]
    }

    /// Takes away the rows of the guests whose time ended on a day.
    async fn forget_of(&self, ended_on: Date) -> Result<usize, ApiError> {
        let (store, now) = (self.app.store(), self.app.now());
        let (mut forgotten, mut from) = (0, None);
        loop {
            let page = store.guests_ending_on(ended_on, from.as_ref()).await?;
            for end in &page.items {
                let event = EventId::new(now, credentials::random());
                forgotten += usize::from(store.forget_guest(end, event, now).await?);
            }
            from = page.next;
            if from.is_none() {
                return Ok(forgotten);
            }
        }
    }
}

fn moved(day: Date, days: i32) -> Date {
    day.saturating_add(SignedDuration::from_hours(24 * i64::from(days)))
}

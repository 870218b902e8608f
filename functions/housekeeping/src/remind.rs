//! Reminders that contracts end: sixty, thirty and seven days before, where the account is (R405).

use std::error::Error;

use domain::{
    Date, EventId, SignedDuration, TimeZone,
    letter::{DueProduct, Letter, Message, Recipient},
    renewal::{Stage, days_left},
};
use store::{Ending, EndingAccount, NewReminder};
use web::ApiError;

use crate::Housekeeping;

impl Housekeeping {
    /// Writes the reminders of today, and those of the days since the last whole run; how many accounts were reminded. The
    /// first run of a portal begins with today: what was due before it, nobody missed.
    pub(crate) async fn remind(&self) -> Result<usize, ApiError> {
        let store = self.app.store();
        let today = self.app.now().to_zoned(TimeZone::UTC).date();
        let mut first = store.reminded_until().await?.unwrap_or(before(today, 1));
        // A stage is over when the next begins; none lasts longer than the first of them.
        first = first.max(before(today, Stage::Sixty.days() - Stage::Thirty.days()));
        // In the far east it is tomorrow already.
        let last = after(today, 1);
        let (mut reminded, mut failed) = (0, None);
        for stage in Stage::ALL {
            let mut day = first;
            while day <= last {
                match self.remind_of(stage, after(day, stage.days())).await {
                    Ok(more) => reminded += more,
                    Err(error) => failed = failed.or(Some(error)),
                }
                day = after(day, 1);
            }
        }
        match failed {
            Some(error) => Err(error),
            None => {
                store.note_reminded(today).await?;
                Ok(reminded)
            }
        }
    }

    /// Reminds the accounts whose licenses end on a day.
    async fn remind_of(&self, stage: Stage, ends_on: Date) -> Result<usize, ApiError> {
        let (mut reminded, mut from, mut unreadable) = (0, None, None);
        loop {
            let page = self.app.store().ending_on(ends_on, from.as_ref()).await?;
            for of in page.items.iter().filter(|of| !of.has_had(stage)) {
                match self.remind_account(stage, ends_on, of).await {
                    Ok(done) => reminded += usize::from(done),
                    Err(error @ ApiError::TryAgain(_)) => return Err(error),
                    // One that cannot be read keeps nobody else from being reminded.
                    Err(error) => {
                        let account = of.account.to_string();
                        tracing::error!(target: "housekeeping", account, code = "unreadable", error = &error as &dyn Error);
                        unreadable = Some(error);
                    }
                }
            }
            from = page.next;
            if from.is_none() {
                return unreadable.map_or(Ok(reminded), Err);
            }
        }
    }

    /// Reminds one account, if it is in that stage where it is, and something still ends.
    async fn remind_account(&self, stage: Stage, ends_on: Date, of: &EndingAccount) -> Result<bool, ApiError> {
        let now = self.app.now();
        let Some(ending) = self.app.store().ending(of.account, ends_on).await? else { return Ok(false) };
        let left = days_left(ends_on, now, &ending.account.zone.zone());
        if Stage::of(left) != Some(stage) || ending.products.is_empty() {
            return Ok(false);
        }
        let letters = self.letters(ending, ends_on, u16::try_from(left).unwrap_or_default());
        let event = EventId::new(now, credentials::random());
        let reminder = NewReminder { account: of.account, ends_on, stage, letters: &letters, event };
        Ok(self.app.store().remind(&reminder, now).await?)
    }

    /// To the owner, and to the owner of the partner who looks after the account.
    fn letters(&self, ending: Ending, ends_on: Date, days: u16) -> Vec<Letter> {
        let mut products = ending.products;
        let more = u32::try_from(products.len().saturating_sub(DueProduct::MOST)).unwrap_or(u32::MAX);
        products.truncate(DueProduct::MOST);
        let message = Message::RenewalDue { account_name: ending.account.name, ends_on, days, products, more };
        let owners = [Some(ending.account.id), ending.partner];
        let letter = |account| self.app.letter(Recipient::OwnerOf(account), message.clone());
        owners.into_iter().flatten().map(letter).collect()
    }
}

fn before(day: Date, days: i32) -> Date {
    day.checked_sub(hours(days)).unwrap_or(Date::MIN)
}

fn after(day: Date, days: i32) -> Date {
    day.checked_add(hours(days)).unwrap_or(Date::MAX)
}

/// Days of a calendar without a clock.
const fn hours(days: i32) -> SignedDuration {
    SignedDuration::from_hours(24 * days as i64)
}

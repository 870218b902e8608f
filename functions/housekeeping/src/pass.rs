//! Ends of contracts that pass: from the day after on, a partner's lists show the renewal that comes next (R503).

use domain::{Date, SignedDuration, TimeZone};
use web::ApiError;

use crate::Housekeeping;

impl Housekeeping {
    /// Moves the lists of partners on past the days that are over; how many customers followed. Days that no run came to
    /// are made up for, each noted when it is done. The first run of a portal notes the day alone: the lists know it
    /// from then on.
    pub(crate) async fn pass_ends(&self) -> Result<usize, ApiError> {
        let store = self.app.store();
        let today = self.app.now().to_zoned(TimeZone::UTC).date();
        let over = today.checked_sub(A_DAY).unwrap_or(Date::MIN);
        let known = store.ends_passed().await?;
        if known.is_none_or(|passed| passed.until < over) {
            store.note_ends_passed(over).await?;
        }
        let (mut moved_on, mut day) = (0, known.map_or(over, |passed| passed.followed));
        while day < over {
            day = day.checked_add(A_DAY).unwrap_or(Date::MAX);
            moved_on += self.pass_day(day).await?;
            store.note_ends_followed(day).await?;
        }
        Ok(moved_on)
    }

    /// Brings the lists up to the customers of which licenses ended on a day.
    async fn pass_day(&self, day: Date) -> Result<usize, ApiError> {
        let (mut moved_on, mut from) = (0, None);
        loop {
            let page = self.app.store().customers_ending_on(day, from.as_ref()).await?;
            for customer in page.items {
                self.app.store().follow_customer(customer).await?;
                moved_on += 1;
            }
            from = page.next;
            if from.is_none() {
                return Ok(moved_on);
            }
        }
    }
}

/// A day of a calendar without a clock.
const A_DAY: SignedDuration = SignedDuration::from_hours(24);

//! Asking owners, on the first day of each quarter where they are, to go through everyone who can get at what is theirs
//! (R315).

use domain::{
    EventId, TimeZone,
    letter::{Message, Recipient, TeamLetter},
    review::{Walk, quarter_of},
};
use store::{NewReview, ReviewWalk, ReviewedAccount};
use web::ApiError;

use crate::Housekeeping;

/// Pages of a hundred accounts that one run walks over: at most five thousand letters, which take a minute or two. What
/// is left is done by the next run.
const MOST_PAGES: usize = 50;

impl Housekeeping {
    /// Asks owners, going on where the run before stopped; how many were asked. The first run of a portal begins with the
    /// next quarter: a vendor who moves in does not mail everybody at once. A run that is late makes up for the quarter
    /// that is, not for those before.
    pub(crate) async fn ask_for_reviews(&self) -> Result<usize, ApiError> {
        let (store, now) = (self.app.store(), self.app.now());
        let quarter = quarter_of(now.to_zoned(TimeZone::UTC).date());
        let Some(mut at) = store.review_walk().await? else {
            store.note_review_walk(&ReviewWalk { quarter, walk: Walk::Over, from: None }).await?;
            return Ok(0);
        };
        if at.quarter < quarter {
            // Late, one walk does.
            let walk = if Walk::West.has_begun(quarter, now) { Walk::West } else { Walk::East };
            at = ReviewWalk { quarter, walk, from: None };
        }
        let (mut asked, mut failed) = (0, None);
        for _ in 0..MOST_PAGES {
            if !at.walk.has_begun(at.quarter, now) {
                break;
            }
            let page = store.accounts_to_review(at.quarter, at.from.as_ref()).await?;
            failed = failed.or(page.unreadable);
            for reviewed in &page.items {
                asked += usize::from(self.ask_for_review(&at, reviewed).await?);
            }
            at = match page.next {
                Some(next) => ReviewWalk { from: Some(next), ..at },
                None => ReviewWalk { walk: at.walk.next(), from: None, ..at },
            };
            store.note_review_walk(&at).await?;
        }
        failed.map_or(Ok(asked), |error| Err(error.into()))
    }

    /// Asks one owner, if the quarter has begun where they are, and anybody but them belongs to the account.
    async fn ask_for_review(&self, at: &ReviewWalk, reviewed: &ReviewedAccount) -> Result<bool, ApiError> {
        let (account, members, now) = (&reviewed.account, reviewed.members, self.app.now());
        if members < 2 || now.to_zoned(account.zone.zone()).date() < at.quarter {
            return Ok(false);
        }
        let due = TeamLetter::ReviewDue { account_name: account.name.clone(), members };
        let letter = self.app.letter(Recipient::OwnerOf(account.id), Message::Team(due));
        let event = EventId::new(now, credentials::random());
        let new = NewReview { account: account.id, quarter: at.quarter, letter: &letter, event };
        Ok(self.app.store().ask_for_review(&new, now).await?)
    }
}

//! The ends of guests' time (R510): telling of each stage once, whoever runs it, and however often; and taking away rows
//! whose time has long been over. Guests stand under the day on which their time ends, so that a run reads what is due.

use aws_sdk_dynamodb::types::AttributeValue;
use domain::{
    Account, AccountId, AccountStatus, Date, EventId, MembershipStatus, Timestamp, User, UserId,
    guest::{GuestStage, end_day},
    letter::Letter,
    log::{Event, LogOf, MemberChange},
    membership::Guest,
    page::{Page, PageSize, Position},
};
use serde::{Deserialize, Serialize};

use crate::{
    Conflict, Store, StoreError, TableName, keys, letters,
    listing::Listing,
    log,
    rows::{self, AccountRow, MemberRow, UserRow},
    transaction::{Transaction, When},
    update,
};

/// That a guest's time ends on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GuestEnd {
    /// Whose guest.
    pub account: AccountId,
    /// Who.
    pub user: UserId,
    /// The day, in UTC.
    pub day: Date,
    /// The notices they have had of it.
    told: [bool; 3],
}

impl GuestEnd {
    /// Whether they have had the notice of that stage.
    #[must_use]
    pub fn has_had(&self, stage: GuestStage) -> bool {
        GuestStage::ALL.iter().zip(self.told).any(|(one, had)| *one == stage && had)
    }
}

/// A guest whose time still counts, with what a notice says.
pub struct EndingGuest {
    /// Whose guest.
    pub account: Account,
    /// Who.
    pub person: User,
    /// Where they come from, and until when.
    pub guest: Guest,
}

/// A notice to write.
pub struct NewGuestNotice<'a> {
    /// Of whom.
    pub end: &'a GuestEnd,
    /// As they were read.
    pub guest: &'a Guest,
    /// Which notice it is.
    pub stage: GuestStage,
    /// To the guest, and to whoever let them in, or the owner.
    pub letters: &'a [Letter],
    /// The log entry's id.
    pub event: EventId,
}

#[derive(Serialize, Deserialize)]
struct WalkRow {
    /// the last day, in UTC, of which a run came to its end
    d: Date,
}

/// The attribute of an end's row that says that the notice of a stage was written.
const fn attribute(stage: GuestStage) -> &'static str {
    match stage {
        GuestStage::ThirtyOne => "r31",
        GuestStage::Seven => "r7",
        GuestStage::One => "r1",
    }
}

impl Store {
    /// The last day, in UTC, on which the ends of guests were looked after; none before the first time.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn guests_seen_to(&self) -> Result<Option<Date>, StoreError> {
        let item = self.get(TableName::Accounts, keys::guests_walk()).await?;
        Ok(item.map(rows::from_item::<WalkRow>).transpose()?.map(|row| row.d))
    }

    /// Notes that those of a day were. A slow run does not set back what a faster one noted.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn note_guests_seen_to(&self, day: Date) -> Result<(), StoreError> {
        let note = self
            .client
            .update_item()
            .table_name(self.table(TableName::Accounts))
            .set_key(Some(keys::guests_walk().to_map()))
            .update_expression("SET d = :d, v = :v")
            .condition_expression("attribute_not_exists(d) OR d < :d")
            .expression_attribute_values(":d", AttributeValue::S(day.to_string()))
            .expression_attribute_values(":v", AttributeValue::N(rows::VERSION.to_string()));
        update::send(note).await.map(drop)
    }

    /// A page of the guests whose time ends on a day.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn guests_ending_on(&self, day: Date, from: Option<&Position>) -> Result<Page<GuestEnd>, StoreError> {
        let (items, next) = self.page(Listing::of(keys::guest_ends_partition(day)), PageSize::LARGEST, from).await?;
        let end = |item: rows::Item| {
            let sort_key = rows::sort_key(&item, "")?;
            let (account, user) =
                sort_key.split_once('#').ok_or_else(|| StoreError::row("an end of no guest's time"))?;
            let (account, user) = (AccountId::parse(account)?, UserId::parse(user)?);
            let told = GuestStage::ALL.map(|stage| item.contains_key(attribute(stage)));
            Ok(GuestEnd { account, user, day, told })
        };
        Ok(Page { items: items.into_iter().map(end).collect::<Result<_, StoreError>>()?, next })
    }

    /// What a notice of an end says; none if nothing ends then: they were removed, let stay until another day, or what their
    /// access rests on has ended already.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn ending_guest(&self, end: &GuestEnd, now: Timestamp) -> Result<Option<EndingGuest>, StoreError> {
        let (account, member, user) =
            (keys::account(end.account), keys::membership(end.account, end.user), keys::user(end.user));
        let mut found = self.items(TableName::Accounts, vec![account.clone(), member.clone(), user.clone()]).await?;
        let rows = [account, member, user].map(|key| found.remove(&key));
        let [Some(account), Some(member), Some(person)] = rows else { return Ok(None) };
        let account = Account::try_from(rows::from_item::<AccountRow>(account)?)?;
        let member: domain::Membership = rows::from_item::<MemberRow>(member)?.membership.into();
        let Some(guest) = member.guest.filter(|guest| end_day(guest.until) == end.day) else { return Ok(None) };
        let in_use = member.status == MembershipStatus::Active && account.status == AccountStatus::Active;
        let (home, there) = self.at_home(guest.home, end.user).await?;
        let counts = in_use && guest.counts(&account, home.as_ref(), there.as_ref(), now);
        let person = User::from(rows::from_item::<UserRow>(person)?);
        Ok(counts.then_some(EndingGuest { account, person, guest }))
    }

    /// Writes a notice: whether it is this call's, not an earlier one's nor one's at the same time. The guest must be as
    /// they were read.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn tell_guest(&self, new: &NewGuestNotice<'_>, now: Timestamp) -> Result<bool, StoreError> {
        let GuestEnd { account, user, day, .. } = *new.end;
        let first = When::holds("attribute_exists(pk) AND attribute_not_exists(#stage)")
            .named("#stage", attribute(new.stage))
            .number(":now", now.as_millisecond());
        let as_read = When::holds("st = :active AND gu = :gu")
            .text(":active", "active")
            .number(":gu", new.guest.until.as_millisecond());
        let told = Event::GuestReminded { user, stage: new.stage };
        let arms = Transaction::new(self)
            .update(TableName::Accounts, &keys::guest_end(day, account, user), "SET #stage = :now", first, ())
            .check(TableName::Accounts, &keys::membership(account, user), as_read, ())
            .in_use(account, ())
            .write(TableName::Journal, log::by_the_portal(new.event, LogOf::Account(account), &told, now));
        let arms = new.letters.iter().fold(arms, |arms, one| arms.write(TableName::Journal, letters::row(one)));
        is_ours(arms.commit().await)
    }

    /// Takes away the row of a guest whose time ended on that day, long ago, and that nobody renewed; whether there was one.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn forget_guest(&self, end: &GuestEnd, event: EventId, now: Timestamp) -> Result<bool, StoreError> {
        let GuestEnd { account, user, day, .. } = *end;
        let (place, mark) = (keys::membership(account, user), keys::guest_end(day, account, user));
        let found = self.get(TableName::Accounts, place.clone()).await?;
        let row = found.map(rows::from_item::<MemberRow>).transpose()?;
        let guest = row.and_then(|row| domain::Membership::from(row.membership).guest);
        let Some(guest) = guest.filter(|guest| end_day(guest.until) == day) else {
            // What it stood for has gone another way.
            Transaction::<()>::new(self).remove(TableName::Accounts, &mark).run().await?;
            return Ok(false);
        };
        let as_read = When::holds("gu = :gu").number(":gu", guest.until.as_millisecond());
        let gone = Event::Member { user, change: MemberChange::GuestForgotten };
        let arms = Transaction::new(self)
            .delete(TableName::Accounts, &place, as_read, ())
            .remove(TableName::Accounts, &keys::membership_of_user(user, account))
            // Whatever rests on which accounts they belong to rests on that number.
            .update(TableName::Accounts, &keys::user(user), "SET ve = ve + :one", When::present().number(":one", 1), ())
            .remove(TableName::Accounts, &mark)
            .forget_access_request(account, user)
            .write(TableName::Journal, log::by_the_portal(event, LogOf::Account(account), &gone, now));
        is_ours(arms.commit().await)
    }
}

fn is_ours(written: Result<(), Conflict<()>>) -> Result<bool, StoreError> {
    match written {
        Ok(()) => Ok(true),
        Err(Conflict::Refused(())) => Ok(false),
        Err(Conflict::Store(error)) => Err(error),
    }
}

//! Asking to join: the same number of rows, by the same calls, whatever the number names. Where there is nothing to
//! write, a condition that always holds costs what the row would.

use domain::{
    EventId, RequestId, Timestamp, User, UserId, claim::Reference, letter::Letter, log::Event, request::Wish,
    rights::ClaimAccount,
};

use super::{ClaimCourse, ClaimGround, ClaimRow, NamedRow, Nobody, ground::tally};
use crate::{
    Asker, Conflict, NewRequest, Store, TableName, Throttle, keys, letters,
    requests::RequestRow,
    rows,
    transaction::{Transaction, When},
};

/// Somebody asking to join.
pub struct AskedToJoin<'a> {
    /// Who.
    pub user: &'a User,
    /// By which number.
    pub reference: &'a Reference,
    /// Stands for an account where there is none.
    pub nobody: Nobody,
    /// The request's id.
    pub id: RequestId,
    /// The dispute's, if there is one.
    pub dispute: RequestId,
    /// To the account's owner, or to nobody; and to the person.
    pub letters: [&'a Letter; 2],
    /// The log entry's id.
    pub event: EventId,
    /// Counts the person's tries.
    pub tries: &'a Throttle,
}

/// Why a request to join was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AskRefused {
    /// The person is not (any more) who asked.
    Actor,
    /// Tried too often.
    Throttle,
    /// What it rests on changed meanwhile: read it again.
    Changed,
}

impl Store {
    /// Keeps a request to join, and writes to the account's owner and to the person.
    ///
    /// # Errors
    /// [`AskRefused`] says which condition did not hold.
    pub async fn ask_to_join(
        &self,
        right: &ClaimAccount,
        asked: &AskedToJoin<'_>,
        ground: &ClaimGround,
        now: Timestamp,
    ) -> Result<(), Conflict<AskRefused>> {
        let (user, [to_owner, to_person]) = (asked.user.id, asked.letters);
        let transaction = Transaction::new(self).by(right.authority(), AskRefused::Actor).count(
            asked.tries,
            now,
            AskRefused::Throttle,
        );
        let counted = match &ground.account {
            Some(account) if ground.owner_reads(asked.reference) => account.id,
            _ => asked.nobody.account,
        };
        let transaction = transaction.count(&tally(counted), now, AskRefused::Changed);
        let event = Event::AskedToJoin { reference: asked.reference.clone() };
        let kept = asked.keep(transaction, ground.course(asked.reference), now);
        asked
            .tell(kept, ground, now)
            .write(TableName::Journal, letters::row(to_owner))
            .write(TableName::Journal, letters::row(to_person))
            .noted(asked.event, user, &event, now)
            .commit()
            .await
    }
}

type Arms<'a> = Transaction<'a, AskRefused>;

impl AskedToJoin<'_> {
    fn wish(&self) -> Wish {
        Wish::Claim { reference: self.reference.clone() }
    }

    /// The person's own row.
    fn keep<'a>(&self, arms: Arms<'a>, course: ClaimCourse, now: Timestamp) -> Arms<'a> {
        let wish = self.wish();
        let key = keys::request(self.user.id, &wish);
        match course {
            ClaimCourse::Member => arms.idle(&key, AskRefused::Changed),
            ClaimCourse::Kept | ClaimCourse::Again | ClaimCourse::New => {
                let new = NewRequest { id: self.id, by: Asker::of(self.user, None), wish, reason: None };
                arms.write(TableName::Accounts, rows::to_item(&key, &RequestRow::of(&new, now)))
            }
        }
    }

    /// The rows of who decides, and of who was first.
    fn tell<'a>(&self, arms: Arms<'a>, ground: &ClaimGround, now: Timestamp) -> Arms<'a> {
        let (changed, number) = (AskRefused::Changed, keys::reference(self.reference));
        let course = ground.course(self.reference);
        let account = match (course, &ground.account) {
            (ClaimCourse::New | ClaimCourse::Again, Some(account)) => account,
            (ClaimCourse::Kept | ClaimCourse::Member, _) | (_, None) => {
                return arms
                    .idle(&keys::pending_claim(self.nobody.account, self.user.id), changed)
                    .idle(&keys::desk_request(self.id), changed)
                    .idle(&number, changed)
                    .idle(&keys::desk_request(self.dispute), changed);
            }
        };
        let serial = match self.reference {
            Reference::SerialNumber(serial) => Some(serial),
            Reference::CustomerNumber(_) => None,
        };
        let disputed = serial.zip(ground.rival.as_ref());
        let desk = |id, wish| {
            let new = NewRequest { id, by: Asker::of(self.user, Some(account)), wish, reason: None };
            rows::to_item(&keys::desk_request(id), &RequestRow::of(&new, now))
        };

        let key = keys::pending_claim(account.id, self.user.id);
        let row = rows::to_item(&key, &self.row(ground.pending.as_ref(), disputed.is_some(), now));
        let arms = match &ground.pending {
            None => {
                arms.create(TableName::Accounts, row, changed).write(TableName::Accounts, desk(self.id, self.wish()))
            }
            Some(before) => {
                let when = When::holds("i = :i").text(":i", before.i.to_string());
                arms.put(TableName::Accounts, row, Some(when), Some(changed))
                    .idle(&keys::desk_request(self.id), changed)
            }
        };
        let arms = match (serial, disputed) {
            (Some(_), None) => self.is_first(arms, &number, ground.first),
            _ => arms.idle(&number, changed),
        };
        // One dispute for each number, which the decision finds and deletes.
        match disputed.filter(|_| !self.is_named(ground.pending.as_ref())) {
            None => arms.idle(&keys::desk_request(self.dispute), changed),
            Some((serial, rival)) => {
                let (first_name, first_email) = (rival.full_name(), rival.email.clone());
                let wish = Wish::Dispute { serial: serial.clone(), first_name, first_email };
                arms.write(TableName::Accounts, desk(self.dispute, wish))
            }
        }
    }

    /// Notes at a serial number who asked by it first, in place of who no longer does.
    fn is_first<'a>(&self, arms: Arms<'a>, number: &keys::Key, before: Option<UserId>) -> Arms<'a> {
        let when = When::holds("attribute_exists(pk) AND (attribute_not_exists(c) OR c = :was)")
            .text(":was", before.unwrap_or(self.user.id).to_string())
            .text(":c", self.user.id.to_string());
        arms.update(TableName::Accounts, number, "SET c = :c", when, AskRefused::Changed)
    }

    /// Whether what was asked before names this number.
    fn is_named(&self, before: Option<&ClaimRow>) -> bool {
        before.is_some_and(|row| row.rf.iter().any(|named| named.r.claim() == self.reference.claim()))
    }

    /// The account's row: who asks now, and by which numbers.
    fn row(&self, before: Option<&ClaimRow>, disputed: bool, now: Timestamp) -> ClaimRow {
        let mut named = before.map(|row| row.rf.clone()).unwrap_or_default();
        if !self.is_named(before) {
            named.push(NamedRow { r: self.reference.clone(), d: disputed.then_some(self.dispute) });
        }
        ClaimRow {
            i: before.map_or(self.id, |row| row.i),
            n: self.user.full_name(),
            m: self.user.email.clone(),
            t: before.map_or(now.as_millisecond(), |row| row.t),
            rf: named,
        }
    }
}

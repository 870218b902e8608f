//! What every decision does, whatever was asked: the request leaves the desk, is logged, and people are told.

use domain::{
    EventId, Timestamp,
    desk::StaffPerson,
    letter::Letter,
    log::{Event, LogOf},
    name::Reason,
    request::Wish,
    rights::WorkDesk,
};

use super::DeskRequest;
use crate::{
    Conflict, Store, TableName, keys, letters, log,
    transaction::{Transaction, When},
};

/// A decision.
#[derive(Debug, Clone)]
pub struct Decided {
    /// Whether it was approved.
    pub approved: bool,
    /// Why, in the words of whoever decided.
    pub reason: Option<Reason>,
    /// Who is told.
    pub letters: Vec<Letter>,
    /// The id of its log entries.
    pub event: EventId,
    /// When.
    pub at: Timestamp,
}

/// Why nothing was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecideRefused {
    /// The staff person is not (any more) who acts.
    Actor,
    /// Somebody else has decided it meanwhile, or approved it first.
    Decided,
    /// The person, the account or the team changed meanwhile: read again, then try again.
    Changed,
    /// The address has a login, or is kept for somebody who had it.
    Taken,
    /// What a partner's list shows of the account changed: read again.
    Listed,
}

impl Store {
    /// Decides on what changes nothing else: refuses it, or closes what was only to be looked at.
    ///
    /// # Errors
    /// [`DecideRefused`] says which condition did not hold.
    pub async fn close_request(
        &self,
        right: &WorkDesk,
        request: &DeskRequest,
        decided: &Decided,
    ) -> Result<(), Conflict<DecideRefused>> {
        Transaction::new(self).decided(right, request, decided).commit().await
    }

    /// Notes the first of two approvals. Nobody looks after the request any more: the second person is somebody else.
    ///
    /// # Errors
    /// [`DecideRefused`] says which condition did not hold.
    pub async fn approve_first(
        &self,
        right: &WorkDesk,
        person: &StaffPerson,
        request: &DeskRequest,
        event: EventId,
        now: Timestamp,
    ) -> Result<(), Conflict<DecideRefused>> {
        let open = When::holds("attribute_exists(pk) AND attribute_not_exists(ap)")
            .text(":ap", person.id.to_string())
            .text(":apa", person.name.clone())
            .number(":apt", now.as_millisecond());
        let change = "SET ap = :ap, apa = :apa, apt = :apt REMOVE o, oa";
        let key = keys::desk_request(request.id);
        let approved = Event::RequestApprovedFirst { kind: request.wish.kind() };
        Transaction::new(self)
            .by(right.authority(), DecideRefused::Actor)
            .update(TableName::Accounts, &key, change, open, DecideRefused::Decided)
            .decision_logged(right, request, (event, now), &approved, &approved)
            .commit()
            .await
    }
}

impl Transaction<'_, DecideRefused> {
    /// The arms of every decision.
    pub(super) fn decided(self, right: &WorkDesk, request: &DeskRequest, decided: &Decided) -> Self {
        let event = request.decision(decided);
        self.decided_as(right, request, decided, &event)
    }

    /// The same, with what the account's log says of it in place of the decision.
    pub(super) fn decided_as(
        self,
        right: &WorkDesk,
        request: &DeskRequest,
        decided: &Decided,
        in_account: &Event,
    ) -> Self {
        let told =
            decided.letters.iter().fold(self, |arms, letter| arms.write(TableName::Journal, letters::row(letter)));
        let told = match (&request.wish, &request.account) {
            // Asked once by whomever; it can be asked again.
            (Wish::Renewal { license, .. }, Some(account)) => told.release_renewal(account.id, *license),
            _ => told,
        };
        told.by(right.authority(), DecideRefused::Actor)
            .delete(TableName::Accounts, &keys::desk_request(request.id), request.open(decided), DecideRefused::Decided)
            .remove(TableName::Accounts, &keys::request(request.user, &request.wish))
            .decision_logged(right, request, (decided.event, decided.at), &request.decision(decided), in_account)
    }

    /// What happened at the desk, in the log of the person and in that of the account.
    fn decision_logged(
        self,
        right: &WorkDesk,
        request: &DeskRequest,
        (id, at): (EventId, Timestamp),
        in_person: &Event,
        in_account: &Event,
    ) -> Self {
        let by = log::By::Staff(right.authority());
        let noted = self.write(TableName::Journal, log::entry(id, LogOf::User(request.user), by, in_person, at));
        match &request.account {
            None => noted,
            Some(account) => {
                noted.write(TableName::Journal, log::entry(id, LogOf::Account(account.id), by, in_account, at))
            }
        }
    }
}

impl DeskRequest {
    fn decision(&self, decided: &Decided) -> Event {
        let (approved, reason) = (decided.approved, decided.reason.clone());
        Event::RequestDecided { kind: self.wish.kind(), approved, reason }
    }

    /// It is still on the desk. Where two are needed, the second approval rests on the first; and what has been begun is
    /// not refused.
    fn open(&self, decided: &Decided) -> When {
        match (decided.approved, &self.approved_first) {
            (true, Some((first, _))) => When::holds("ap = :ap").text(":ap", first.id.to_string()),
            (true, None) => When::present(),
            (false, _) => When::holds("attribute_exists(pk) AND attribute_not_exists(b)"),
        }
    }
}

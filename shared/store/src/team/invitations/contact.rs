//! The contact of an address that is invited: what the account's list of people shows of it follows the invitation.

use domain::{
    AccountId, ContactId, InvitationId, Timestamp,
    invitation::Invited,
    member::{Contact, Group},
};

use crate::{
    Conflict, StoreError, TableName, keys,
    rows::{self, ContactRow, Places},
    transaction::{TRIES, Transaction, When},
};

/// What is known of the contact when an invitation is answered or sent again.
#[derive(Clone)]
pub(super) enum Known {
    /// Nothing: called as the invitation says, which is so unless somebody changed it.
    Presumed,
    /// As read.
    Read(Option<Contact>),
}

/// Which contact, and what becomes of it.
pub(super) struct OfContact<'a> {
    pub account: AccountId,
    pub invitation: InvitationId,
    pub invited: &'a Invited,
    /// Until when it is invited; none: not any more.
    pub until: Option<Timestamp>,
}

impl OfContact<'_> {
    fn id(&self) -> ContactId {
        ContactId::of(self.account, &self.invited.email)
    }

    /// The contact's arm. One that somebody forgot meanwhile is noted again while it is invited, and else stays
    /// forgotten.
    pub(super) fn arm<'a, A: Clone>(
        &self,
        arms: Transaction<'a, A>,
        known: &Known,
        otherwise: A,
    ) -> Transaction<'a, A> {
        let (key, invitation) = (keys::contact(self.account, self.id()), self.invitation.to_string());
        match (known, self.until) {
            (Known::Presumed, Some(until)) => {
                let when = When::holds("iv = :iv")
                    .text(":iv", invitation)
                    .number(":x", until.as_millisecond())
                    .number(":one", 1);
                arms.update(TableName::Accounts, &key, "SET x = :x, mv = mv + :one", when, otherwise)
            }
            (Known::Presumed, None) => {
                let names = (&self.invited.first_name, &self.invited.last_name);
                let places = Places::of(Group::Contacts, names, &self.invited.email, &self.id().to_string());
                let when = When::holds("iv = :iv AND f = :f AND n = :n")
                    .text(":iv", invitation)
                    .text(":f", names.0.as_str())
                    .text(":n", names.1.as_str())
                    .text(":e", places.e)
                    .number(":one", 1);
                arms.update(TableName::Accounts, &key, "SET e = :e, mv = mv + :one REMOVE iv, x", when, otherwise)
            }
            (Known::Read(None), None) => arms.check(TableName::Accounts, &key, When::absent(), otherwise),
            (Known::Read(was), _) => {
                let is = self.contact(was.as_ref());
                let when = match was {
                    None => When::absent(),
                    Some(was) => When::holds("mv = :mv").number(":mv", was.version),
                };
                let row = rows::to_item(&key, &ContactRow::of(&is));
                arms.put(TableName::Accounts, row, Some(when), Some(otherwise))
            }
        }
    }

    /// What it is then: called as the account noted, and, where it noted nothing, as the invitation says.
    pub(super) fn contact(&self, was: Option<&Contact>) -> Contact {
        let invited = self.until.map(|until| (self.invitation, until));
        match was {
            Some(was) => Contact { invited, version: was.version + 1, ..was.clone() },
            None => Contact {
                id: self.id(),
                first_name: self.invited.first_name.clone(),
                last_name: self.invited.last_name.clone(),
                email: self.invited.email.clone(),
                job_title: self.invited.job_title.clone(),
                phone: self.invited.phone.clone(),
                invited,
                version: 0,
            },
        }
    }
}

/// Commits what changes an invitation and with it its contact: first with what is presumed of that; where somebody changed
/// it, with what the refusal shows of it.
pub(super) async fn commit_with_contact<'a, A: Clone + PartialEq>(
    changed: A,
    arms: impl Fn(&Known) -> Transaction<'a, A>,
) -> Result<(), Conflict<A>> {
    let mut known = Known::Presumed;
    for _ in 1..TRIES {
        let row = match arms(&known).commit_or_see().await {
            Err((Conflict::Refused(why), row)) if why == changed => row,
            other => return other.map_err(|(conflict, _)| conflict),
        };
        known = Known::Read(row.map(rows::contact).transpose()?);
    }
    Err(Conflict::Store(StoreError::Conflict))
}

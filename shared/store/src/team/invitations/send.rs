//! Inviting somebody, sending an invitation again, making its link, and taking it back.

use aws_sdk_dynamodb::types::AttributeValue;
use domain::{
    EventId, InvitationId, Timestamp,
    invitation::{SentFrom, TeamInvitation},
    letter::Letter,
    log::{Event, InvitationChange, LogOf},
    member::Contact,
    number::CustomerNumber,
    rights::ManageMembers,
};

use super::{
    contact::{Known, OfContact, commit_with_contact},
    rows::{InvitationRow, InvitedRow},
};
use crate::{
    Conflict, Store, TableName, Throttle, keys, letters, log,
    rows::{self, ContactRow},
    transaction::{Transaction, When},
};

/// Somebody to be invited.
pub struct NewTeamInvitation<'a> {
    /// The invitation.
    pub invitation: &'a TeamInvitation,
    /// The account's number.
    pub customer_number: &'a CustomerNumber,
    /// The account's contact of that address, as read.
    pub contact: Option<&'a Contact>,
    /// The mail with the link.
    pub letter: &'a Letter,
    /// Count mails by who invites, by account, and by recipient.
    pub counts: &'a [Throttle; 3],
    /// The log entry's id.
    pub event: EventId,
}

/// An invitation with another link.
pub struct RenewedInvitation<'a> {
    /// As it is then.
    pub invitation: &'a TeamInvitation,
    /// The mail with the link, counted by who invites, by account, and by recipient; none where it is handed over.
    pub letter: Option<(&'a Letter, &'a [Throttle; 3])>,
    /// The log entry's id.
    pub event: EventId,
}

/// Why an invitation was not sent or taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvitingRefused {
    /// Whoever acts is not (any more) who may.
    Actor,
    /// One to that address waits for an answer.
    Already,
    /// It was answered or taken back meanwhile, or another took its place.
    Over,
    /// What the account knows of the address has changed meanwhile: read again.
    Contact,
    /// Too many mails, by the throttle of that place.
    Throttle(usize),
}

type Arms<'a> = Transaction<'a, InvitingRefused>;

impl Store {
    /// Invites somebody. It is the same whether or not the address has a login.
    ///
    /// # Errors
    /// [`InvitingRefused`] says which condition did not hold.
    pub async fn invite_person(
        &self,
        right: &ManageMembers,
        new: &NewTeamInvitation<'_>,
        now: Timestamp,
    ) -> Result<(), Conflict<InvitingRefused>> {
        let invitation = new.invitation;
        let (account, invited) = (right.account(), &invitation.invited);
        // One whose time is over keeps nobody from being invited again.
        let free = When::holds("attribute_not_exists(pk) OR x <= :now").number(":now", now.as_millisecond());
        let waiting =
            rows::to_item(&keys::invited(&invited.email, account), &InvitedRow::of(invitation, new.customer_number));
        let listed = rows::to_item(&keys::team_invitation(account, invitation.id), &InvitationRow::from(invitation));
        let of = OfContact { account, invitation: invitation.id, invited, until: Some(invitation.expires_at) };
        // The newest word counts for what somebody is called.
        let contact = Contact {
            first_name: invited.first_name.clone(),
            last_name: invited.last_name.clone(),
            ..of.contact(new.contact)
        };
        let contact = Contact {
            job_title: invited.job_title.clone().or(contact.job_title),
            phone: invited.phone.clone().or(contact.phone),
            ..contact
        };
        let as_read = match new.contact {
            None => When::absent(),
            Some(was) => When::holds("mv = :mv").number(":mv", was.version),
        };
        let row = rows::to_item(&keys::contact(account, contact.id), &ContactRow::of(&contact));
        let arms = Transaction::new(self)
            .by_member(right.authority(), InvitingRefused::Actor)
            .put(TableName::Accounts, waiting, Some(free), Some(InvitingRefused::Already))
            .create(TableName::Accounts, listed, InvitingRefused::Over)
            .put(TableName::Accounts, row, Some(as_read), Some(InvitingRefused::Contact));
        let arms = counted(arms, new.letter, new.counts, now);
        told(arms, right, (new.event, invitation.id, InvitationChange::Sent), now).commit().await
    }

    /// Sends an invitation again, or makes its link for somebody to hand over: it is good for as long again, and the link
    /// before stops.
    ///
    /// # Errors
    /// [`InvitingRefused`] says which condition did not hold.
    pub async fn renew_invitation(
        &self,
        right: &ManageMembers,
        renewed: &RenewedInvitation<'_>,
        now: Timestamp,
    ) -> Result<(), Conflict<InvitingRefused>> {
        let is = renewed.invitation;
        let (account, until) = (right.account(), is.expires_at);
        let of = OfContact { account, invitation: is.id, invited: &is.invited, until: Some(until) };
        let link = || {
            sent_by(When::unanswered(), is)
                .text(":t", is.token_hash.as_str())
                .text(":le", is.letter.to_string())
                .text(":st", is.state.name())
                .with(":ml", AttributeValue::Bool(is.mailed))
        };
        let change = match renewed.letter {
            Some(_) => InvitationChange::Resent,
            None => InvitationChange::LinkMade,
        };
        let arms = |known: &Known| {
            let arms = Transaction::new(self)
                .by_member(right.authority(), InvitingRefused::Actor)
                .update(
                    TableName::Accounts,
                    &keys::team_invitation(account, is.id),
                    "SET na = :na, ib = :ib, fr = :fr, bn = :bn, sa = :sa, x = :x, t = :t, le = :le, st = :st, ml = :ml REMOVE oa",
                    link(),
                    InvitingRefused::Over,
                )
                .update(
                    TableName::Accounts,
                    &keys::invited(&is.invited.email, account),
                    "SET na = :na, ib = :ib, fr = :fr, bn = :bn, sa = :sa, x = :x",
                    sent_by(When::of_invitation(is.id), is),
                    InvitingRefused::Over,
                );
            let arms = of.arm(arms, known, InvitingRefused::Contact);
            let arms = match renewed.letter {
                Some((letter, counts)) => counted(arms, letter, counts, now),
                None => arms,
            };
            told(arms, right, (renewed.event, is.id, change), now)
        };
        commit_with_contact(InvitingRefused::Contact, arms).await
    }

    /// Takes an invitation back: its link stops at once, and nobody finds it under their address.
    ///
    /// # Errors
    /// [`InvitingRefused`] says which condition did not hold.
    pub async fn revoke_invitation(
        &self,
        right: &ManageMembers,
        was: &TeamInvitation,
        event: EventId,
        now: Timestamp,
    ) -> Result<(), Conflict<InvitingRefused>> {
        let account = right.account();
        let of = OfContact { account, invitation: was.id, invited: &was.invited, until: None };
        let arms = |known: &Known| {
            let revoked = When::unanswered();
            // Whoever came in another way has none under their address any more.
            let none_other = When::holds("attribute_not_exists(pk) OR i = :i").text(":i", was.id.to_string());
            let arms = Transaction::new(self)
                .by_member(right.authority(), InvitingRefused::Actor)
                .update(
                    TableName::Accounts,
                    &keys::team_invitation(account, was.id),
                    "SET st = :revoked",
                    revoked,
                    InvitingRefused::Over,
                )
                .delete(
                    TableName::Accounts,
                    &keys::invited(&was.invited.email, account),
                    none_other,
                    InvitingRefused::Over,
                );
            let arms = of.arm(arms, known, InvitingRefused::Contact);
            told(arms, right, (event, was.id, InvitationChange::Revoked), now)
        };
        commit_with_contact(InvitingRefused::Contact, arms).await
    }
}

/// Who sends it now, and until when it is good, as both rows hold it.
fn sent_by(when: When, is: &TeamInvitation) -> When {
    when.text(":na", is.account_name.as_str())
        .text(":ib", is.by.to_string())
        .with(":fr", sender(is.from))
        .text(":bn", is.by_name.as_str())
        .number(":sa", is.sent_at.as_millisecond())
        .number(":x", is.expires_at.as_millisecond())
}

/// Where whoever sends comes from, as both rows hold it.
fn sender(from: Option<SentFrom>) -> AttributeValue {
    let Some(SentFrom { capacity, home }) = from else { return AttributeValue::Null(true) };
    let fields = [("c", capacity.name().to_owned()), ("h", home.to_string())];
    AttributeValue::M(fields.map(|(name, value)| (name.to_owned(), AttributeValue::S(value))).into())
}

fn counted<'a>(arms: Arms<'a>, letter: &Letter, counts: &[Throttle; 3], now: Timestamp) -> Arms<'a> {
    let arms = arms.write(TableName::Journal, letters::row(letter));
    counts
        .iter()
        .enumerate()
        .fold(arms, |arms, (place, throttle)| arms.count(throttle, now, InvitingRefused::Throttle(place)))
}

fn told<'a>(
    arms: Arms<'a>,
    right: &ManageMembers,
    (event, invitation, change): (EventId, InvitationId, InvitationChange),
    now: Timestamp,
) -> Arms<'a> {
    let entry = Event::Invitation { invitation, change };
    arms.write(TableName::Journal, log::entry(event, LogOf::Account(right.account()), right.authority(), &entry, now))
}

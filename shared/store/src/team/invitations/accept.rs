//! Accepting an invitation: with a login that is made by it, or with the one that the address has.

use aws_sdk_dynamodb::types::AttributeValue;
use domain::{
    Account, EventId, Membership, Timestamp, User, UserId,
    invitation::InvitationToMe,
    letter::Letter,
    log::{Event, InvitationChange, LogOf},
    membership::Guest,
    rights::AnswerInvitation,
    sign_in_name::SignInName,
};

use crate::{
    Conflict, Store, TableName, keys, letters, log,
    registrations::PasswordRow,
    rows,
    transaction::{Of, Transaction, When},
};

/// Somebody who accepts.
pub struct Accepting<'a> {
    /// What.
    pub invitation: &'a InvitationToMe,
    /// The account, as read.
    pub account: &'a Account,
    /// Who.
    pub user: &'a User,
    /// Where they come from, if they come as a guest.
    pub guest: Option<&'a Guest>,
    /// Whoever invited is told.
    pub letter: &'a Letter,
    /// The id of the entry in the account's log.
    pub event: EventId,
}

/// A login made by accepting.
pub struct NewLogin<'a> {
    /// The hash of the token in the mailed link, which proves the address.
    pub token_hash: &'a str,
    /// The hash of the password.
    pub password_hash: &'a str,
    /// The version of the terms they accepted.
    pub terms_version: &'a str,
    /// The id of the entry in the person's log.
    pub event: EventId,
}

/// Why an invitation was not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AcceptRefused {
    /// It was answered, taken back or renewed meanwhile, or its time is over: read again.
    Invitation,
    /// Whoever invited does not look after the account's people any more.
    InviterGone,
    /// The address has a login.
    Address,
    /// Somebody has the nickname that was drawn: try again.
    Nickname,
    /// They belong to the account.
    AlreadyMember,
    /// The account is not in use, or called otherwise by now; or another looks after it than a guest comes from.
    Account,
    /// They come as a guest, and are not at work at the account's partner.
    NotOfPartner,
    /// The person is not (any more) who was read.
    Actor,
}

type Arms<'a> = Transaction<'a, AcceptRefused>;

impl Store {
    /// Makes a login of an invitation, and a member. The condition on the link's token makes it work once.
    ///
    /// # Errors
    /// [`AcceptRefused`] says which condition did not hold.
    pub async fn accept_with_new_login(
        &self,
        accepting: &Accepting<'_>,
        new: &NewLogin<'_>,
        now: Timestamp,
    ) -> Result<(), Conflict<AcceptRefused>> {
        let user = accepting.user;
        // Only a mailed link proves the address, and only to whoever has the newest.
        let link = When::holds(
            "t = :t AND ml = :mailed AND st <> :accepted AND st <> :declined AND st <> :revoked AND x > :now",
        )
        .answers()
        .text(":t", new.token_hash)
        .with(":mailed", AttributeValue::Bool(true))
        .number(":now", now.as_millisecond());
        let name = keys::sign_in_name(&SignInName::Email(user.email.clone()));
        let row = rows::to_item(&keys::user(user.id), &rows::UserRow::from(user));
        let password = rows::to_item(&keys::password(user.id), &PasswordRow { h: new.password_hash });
        let signed_up = Event::SignedUp { terms_version: new.terms_version.to_owned() };
        let arms = answered(Transaction::new(self), accepting, link, now)
            .take_name(&name, user.id, now, AcceptRefused::Address)
            .create(TableName::Accounts, row, AcceptRefused::Invitation)
            .write(TableName::Credentials, password)
            .first_nickname(user, AcceptRefused::Nickname)
            .noted(new.event, user.id, &signed_up, now);
        joined(arms, accepting, now).commit().await
    }

    /// Makes somebody with a login a member, by the address that is proven to be theirs.
    ///
    /// # Errors
    /// [`AcceptRefused`] says which condition did not hold.
    pub async fn accept_invitation(
        &self,
        _right: &AnswerInvitation,
        accepting: &Accepting<'_>,
        now: Timestamp,
    ) -> Result<(), Conflict<AcceptRefused>> {
        let arms = answered(Transaction::new(self), accepting, When::waiting(now), now);
        joined(arms.person_unchanged(accepting.user, AcceptRefused::Actor), accepting, now).commit().await
    }
}

/// The invitation is accepted, and whoever sent it could send it now.
fn answered<'a>(arms: Arms<'a>, accepting: &Accepting<'_>, when: When, now: Timestamp) -> Arms<'a> {
    let InvitationToMe { account, id, by, from, .. } = accepting.invitation;
    let in_use = When::holds("st = :active").text(":active", "active");
    let arms = arms.update(
        TableName::Accounts,
        &keys::team_invitation(*account, *id),
        "SET st = :accepted",
        when,
        AcceptRefused::Invitation,
    );
    let arms = match from {
        Some(from) => arms.still_sends(*account, *by, *from, now, AcceptRefused::InviterGone),
        // Who has become a guest since sent it as somebody else (R510).
        None => arms.check(
            TableName::Accounts,
            &keys::membership(*account, *by),
            When::holds("st = :active AND r <> :member AND attribute_not_exists(gh)")
                .text(":active", "active")
                .text(":member", "member"),
            AcceptRefused::InviterGone,
        ),
    };
    arms.check(TableName::Accounts, &keys::user(*by), in_use, AcceptRefused::InviterGone)
}

/// They are a member; whoever invited is told, and the log tells.
fn joined<'a>(arms: Arms<'a>, accepting: &Accepting<'_>, now: Timestamp) -> Arms<'a> {
    let InvitationToMe { account, id, invited, .. } = accepting.invitation;
    let joined = Membership::joined(invited.role, invited.permissions.clone(), now);
    let membership = Membership { guest: accepting.guest.cloned(), ..joined };
    // What the team noted of them is what it reads of them.
    let mut as_noted = accepting.user.clone();
    as_noted.profile.job_title = invited.job_title.clone().or(as_noted.profile.job_title);
    as_noted.profile.phone = invited.phone.clone().or(as_noted.profile.phone);
    let entry = Event::Invitation { invitation: *id, change: InvitationChange::Accepted };
    let (user, name): (UserId, String) = (accepting.user.id, accepting.user.full_name());
    let (arms, by) = match accepting.guest {
        None => (arms, log::By::Person(user)),
        Some(guest) => (
            arms.at_home(guest.home, user, AcceptRefused::NotOfPartner).note_guest_end(*account, user, guest),
            log::By::Guest(user, guest, &name),
        ),
    };
    let (of, refused) = (Of::from(accepting.account), (AcceptRefused::AlreadyMember, AcceptRefused::Account));
    arms.join_by(accepting.invitation.from, of, &as_noted, &membership, refused)
        .write(TableName::Journal, letters::row(accepting.letter))
        .write(TableName::Journal, log::entry(accepting.event, LogOf::Account(*account), by, &entry, now))
}

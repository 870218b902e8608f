//! Invitations of owners whom the vendor recorded and who never signed in (R104).

use std::collections::HashMap;

use domain::{
    Account, AccountId, EventId, SignedDuration, Timestamp, User, UserId,
    letter::Letter,
    log::{Event, LogOf},
    page::{PageSize, Position},
    rights::InviteOwners,
};

use crate::{
    Conflict, Store, StoreError, TableName, keys, letters, log,
    resets::ResetRow,
    rows,
    transaction::{Transaction, When},
};

/// Whoever was invited is not written to again for five minutes: a second click, or a second person at the console,
/// sends no second mail.
const PAUSE: SignedDuration = SignedDuration::from_mins(5);

/// An account and its owner, as read before inviting.
pub struct Invitee {
    /// The account.
    pub account: Account,
    /// Its owner.
    pub owner: User,
}

/// An invitation to write.
pub struct Invitation<'a> {
    /// Whom, and to which account.
    pub invitee: &'a Invitee,
    /// The letter with the link.
    pub letter: &'a Letter,
    /// The hash of the link's token.
    pub token_hash: &'a str,
    /// Until when the link is good.
    pub link_expires_at: Timestamp,
    /// The log entry's id.
    pub event: EventId,
}

/// Why somebody was not invited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InviteRefused {
    /// Whoever acts is not (any more) who acted.
    Actor,
    /// They came in meanwhile.
    SignedIn,
    /// The account is not in use, or has another owner by now.
    Account,
    /// They were invited a moment ago.
    JustInvited,
}

impl Store {
    /// Some accounts in the order of the directory, to go through them all.
    ///
    /// # Errors
    /// If the database does not answer, or the position is not one of this list.
    pub async fn accounts_to_invite(
        &self,
        size: PageSize,
        from: Option<&Position>,
    ) -> Result<(Vec<AccountId>, Option<Position>), StoreError> {
        let (accounts, next) = self.directory_page("", size, from).await?;
        Ok((accounts.into_iter().map(|account| account.id).collect(), next))
    }

    /// Those accounts that there are, with their owners. Shown to nobody: what is written is conditional.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn invitees(&self, accounts: &[AccountId]) -> Result<Vec<Invitee>, StoreError> {
        let mut rows = self.account_rows(accounts).await?;
        rows.sort_by_key(|row| accounts.iter().position(|id| *id == row.i));
        let owners: Vec<UserId> = rows.iter().map(|row| row.o).collect();
        let owners = self.people(&owners).await?;
        let owners: HashMap<UserId, User> = owners.into_iter().map(|owner| (owner.id, owner)).collect();
        let mut invitees = Vec::with_capacity(rows.len());
        for row in rows {
            let owner =
                owners.get(&row.o).cloned().ok_or_else(|| StoreError::row("an account whose owner is nobody"))?;
            invitees.push(Invitee { account: row.try_into()?, owner });
        }
        Ok(invitees)
    }

    /// Invites an owner: the way to their first password, in place of one sent before, and its letter.
    ///
    /// # Errors
    /// [`InviteRefused`] says which condition did not hold.
    pub async fn invite(
        &self,
        right: &InviteOwners,
        invitation: &Invitation<'_>,
        now: Timestamp,
    ) -> Result<(), Conflict<InviteRefused>> {
        let Invitee { account, owner } = invitation.invitee;
        let row = ResetRow::of(invitation.token_hash, invitation.link_expires_at);
        let pause_over = invitation.link_expires_at - PAUSE;
        let invited = When::holds("st = :invited").text(":invited", "invited");
        let theirs = When::holds("st = :active AND o = :o").text(":active", "active").text(":o", owner.id.to_string());
        let long_ago = When::holds("attribute_not_exists(x) OR x <= :x").number(":x", pause_over.as_millisecond());
        let item = rows::to_item(&keys::invitation(owner.id), &row);
        let event = Event::OwnerInvited { owner: owner.id };
        let entry =
            log::entry(invitation.event, LogOf::Account(account.id), log::By::Staff(right.authority()), &event, now);
        Transaction::new(self)
            .by(right.authority(), InviteRefused::Actor)
            .check(TableName::Accounts, &keys::user(owner.id), invited, InviteRefused::SignedIn)
            .check(TableName::Accounts, &keys::account(account.id), theirs, InviteRefused::Account)
            .put(TableName::Sessions, item, Some(long_ago), Some(InviteRefused::JustInvited))
            .write(TableName::Journal, letters::row(invitation.letter))
            .write(TableName::Journal, entry)
            .commit()
            .await
    }
}

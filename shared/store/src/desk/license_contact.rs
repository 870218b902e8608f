//! Somebody else is the license contact of an account (R104, R313).

use domain::{
    Account, AccountId, EmailAddress, Membership, MembershipStatus, Permission, Permissions, Role, Timestamp, User,
    UserId, UserStatus, log::Event, rights::WorkDesk, sign_in_name::SignInName,
};

use super::{DecideRefused, Decided, DeskRequest};
use crate::{
    Conflict, Store, StoreError, TableName, emails, keys,
    registrations::NameRow,
    resets::ResetRow,
    rows,
    transaction::{Transaction, When},
};

/// What handing an account over needs to know.
#[derive(Debug, Clone)]
pub struct Handover {
    /// The account, with who owns it now.
    pub account: Account,
    /// Whoever has the new contact's address.
    pub person: Option<User>,
    /// What they are in the account.
    membership: Option<Membership>,
    /// Whether an import knows the account: it is told of the new owner.
    imported: bool,
}

/// An invitation that goes with it, for somebody who cannot sign in yet.
#[derive(Debug, Clone)]
pub struct OwnersInvitation {
    /// The hash of its link's token.
    pub token_hash: String,
    /// Until when the link is good.
    pub link_expires_at: Timestamp,
}

/// What the former owner keeps.
fn left() -> Permissions {
    Permissions::from([Permission::ViewOrders])
}

impl Handover {
    /// Whether the person owns the account already.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.person.as_ref().is_some_and(|person| person.id == self.account.owner)
    }
}

impl Store {
    /// An account, and whoever has the address of its new contact.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn find_handover(
        &self,
        _: &WorkDesk,
        account: AccountId,
        email: &EmailAddress,
    ) -> Result<Option<Handover>, StoreError> {
        let name = SignInName::Email(email.clone());
        let (account, whose) = tokio::join!(self.find_account(account), self.whose(&name));
        let Some(account) = account? else { return Ok(None) };
        let imported = self.get(TableName::Accounts, keys::imported_customer(&account.number));
        let (imported, found) = match whose? {
            None => (imported.await, None),
            Some(user) => {
                let (imported, person, member) = tokio::join!(
                    imported,
                    self.get(TableName::Accounts, keys::user(user)),
                    self.get(TableName::Accounts, keys::membership(account.id, user)),
                );
                (imported, Some((person?, member?)))
            }
        };
        let (person, member) = found.unwrap_or_default();
        Ok(Some(Handover {
            account,
            person: person.map(rows::from_item::<rows::UserRow>).transpose()?.map(User::from),
            membership: member.map(rows::from_item::<rows::MembershipRow>).transpose()?.map(Membership::from),
            imported: imported?.is_some(),
        }))
    }

    /// Makes somebody the owner of an account, with a login if they have none. The former owner stays a member, their
    /// sessions there end, and the account's number signs the new one in.
    ///
    /// # Errors
    /// [`DecideRefused`] says which condition did not hold.
    pub async fn hand_over(
        &self,
        right: &WorkDesk,
        request: &DeskRequest,
        handover: &Handover,
        (owner, invitation): (&User, Option<&OwnersInvitation>),
        decided: &Decided,
    ) -> Result<(), Conflict<DecideRefused>> {
        let (account, former) = (&handover.account, handover.account.owner);
        let changed = Event::OwnerChanged { from: former, to: owner.id };
        let alias = keys::sign_in_name(&SignInName::CustomerNumber(account.number.clone()));
        let theirs = When::holds("attribute_not_exists(pk) OR u = :former").text(":former", former.to_string());
        let alias = rows::to_item(&alias, &NameRow::of(owner.id));
        let mut transaction = Transaction::new(self).decided_as(right, request, decided, &changed).put(
            TableName::Credentials,
            alias,
            Some(theirs),
            Some(DecideRefused::Changed),
        );
        transaction = match handover.person {
            None => make_login(transaction, owner, decided.at),
            Some(_) => check_login(transaction, owner),
        };
        if let Some(invitation) = invitation {
            let row = ResetRow::of(&invitation.token_hash, invitation.link_expires_at);
            transaction = transaction.write(TableName::Sessions, rows::to_item(&keys::invitation(owner.id), &row));
        }
        transaction = step_down(transaction, account.id, former)?;
        let mine = When::holds("o = :former").text(":former", former.to_string()).text(":o", owner.id.to_string());
        let key = keys::account(account.id);
        transaction = if handover.membership.is_some() {
            promote(transaction, account.id, owner.id).update(
                TableName::Accounts,
                &key,
                "SET o = :o",
                mine,
                DecideRefused::Changed,
            )
        } else {
            // Called as it was read, or the list of who joins would show a name that is no more.
            let more = When::holds("o = :former AND na = :na")
                .text(":former", former.to_string())
                .text(":na", account.name.as_str())
                .text(":o", owner.id.to_string())
                .number(":one", 1);
            join(transaction, account, owner.id).update(
                TableName::Accounts,
                &key,
                "SET o = :o ADD m :one",
                more,
                DecideRefused::Changed,
            )
        };
        if handover.imported {
            let known = When::present().text(":o", owner.email.claim());
            let key = keys::imported_customer(&account.number);
            transaction = transaction.update(TableName::Accounts, &key, "SET o = :o", known, DecideRefused::Changed);
        }
        transaction.commit().await
    }
}

/// A login without a password, like those that imports make.
fn make_login<'a>(
    transaction: Transaction<'a, DecideRefused>,
    owner: &User,
    now: Timestamp,
) -> Transaction<'a, DecideRefused> {
    let row = rows::to_item(&keys::user(owner.id), &rows::UserRow::from(owner));
    transaction.take_name(&emails::name_of(&owner.email), owner.id, now, DecideRefused::Taken).create(
        TableName::Accounts,
        row,
        DecideRefused::Changed,
    )
}

/// The login is still that person's, and neither closed nor opened meanwhile.
fn check_login<'a>(transaction: Transaction<'a, DecideRefused>, owner: &User) -> Transaction<'a, DecideRefused> {
    let status = match owner.status {
        UserStatus::Invited => "invited",
        UserStatus::Active => "active",
        UserStatus::Closing => "closing",
    };
    let same = When::holds("st = :st AND m = :m").text(":st", status).text(":m", owner.email.as_str());
    transaction.check(TableName::Accounts, &keys::user(owner.id), same, DecideRefused::Changed)
}

/// The former owner is a member like others, and their sessions in this account end.
fn step_down<'a>(
    transaction: Transaction<'a, DecideRefused>,
    account: AccountId,
    former: UserId,
) -> Result<Transaction<'a, DecideRefused>, StoreError> {
    let kept = serde_dynamo::aws_sdk_dynamodb_1::to_attribute_value(left())?;
    let change = "SET r = :member, p = :p ADD g :one";
    let owner = || {
        let owner = When::holds("r = :owner").text(":owner", "owner").text(":member", "member");
        owner.with(":p", kept.clone()).number(":one", 1)
    };
    Ok(transaction
        .update(TableName::Accounts, &keys::membership(account, former), change, owner(), DecideRefused::Changed)
        .update(
            TableName::Accounts,
            &keys::membership_of_user(former, account),
            change,
            owner(),
            DecideRefused::Changed,
        ))
}

/// Makes a member the owner; one that was switched off works again.
fn promote<'a>(
    transaction: Transaction<'a, DecideRefused>,
    account: AccountId,
    user: UserId,
) -> Transaction<'a, DecideRefused> {
    [keys::membership(account, user), keys::membership_of_user(user, account)].iter().fold(transaction, |arms, key| {
        let member = When::present().text(":owner", "owner").text(":active", "active");
        arms.update(TableName::Accounts, key, "SET r = :owner, st = :active REMOVE p", member, DecideRefused::Changed)
    })
}

/// Makes somebody the owner who was not in the account.
fn join<'a>(
    transaction: Transaction<'a, DecideRefused>,
    account: &Account,
    user: UserId,
) -> Transaction<'a, DecideRefused> {
    let owner = Membership {
        role: Role::Owner,
        permissions: Permissions::new(),
        status: MembershipStatus::Active,
        generation: 0,
    };
    let copy = rows::MembershipOfUserRow {
        membership: rows::MembershipRow::from(&owner),
        na: account.name.clone(),
        n: account.number.clone(),
        k: account.kind,
    };
    let row = rows::to_item(&keys::membership(account.id, user), &rows::MembershipRow::from(&owner));
    transaction
        .create(TableName::Accounts, row, DecideRefused::Changed)
        .write(TableName::Accounts, rows::to_item(&keys::membership_of_user(user, account.id), &copy))
}

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
    rows::{self, MemberRow},
    transaction::{Of, Transaction, When},
};

/// What handing an account over needs to know.
#[derive(Debug, Clone)]
pub struct Handover {
    /// The account, with who owns it now.
    pub account: Account,
    /// Whoever has the new contact's address.
    pub person: Option<User>,
    /// The former owner in the account.
    former: MemberRow,
    /// The new one, if they belong to it.
    membership: Option<MemberRow>,
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

    /// Whether the person is a guest of the account: who belongs to its partner does not own it (R510).
    #[must_use]
    pub fn is_guest(&self) -> bool {
        self.membership.as_ref().is_some_and(|row| row.membership.gh.is_some())
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
        let (imported, former) =
            (keys::imported_customer(&account.number), keys::membership(account.id, account.owner));
        let mut wanted = vec![imported.clone(), former.clone()];
        let theirs = whose?.map(|user| (keys::user(user), keys::membership(account.id, user)));
        wanted.extend(theirs.iter().flat_map(|(person, member)| [person.clone(), member.clone()]));
        let found = self.items(TableName::Accounts, wanted).await?;
        let row = |key: &keys::Key| found.get(key).cloned();
        let member = |key| row(key).map(rows::from_item::<MemberRow>).transpose();
        let (person, membership) = match &theirs {
            None => (None, None),
            Some((person, theirs)) => (row(person), member(theirs)?),
        };
        Ok(Some(Handover {
            former: member(&former)?.ok_or_else(|| StoreError::row("an account whose owner does not belong to it"))?,
            account,
            person: person.map(rows::from_item::<rows::UserRow>).transpose()?.map(User::from),
            membership,
            imported: found.contains_key(&imported),
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
        transaction = step_down(transaction, account.id, (former, &handover.former));
        let (member, joins) = match &handover.membership {
            None => {
                let membership = Membership::joined(Role::Owner, Permissions::new(), decided.at);
                let of = Of::from(account);
                (transaction.member(of, owner, &membership, DecideRefused::Changed), true)
            }
            Some(row) => {
                let unlinked = row.membership.st == MembershipStatus::Unlinked;
                (promote(transaction, account, (owner.id, row)), unlinked)
            }
        };
        // Called as it was read, or the list of who joins would show a name that is no more.
        let mine = When::holds("o = :former AND na = :na")
            .text(":former", former.to_string())
            .text(":na", account.name.as_str())
            .text(":o", owner.id.to_string())
            .partner_as_read(account.partnership.map(|partnership| partnership.partner));
        let (change, mine) =
            if joins { ("SET o = :o ADD m :one", mine.number(":one", 1)) } else { ("SET o = :o", mine) };
        transaction =
            member.update(TableName::Accounts, &keys::account(account.id), change, mine, DecideRefused::Changed);
        if joins {
            let partner = account.partnership.map(|partnership| partnership.partner);
            transaction = transaction.customer_changes(account.id, partner);
        }
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
    let same = When::holds("st = :st AND m = :m AND ve = :ve")
        .text(":st", status)
        .text(":m", owner.email.as_str())
        .number(":ve", owner.version)
        .number(":next", i64::from(owner.version) + 1);
    transaction.update(TableName::Accounts, &keys::user(owner.id), "SET ve = :next", same, DecideRefused::Changed)
}

/// The former owner is a member like others, and their sessions in this account end.
fn step_down<'a>(
    transaction: Transaction<'a, DecideRefused>,
    account: AccountId,
    (former, row): (UserId, &MemberRow),
) -> Transaction<'a, DecideRefused> {
    let mut is = row.clone();
    (is.membership.r, is.membership.p) = (Role::Member, left());
    is.membership.g += 1;
    amend(transaction, account, (former, row.mv), is)
}

/// Makes a member the owner; one that was switched off works again.
fn promote<'a>(
    transaction: Transaction<'a, DecideRefused>,
    account: &Account,
    (user, row): (UserId, &MemberRow),
) -> Transaction<'a, DecideRefused> {
    let mut is = row.clone();
    (is.membership.r, is.membership.p) = (Role::Owner, Permissions::new());
    let was = std::mem::replace(&mut is.membership.st, MembershipStatus::Active);
    match was {
        MembershipStatus::Active | MembershipStatus::Deactivated => amend(transaction, account.id, (user, row.mv), is),
        MembershipStatus::Unlinked => {
            is.place(user);
            let copy = Of::from(account).copy(&Membership::from(is.membership.clone()));
            let when = When::member_as_read(row.mv);
            transaction
                .amend_member(account.id, user, &is, when, DecideRefused::Changed)
                .write(TableName::Accounts, rows::to_item(&keys::membership_of_user(user, account.id), &copy))
        }
    }
}

fn amend<'a>(
    transaction: Transaction<'a, DecideRefused>,
    account: AccountId,
    (user, was): (UserId, u32),
    mut is: MemberRow,
) -> Transaction<'a, DecideRefused> {
    is.place(user);
    let membership = Membership::from(is.membership.clone());
    transaction.amend_member(account, user, &is, When::member_as_read(was), DecideRefused::Changed).amend_copy(
        account,
        user,
        &membership,
        DecideRefused::Changed,
    )
}

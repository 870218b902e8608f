//! Arms about the person who acts.

use domain::{
    AccountId, EventId, Role, Timestamp, UserId,
    actor::{AccountAuthority, Authority, Capacity},
    log::{Event, LogOf},
    session::SessionHash,
};

use super::{Transaction, When};
use crate::{TableName, keys, letters, log, notices::Notice, seats::COUNT};

impl When {
    /// The actor is still who acted: no password, factor or address has changed since, and the login is in use.
    pub fn still(authority: &Authority) -> Self {
        Self::holds("g = :g AND st = :active").number(":g", authority.user_generation).text(":active", "active")
    }
}

impl When {
    /// The same, for a change that raises the generation (to `:raised`) and with it ends every session.
    pub fn raising(authority: &Authority) -> Self {
        Self::still(authority).number(":raised", i64::from(authority.user_generation) + 1)
    }
}

impl When {
    /// The membership counts, and is no less than what allowed the act.
    fn of_member(authority: &AccountAuthority) -> Self {
        let when = match (authority.role, authority.permission) {
            (Role::Member, None) => Self::holds("st = :active AND g = :g"),
            (Role::Member, Some(permission)) => {
                Self::holds("st = :active AND g = :g AND (r <> :member OR contains(p, :permission))")
                    .text(":member", "member")
                    .text(":permission", permission.name())
            }
            (Role::Manager | Role::Owner, _) => {
                Self::holds("st = :active AND g = :g AND r <> :member").text(":member", "member")
            }
        };
        when.text(":active", "active").number(":g", authority.membership_generation)
    }
}

impl<A: Clone> Transaction<'_, A> {
    /// Asks that the actor is still who acted.
    pub fn by(self, authority: &Authority, otherwise: A) -> Self {
        self.check(TableName::Accounts, &keys::user(authority.user), When::still(authority), otherwise)
    }

    /// Asks that the actor still works in the account as they did: person, membership and account are in use, and what
    /// let them act has not been taken away.
    pub fn by_member(self, authority: &AccountAuthority, otherwise: A) -> Self {
        let active = When::holds("st = :active").text(":active", "active").lets_in(authority);
        self.by_membership(authority, otherwise.clone()).check(
            TableName::Accounts,
            &keys::account(authority.account),
            active,
            otherwise,
        )
    }

    /// The same of a member who gives themselves a seat, or takes theirs back: the database takes no row twice, so it is
    /// counted with what is asked of them.
    pub fn by_counted_member(self, authority: &AccountAuthority, seats: i64, otherwise: A) -> Self {
        let AccountAuthority { person, account, .. } = authority;
        // A guest uses no seat (R510).
        let member = When::of_member(authority).and("attribute_not_exists(gh)").counting(seats);
        let key = keys::membership(*account, person.user);
        self.by(&authority.person, otherwise.clone())
            .update(TableName::Accounts, &key, COUNT, member, otherwise.clone())
            .in_use(*account, otherwise)
    }

    /// The same as [`by_member`](Self::by_member) without the account, for an act that changes its row and asks there that
    /// it is in use and [lets them in](When::lets_in).
    pub fn by_membership(self, authority: &AccountAuthority, otherwise: A) -> Self {
        let AccountAuthority { person, account, from, .. } = authority;
        let acts = self.by(person, otherwise.clone()).still_at_home(authority, otherwise.clone());
        match from.as_ref().map(|from| from.capacity) {
            Some(Capacity::Partner) => acts,
            _ => {
                let key = keys::membership(*account, person.user);
                acts.check(TableName::Accounts, &key, When::of_member(authority), otherwise)
            }
        }
    }

    /// Asks that an account is in use: neither suspended nor closed meanwhile.
    pub fn in_use(self, account: AccountId, otherwise: A) -> Self {
        let active = When::holds("st = :active").text(":active", "active");
        self.check(TableName::Accounts, &keys::account(account), active, otherwise)
    }

    /// Changes the row of the actor, who is still who acted; `when` is [`When::still`] with what `change` names, or
    /// asks for more.
    pub fn by_changing(self, authority: &Authority, change: &'static str, when: When, otherwise: A) -> Self {
        self.update(TableName::Accounts, &keys::user(authority.user), change, when, otherwise)
    }

    /// Lets the session that acts go on where the person's generation is raised, which ends all others.
    pub fn carry(self, authority: &Authority, session: &SessionHash, otherwise: A) -> Self {
        let when = When::holds("g = :g")
            .number(":g", authority.user_generation)
            .number(":next", i64::from(authority.user_generation) + 1);
        let key = keys::session(authority.user, session);
        self.update(TableName::Sessions, &key, "SET g = :next", when, otherwise)
    }

    /// Notes in the person's log what they did.
    pub fn noted(self, id: EventId, user: UserId, event: &Event, now: Timestamp) -> Self {
        self.write(crate::TableName::Journal, log::entry(id, LogOf::User(user), user, event, now))
    }

    /// Writes a letter, and beside it what its "this was not me" brings back.
    pub fn notify(self, notice: &Notice) -> Self {
        let told = self.write(TableName::Journal, letters::row(&notice.letter));
        match &notice.undo {
            None => told,
            Some(undo) => told.write(TableName::Sessions, undo.row(notice.letter.id)),
        }
    }
}

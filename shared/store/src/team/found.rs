//! A member and whatever an act about them rests on, all at once.

use domain::{AccountId, User, UserId, member::Member, name::PersonName, rights::ListMembers};

use crate::{
    Store, StoreError, TableName, accounts, keys,
    rows::{self, MemberRow, UserRow},
};

/// A member as found.
#[derive(Debug, Clone)]
pub struct FoundMember {
    /// The member.
    pub member: Member,
    /// The person they are.
    pub person: User,
    /// Whether the person belongs to another account too.
    elsewhere: bool,
    account: AccountId,
    pub(super) row: MemberRow,
}

impl FoundMember {
    /// What they call themselves, where the account notes another name.
    #[must_use]
    pub fn own_name(&self) -> Option<(&PersonName, &PersonName)> {
        self.row.an.as_ref().map(|_| (&self.row.f, &self.row.n))
    }

    /// Whether this account's team made their login.
    #[must_use]
    pub fn is_at_home(&self) -> bool {
        self.person.home == Some(self.account)
    }

    /// Whether removing them closes their login: this account's team made it, and they use it nowhere else (R305).
    #[must_use]
    pub fn closes_with_it(&self) -> bool {
        self.is_at_home() && !self.elsewhere && self.person.staff.is_none()
    }
}

impl Store {
    /// A member of an account, with what they are beyond it.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn member_to_change(&self, right: &ListMembers, user: UserId) -> Result<Option<FoundMember>, StoreError> {
        let account = right.account();
        let (place, partition) = tokio::join!(
            self.get(TableName::Accounts, keys::membership(account, user)),
            self.partition(TableName::Accounts, keys::user_partition(user), ""),
        );
        let (mut person, mut elsewhere) = (None, false);
        for item in partition? {
            if rows::sort_key(&item, "")? == "USER" {
                person = Some(User::from(rows::from_item::<UserRow>(item)?));
            } else {
                // Guests of another belong to it only as long as they belong here.
                let choice = accounts::choice(item)?;
                let from_here = choice.membership.guest.is_some_and(|guest| guest.home == account);
                elsewhere |= choice.id != account && !from_here;
            }
        }
        let (Some(place), Some(person)) = (place?, person) else { return Ok(None) };
        let row: MemberRow = rows::from_item(place)?;
        let mut member = row.clone().into_member(user)?;
        // The copy of who was taken out does not follow them.
        member.login = person.status;
        Ok(Some(FoundMember { member, person, elsewhere, account, row }))
    }
}

//! A company is called otherwise (R201): the account, its place in the directory, and what its members' own
//! lists and its partner's show.

use domain::{Account, AccountId, Timestamp, UserId, name::AccountName, page::PageSize, rights::WorkDesk};

use super::{DecideRefused, Decided, DeskRequest};
use crate::{
    Conflict, ListedAccount, Store, StoreError, TableName, keys,
    listing::Listing,
    portal::text,
    rows::{self, AccountRow},
    transaction::{Transaction, When},
};

/// How many members' copies fit one transaction (AWS: 100 actions) beside everything else of the decision.
const MOST_COPIES: usize = 84;

/// What renaming an account needs to know.
#[derive(Debug, Clone)]
pub struct Renaming {
    /// The account.
    pub account: Account,
    /// How many members its row counts: if that changes, the team is read again.
    members: u32,
    team: Vec<UserId>,
}

impl Store {
    /// An account with its team: as many as the account counts, or else it is read after it, so that whoever joins meanwhile
    /// is noticed. Whoever leaves meanwhile has no copy any more, which is asked for.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn find_renaming(&self, _: &WorkDesk, account: AccountId) -> Result<Option<Renaming>, StoreError> {
        let (found, (mut team, belong)) =
            tokio::try_join!(self.get(TableName::Accounts, keys::account(account)), self.team(account))?;
        let Some(row) = found.map(rows::from_item::<AccountRow>).transpose()? else { return Ok(None) };
        if row.m != belong {
            (team, _) = self.team(account).await?;
        }
        Ok(Some(Renaming { members: row.m, account: row.try_into()?, team }))
    }

    /// Who has a copy of what an account is called, and how many of them it counts: guests it does not.
    async fn team(&self, account: AccountId) -> Result<(Vec<UserId>, u32), StoreError> {
        let (size, mut team, mut from) = (PageSize::new(PageSize::MOST)?, Vec::new(), None);
        let mut belong = 0;
        loop {
            let listing = Listing::of(keys::account_partition(account)).beginning(keys::MEMBER_PREFIX);
            let (items, next) = self.page(listing, size, from.as_ref()).await?;
            for item in items {
                let user = UserId::parse(rows::sort_key(&item, keys::MEMBER_PREFIX)?)?;
                // Who was taken out has no copy.
                if text(&item, "st").as_deref() != Some("unlinked") {
                    team.push(user);
                    belong += u32::from(!item.contains_key("gh"));
                }
            }
            if next.is_none() {
                return Ok((team, belong));
            }
            from = next;
        }
    }

    /// Calls an account otherwise. The copies of a large team go first, in transactions of their own: the request stays
    /// on the desk until all is done, is not refused any more once it is begun, and approving it again goes on with it.
    ///
    /// # Errors
    /// [`DecideRefused`] says which condition did not hold.
    pub async fn rename_account(
        &self,
        right: &WorkDesk,
        request: &DeskRequest,
        renaming: &Renaming,
        name: &AccountName,
        decided: &Decided,
    ) -> Result<(), Conflict<DecideRefused>> {
        let Renaming { account, members, team } = renaming;
        let whole = team.len() <= MOST_COPIES;
        if !whole {
            self.begin(right, request, decided.at).await?;
            for some in team.chunks(MOST_COPIES) {
                copies(Transaction::new(self), account.id, some, name).commit().await?;
            }
        }
        let partner = account.partnership.map(|partnership| partnership.partner);
        // Name and status, as the directory lists them.
        let as_read = When::holds("na = :was AND st = :st AND m = :m")
            .with(":st", rows::value(&account.status.state())?)
            .text(":was", account.name.as_str())
            .number(":m", *members)
            .text(":na", name.as_str())
            .partner_as_read(partner);
        let (number, kind, state) = (account.number.clone(), account.kind, account.status.state());
        let listed = ListedAccount { id: account.id, number, name: name.clone(), kind, state };
        let renamed = Transaction::new(self)
            .decided(right, request, decided)
            .update(TableName::Accounts, &keys::account(account.id), "SET na = :na", as_read, DecideRefused::Changed)
            .customer_changes(account.id, partner)
            .list_in_directory(&listed, Some(&account.name));
        let renamed = if whole { copies(renamed, account.id, team, name) } else { renamed };
        renamed.commit().await
    }

    async fn begin(
        &self,
        right: &WorkDesk,
        request: &DeskRequest,
        now: Timestamp,
    ) -> Result<(), Conflict<DecideRefused>> {
        let key = keys::desk_request(request.id);
        let open = When::present().number(":b", now.as_millisecond());
        Transaction::new(self)
            .by(right.authority(), DecideRefused::Actor)
            .update(TableName::Accounts, &key, "SET b = :b", open, DecideRefused::Decided)
            .commit()
            .await
    }
}

/// What the lists of those members show of the account.
fn copies<'a>(
    transaction: Transaction<'a, DecideRefused>,
    account: AccountId,
    team: &[UserId],
    name: &AccountName,
) -> Transaction<'a, DecideRefused> {
    team.iter().fold(transaction, |arms, user| {
        let there = When::present().text(":na", name.as_str());
        let key = keys::membership_of_user(*user, account);
        arms.update(TableName::Accounts, &key, "SET na = :na", there, DecideRefused::Changed)
    })
}

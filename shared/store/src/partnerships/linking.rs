//! The vendor's people give a customer its partner, another one, or none (R514).

use aws_sdk_dynamodb::types::AttributeValue;
use domain::{
    Account, AccountId, AccountState, AccountStatus, EventId, Timestamp,
    letter::Letter,
    log::{Event, LogOf, PartnerChange},
    number::CustomerNumber,
    partnership::{CustomerAccess, Partnership},
    rights::{SetFeatures, ShowSettings},
};

use super::PartnerOfAccount;
use crate::{
    Conflict, Job, Listed, ListedAccount, Store, StoreError, TableName, keys, letters, log,
    log::By,
    transaction::{Transaction, When},
};

/// A customer, who looks after it, and who is to.
#[derive(Debug, Clone)]
pub struct Linking {
    /// The customer.
    pub account: Account,
    /// Who looks after it, as read.
    pub former: Option<PartnerOfAccount>,
    /// Whose the number is that was named.
    pub named: Option<Account>,
    /// Its rows in the list of who looks after it.
    listed: Listed,
}

/// What is told of a change, and when it was made.
#[derive(Debug, Clone, Copy)]
pub struct LinkingTold<'a> {
    /// To the owners.
    pub letters: &'a [Letter],
    /// The ids of log entries: of what ended, of what began, and of a suspension that ends with it.
    pub events: [EventId; 3],
    /// When.
    pub now: Timestamp,
}

/// Why an account is looked after as before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkRefused {
    /// Whoever acts is not (any more) who acted.
    Actor,
    /// The account, or who looks after it, changed meanwhile.
    Changed,
    /// Who is to look after it cannot (any more).
    Partner,
    /// What the partner's list shows of the account changed: read again.
    Listed,
}

impl Store {
    /// An account with who looks after it, and the account of that number.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn find_linking(
        &self,
        _: &ShowSettings,
        account: AccountId,
        number: Option<&CustomerNumber>,
    ) -> Result<Option<Linking>, StoreError> {
        let with_partner = async {
            let account = self.find_account(account).await?;
            let former = self.partner_of(account.as_ref()).await?;
            Ok::<_, StoreError>((account, former))
        };
        let of_number = async {
            match self.account_of_number(number).await? {
                Some(named) => self.find_account(named).await,
                None => Ok(None),
            }
        };
        let ((account, former), named, listed) = tokio::try_join!(with_partner, of_number, self.rows_listed(account))?;
        Ok(account.map(|account| Linking { account, former, named, listed }))
    }

    /// Lets a partner look after a customer, in place of whoever does; or its people in otherwise. What the former one's
    /// people could do there ends with that, and so do its guests: their next request is judged by the account's row.
    ///
    /// # Errors
    /// [`LinkRefused`] says which condition did not hold.
    pub async fn link_partner(
        &self,
        right: &SetFeatures,
        linking: &Linking,
        new: Partnership,
        told: &LinkingTold<'_>,
    ) -> Result<(), Conflict<LinkRefused>> {
        let former = linking.account.partnership;
        let change = match former {
            Some(former) if former.partner == new.partner => match new.access {
                CustomerAccess::Automatic => PartnerChange::Automatic,
                CustomerAccess::GuestsOnly => PartnerChange::GuestsOnly,
            },
            _ => PartnerChange::Linked,
        };
        let began = Event::Partner { partner: new.partner, change };
        let when = || {
            as_read(former)
                .and("k = :customer AND st <> :closed")
                .text(":customer", "customer")
                .text(":closed", "closed")
                .text(":px", new.access.name())
        };
        // What was let in before is over: whoever comes back to a customer finds no guest of theirs there.
        let since = |when: When| when.text(":new", new.partner.to_string()).number(":ps", told.now.as_millisecond());
        let able = || {
            When::holds("k = :kind AND st = :active AND (attribute_not_exists(fe) OR fe.partner = :yes)")
                .text(":kind", "partner")
                .text(":active", "active")
                .with(":yes", AttributeValue::Bool(true))
        };
        let key = keys::account(linking.account.id);
        let ended = former.filter(|former| former.partner != new.partner);
        let opening = |when, ended| suspended_by(when, ended, &linking.account);
        self.relink(right, linking, ended, Some(&began), told, |arms| {
            let (change, when) = match ended.filter(|ended| linking.is_suspended_by(ended.partner)) {
                None if former.is_some_and(|former| former.partner == new.partner) => ("SET px = :px", when()),
                None => ("SET pa = :new, px = :px, ps = :ps", since(when())),
                Some(ended) => {
                    ("SET pa = :new, px = :px, ps = :ps, st = :open REMOVE w, sb", opening(since(when()), ended))
                }
            };
            arms.update(TableName::Accounts, &key, change, when, LinkRefused::Changed).check(
                TableName::Accounts,
                &keys::account(new.partner),
                able(),
                LinkRefused::Partner,
            )
        })
        .await
    }

    /// Lets nobody look after a customer any more; what its partner's people and guests could do there ends with that.
    ///
    /// # Errors
    /// [`LinkRefused`] says which condition did not hold.
    pub async fn unlink_partner(
        &self,
        right: &SetFeatures,
        linking: &Linking,
        told: &LinkingTold<'_>,
    ) -> Result<(), Conflict<LinkRefused>> {
        let former = linking.account.partnership;
        let key = keys::account(linking.account.id);
        let opening = |when, ended| suspended_by(when, ended, &linking.account);
        self.relink(right, linking, former, None, told, |arms| {
            let (change, when) = match former.filter(|former| linking.is_suspended_by(former.partner)) {
                None => ("REMOVE pa, px, ps", as_read(former)),
                Some(ended) => ("SET st = :open REMOVE pa, px, ps, w, sb", opening(as_read(Some(ended)), ended)),
            };
            arms.update(TableName::Accounts, &key, change, when, LinkRefused::Changed)
        })
        .await
    }

    async fn relink<'a>(
        &'a self,
        right: &SetFeatures,
        linking: &Linking,
        ended: Option<Partnership>,
        began: Option<&Event>,
        told: &LinkingTold<'_>,
        change: impl Fn(Transaction<'a, LinkRefused>) -> Transaction<'a, LinkRefused>,
    ) -> Result<(), Conflict<LinkRefused>> {
        let account = linking.account.id;
        // What a partner suspended does not stay so without it: nobody else could end that.
        let opens = ended.is_some_and(|ended| linking.is_suspended_by(ended.partner));
        let opened = opens.then_some(Event::AccountReactivated);
        let ended = ended.map(|ended| Event::Partner { partner: ended.partner, change: PartnerChange::Ended });
        let entries = [(told.events[0], ended.as_ref()), (told.events[1], began), (told.events[2], opened.as_ref())];
        let arms = || {
            let arms = Transaction::new(self).by(right.authority(), LinkRefused::Actor);
            let arms = change(arms).followed_by(Job::RefreshCustomer { account });
            let arms = if opens { arms.list_in_directory(&linking.opened(), None) } else { arms };
            let arms =
                entries.iter().filter_map(|(id, event)| Some((*id, (*event)?))).fold(arms, |arms, (id, event)| {
                    let by = By::Staff(right.authority());
                    arms.write(TableName::Journal, log::entry(id, LogOf::Account(account), by, event, told.now))
                });
            told.letters.iter().fold(arms, |arms, letter| arms.write(TableName::Journal, letters::row(letter)))
        };
        self.commit_unlisting(account, &linking.listed, LinkRefused::Listed, arms).await
    }
}

impl Linking {
    /// Whether that partner suspended the account.
    fn is_suspended_by(&self, partner: AccountId) -> bool {
        match &self.account.status {
            AccountStatus::Suspended { by: Some(by), .. } => by.account == partner,
            AccountStatus::Suspended { by: None, .. } | AccountStatus::Active | AccountStatus::Closed => false,
        }
    }

    /// How the directory lists the account once it is in use again.
    fn opened(&self) -> ListedAccount {
        let Account { id, number, name, kind, .. } = &self.account;
        let (number, name) = (number.clone(), name.clone());
        ListedAccount { id: *id, number, name, kind: *kind, state: AccountState::Active }
    }
}

/// That partner has suspended the account, which is called as it was: the directory lists it anew; `:open` is what it is
/// without it.
fn suspended_by(when: When, partner: Partnership, account: &Account) -> When {
    when.and("st = :suspended AND sb.i = :by AND na = :na")
        .text(":na", account.name.as_str())
        .text(":suspended", "suspended")
        .text(":by", partner.partner.to_string())
        .text(":open", "active")
}

/// The account is looked after as it was when it was read: of two who change that at once, one comes first.
fn as_read(partnership: Option<Partnership>) -> When {
    let there = When::present().partner_as_read(partnership.map(|partnership| partnership.partner));
    match partnership {
        None => there,
        Some(partnership) => there.and("px = :was").text(":was", partnership.access.name()),
    }
}

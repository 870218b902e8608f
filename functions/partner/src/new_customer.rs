//! An account as it is made: what is drawn for it, and who is told.

use domain::{
    Account, AccountId, AccountKind, AccountStatus, Actor, User, UserId, UserStatus,
    letter::{INVITATION, Letter, LinkPurpose, Message, PartnerLetter, Recipient},
    license::License,
    name::AccountName,
    number::CustomerNumber,
    partnership::{CustomerAccess, Partnership},
    product::Product,
};
use store::{Creating, NewTrial, OwnersInvitation};
use web::{ApiError, App};

use crate::{
    create_customer::{able, partner},
    vendor,
    wanted_customer::Wanted,
};

/// An account to be made.
pub(crate) struct Drawn {
    pub account: Account,
    pub owner: User,
    pub invitation: OwnersInvitation,
    pub letters: [Letter; 2],
    pub partner_name: AccountName,
    tried: Option<(Product, License, Letter)>,
}

impl Drawn {
    /// Its first trial.
    pub(crate) fn trial(&self) -> Option<NewTrial<'_>> {
        let (product, license, letter) = self.tried.as_ref()?;
        Some(NewTrial { product, license, letter: letter.clone() })
    }
}

/// Draws the account's id and number, and writes the letters.
pub(crate) async fn drawn(
    app: &App,
    actor: &Actor,
    wanted: &Wanted,
    found: &Creating,
    nobody: UserId,
) -> Result<Drawn, ApiError> {
    able(found)?;
    let partner = partner(actor)?;
    let owner = found.owner.clone().unwrap_or_else(|| {
        let names = (wanted.owner.first_name.clone(), wanted.owner.last_name.clone());
        User::new(nobody, names, wanted.owner.email.clone(), wanted.language, UserStatus::Invited)
    });
    let account = Account {
        id: AccountId::new(app.now(), credentials::random()),
        number: CustomerNumber::drawn(credentials::random()),
        name: wanted.name.clone(),
        kind: AccountKind::Customer,
        status: AccountStatus::Active,
        owner: owner.id,
        zone: wanted.zone.clone(),
        language: wanted.language,
        country: wanted.country.clone(),
        second_factor_required: false,
        said_features: None,
        partnership: Some(Partnership { partner: partner.id, access: CustomerAccess::Automatic }),
        partner_since: None,
    };
    let named = (account.name.clone(), account.number.clone(), partner.name.clone());
    let (account_name, customer_number, partner_name) = named.clone();
    let invited = PartnerLetter::Invited { account_name, customer_number, partner_name };
    let mut to_owner = app.letter(Recipient::User(owner.id), Message::Partner(invited));
    to_owner.link_subject = Some(format!("{}{INVITATION}", owner.id));
    let token = app.link_key().await?.token(to_owner.id, LinkPurpose::Invitation);
    let until = to_owner.written_at.checked_add(LinkPurpose::Invitation.lifetime());
    let invitation = OwnersInvitation { token_hash: token.hash(), link_expires_at: until.map_err(ApiError::broken)? };
    let (account_name, customer_number, partner_name) = named;
    let created = PartnerLetter::CustomerCreated {
        account_name,
        customer_number,
        partner_name,
        person_name: actor.user().full_name(),
        person_email: actor.user().email.clone(),
    };
    let to_vendor = app.letter(vendor::support(app).await?, Message::Partner(created));
    let tried = match (&wanted.product, &found.product) {
        (None, _) => None,
        (Some(_), None) => return Err(ApiError::field("/trial/product", "trial_unavailable")),
        (Some(_), Some(product)) => Some(trial(app, actor, &account, product)?),
    };
    let (letters, partner_name) = ([to_owner, to_vendor], partner.name.clone());
    Ok(Drawn { account, owner, invitation, letters, partner_name, tried })
}

/// The trial and its letter, as everybody's who starts one.
fn trial(
    app: &App,
    actor: &Actor,
    account: &Account,
    product: &Product,
) -> Result<(Product, License, Letter), ApiError> {
    let today = app.now().to_zoned(account.zone.zone()).date();
    let drawn = (credentials::random(), credentials::random(), credentials::random());
    let license = License::of_trial(product, today, drawn).map_err(ApiError::broken)?;
    let (license, ends_on) = license.ok_or_else(|| ApiError::broken("a trial without an end"))?;
    let message = Message::TrialStarted {
        account_name: account.name.clone(),
        person_name: actor.user().full_name(),
        product: license.product_name.clone(),
        ends_on,
    };
    Ok((product.clone(), license, app.letter(Recipient::OwnerOf(account.id), message)))
}

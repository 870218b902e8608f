//! `PUT /api/staff/accounts/{id}/partner`: who looks after a customer (R514).

use axum::extract::{Path, State, rejection::PathRejection};
use domain::{
    Account, AccountKind, AccountStatus,
    access::Denied,
    letter::{Letter, Message, PartnerLetter, Recipient},
    number::CustomerNumber,
    partnership::{CustomerAccess, Partnership},
    profile::optional,
};
use http::StatusCode;
use serde::Deserialize;
use store::{Linking, LinkingTold};
use utoipa::ToSchema;
use web::{ApiError, App, Body, Caller, Fields, Problem};

use crate::linking::{find, refused};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WantedPartner {
    /// The partner's number.
    #[schema(example = "C20010")]
    partner_number: String,
    /// How its people get in: `automatic` (where nothing is said) or `guests_only`.
    #[serde(default)]
    access: String,
    /// The number of the partner that looks after the customer now, where another is to take its place.
    #[serde(default)]
    #[schema(example = "C20020")]
    replaces: String,
}

/// Lets a partner look after a customer: one at a time, and in place of another only where that one is named.
///
/// Admins only. What the former partner's people and guests could do there ends with their next request. The owners are
/// told. Said again, it changes nothing.
#[utoipa::path(
    put,
    path = "/api/staff/accounts/{id}/partner",
    tag = "staff",
    params(("id" = String, Path, description = "The customer's id")),
    request_body = WantedPartner,
    responses(
        (status = 204, description = "So it is"),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not an admin", body = Problem),
        (status = 404, description = "No account, or not for this caller", body = Problem),
        (status = 409, description = "Another partner looks after it, it is no customer or closed, or something else changed meanwhile", body = Problem),
        (status = 422, description = "Fields that cannot be taken", body = Problem),
    ),
)]
pub(crate) async fn link_partner(
    State(app): State<App>,
    caller: Caller,
    id: Result<Path<String>, PathRejection>,
    Body(body): Body<WantedPartner>,
) -> Result<StatusCode, ApiError> {
    let (number, (access, replaces)) = parse(&body)?;
    let (actor, linking) = find(&app, &caller, id, Some(&number)).await?;
    let right = actor.may_set_features()?;
    let linking = linking.ok_or(Denied::Hidden)?;
    let account = &linking.account;
    match (account.kind, &account.status) {
        (AccountKind::Partner, _) => return Err(ApiError::NotACustomer),
        (AccountKind::Customer, AccountStatus::Closed) => return Err(ApiError::AccountNotInUse),
        (AccountKind::Customer, AccountStatus::Active | AccountStatus::Suspended { .. }) => {}
    }
    let setting = app.settings().await?.team_area;
    let able = |named: &&Account| {
        named.kind == AccountKind::Partner && named.status == AccountStatus::Active && named.features(setting).partner
    };
    let partner =
        linking.named.as_ref().filter(able).ok_or_else(|| ApiError::field("/partner_number", "partner_unusable"))?;
    // Not said: as the customer has decided it (R509).
    let access = access.or(account.partnership.map(|it| it.access)).unwrap_or(CustomerAccess::Automatic);
    let new = Partnership { partner: partner.id, access };
    if account.partnership == Some(new) {
        return Ok(StatusCode::NO_CONTENT);
    }
    if let Some(former) = &linking.former
        && former.id != partner.id
        && Some(&former.number) != replaces.as_ref()
    {
        return Err(ApiError::HasPartner { number: former.number.to_string(), name: former.name.to_string() });
    }
    let letters = letters(&app, &linking, partner, access);
    let events = std::array::from_fn(|_| app.event_id());
    let told = LinkingTold { letters: &letters, events, now: app.now() };
    app.store().link_partner(&right, &linking, new, &told).await.map_err(refused)?;
    Ok(StatusCode::NO_CONTENT)
}

type Wanted = (CustomerNumber, (Option<CustomerAccess>, Option<CustomerNumber>));

fn parse(body: &WantedPartner) -> Result<Wanted, ApiError> {
    let mut fields = Fields::new();
    let number = fields.take("/partner_number", CustomerNumber::parse(&body.partner_number));
    let access = fields.take("/access", optional(&body.access, CustomerAccess::parse));
    let replaces = fields.take("/replaces", optional(&body.replaces, CustomerNumber::parse));
    fields.finish(number.zip(access.zip(replaces)))
}

/// To the customer's owner, to the partner's, and to that of who was.
fn letters(app: &App, linking: &Linking, partner: &Account, access: CustomerAccess) -> Vec<Letter> {
    let account = &linking.account;
    let (account_name, customer_number) = (account.name.clone(), account.number.clone());
    let partner_name = partner.name.clone();
    let letter = |to, letter| app.letter(Recipient::OwnerOf(to), Message::Partner(letter));
    let former = linking.former.as_ref();
    if former.is_some_and(|former| former.id == partner.id) {
        let to_partner = PartnerLetter::CustomerAccess { account_name: account_name.clone(), access };
        let to_owner = PartnerLetter::AccessChanged { account_name, partner_name, access };
        return vec![letter(account.id, to_owner), letter(partner.id, to_partner)];
    }
    let former_name = former.map(|former| former.name.clone());
    let to_owner = PartnerLetter::Linked { account_name: account_name.clone(), partner_name, access, former_name };
    let left =
        PartnerLetter::CustomerLeft { account_name: account_name.clone(), customer_number: customer_number.clone() };
    let to_partner = PartnerLetter::CustomerLinked { account_name, customer_number, access };
    let to_former = former.map(|former| letter(former.id, left));
    [letter(account.id, to_owner), letter(partner.id, to_partner)].into_iter().chain(to_former).collect()
}

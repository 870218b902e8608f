//! What a partner's page says of a customer it makes.

use domain::{
    EmailAddress, Language,
    name::{AccountName, Country, PersonName, ZoneName},
    number::ProductCode,
    on_behalf::OnceId,
    profile::optional,
};
use serde::Deserialize;
use utoipa::ToSchema;
use web::{ApiError, Fields};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WantedCustomer {
    /// The page's own id of this request: 16 to 64 letters, digits and dashes, such as a UUID.
    #[schema(example = "7d444840-9dc0-11d1-b245-5ffdce74fad2")]
    request: String,
    #[schema(example = "Acme Engineering")]
    name: String,
    /// ISO 3166-1 alpha-2; may be empty.
    #[serde(default)]
    #[schema(example = "GB")]
    country: Option<String>,
    /// `en`, `fr` or `de`: of mails to the account and to its owner.
    #[schema(example = "en")]
    language: String,
    /// Where its contract days end.
    #[schema(example = "Europe/London")]
    time_zone: String,
    owner: WantedOwner,
    /// A first trial.
    #[serde(default)]
    trial: Option<WantedFirstTrial>,
}

/// Who owns the account.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct WantedOwner {
    first_name: String,
    last_name: String,
    email: String,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct WantedFirstTrial {
    /// The code of a product on offer to try.
    #[schema(example = "NLD")]
    product: String,
}

/// The same, checked.
#[derive(Clone)]
pub(crate) struct Wanted {
    pub once: OnceId,
    pub name: AccountName,
    pub country: Option<Country>,
    pub language: Language,
    pub zone: ZoneName,
    pub owner: Owner,
    pub product: Option<ProductCode>,
}

#[derive(Clone)]
pub(crate) struct Owner {
    pub first_name: PersonName,
    pub last_name: PersonName,
    pub email: EmailAddress,
}

pub(crate) fn parse(body: &WantedCustomer) -> Result<Wanted, ApiError> {
    let mut fields = Fields::new();
    let once = fields.take("/request", OnceId::parse(&body.request));
    let name = fields.take("/name", AccountName::parse(&body.name));
    let country = fields.take("/country", optional(body.country.as_deref().unwrap_or_default(), Country::parse));
    let language = fields.take("/language", Language::parse(&body.language));
    let zone = fields.take("/time_zone", ZoneName::parse(&body.time_zone));
    let first_name = fields.take("/owner/first_name", PersonName::parse(&body.owner.first_name));
    let last_name = fields.take("/owner/last_name", PersonName::parse(&body.owner.last_name));
    let email = fields.take("/owner/email", EmailAddress::parse(&body.owner.email));
    let product = body.trial.as_ref().map(|trial| ProductCode::parse(&trial.product)).transpose();
    let product = fields.take("/trial/product", product);
    let owner = first_name.zip(last_name).zip(email);
    let owner = owner.map(|((first_name, last_name), email)| Owner { first_name, last_name, email });
    let wanted = once.zip(name).zip(country).zip(language).zip(zone).zip(owner).zip(product);
    let ((((((once, name), country), language), zone), owner), product) = fields.finish(wanted)?;
    Ok(Wanted { once, name, country, language, zone, owner, product })
}

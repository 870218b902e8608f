//! What giving seats, taking them back and passing them on have in common.

use domain::{
    Account, Actor, LicenseId, TimeZone, UserId,
    access::Denied,
    letter::{Letter, Message, Recipient},
    rights::ManageLicenses,
};
use serde::Deserialize;
use store::{Conflict, FoundLicense, MOST_AT_ONCE, SeatsRefused};
use utoipa::ToSchema;
use web::{ApiError, App, Caller, Fields};

/// People of the account.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WantedUsers {
    /// Their ids, 1 to 20, nobody twice. It is done for all of them or for none.
    #[schema(example = json!(["usr_01jd0x5m2nfe4r8v0t6w9y2zab"]))]
    users: Vec<String>,
}

impl WantedUsers {
    /// Nobody, too many, and somebody twice are mistakes: a list of nobody must not mean everybody (incident 15).
    pub(crate) fn parse(&self) -> Result<Vec<UserId>, ApiError> {
        let mut fields = Fields::new();
        if self.users.is_empty() {
            fields.refuse("/users", "required", Vec::new());
        }
        if self.users.len() > MOST_AT_ONCE {
            fields.refuse("/users", "too_many", vec![("max", MOST_AT_ONCE.to_string())]);
            return fields.finish(None);
        }
        let mut users = Vec::with_capacity(self.users.len());
        for (at, id) in self.users.iter().enumerate() {
            let pointer = format!("/users/{at}");
            match fields.take(&pointer, UserId::parse(id)) {
                Some(user) if users.contains(&user) => fields.refuse(&pointer, "named_twice", Vec::new()),
                Some(user) => users.push(user),
                None => {}
            }
        }
        fields.finish(Some(users))
    }
}

/// A license whose seats somebody changes.
pub(crate) struct Seating {
    pub(crate) right: ManageLicenses,
    pub(crate) found: FoundLicense,
    actor: Actor,
}

impl Seating {
    /// The license of that id among the account's, for somebody who may manage licenses.
    pub(crate) async fn of(app: &App, caller: &Caller, license: Option<LicenseId>) -> Result<Self, ApiError> {
        let start = |right| {
            let store = app.store().clone();
            async move {
                match license {
                    Some(license) => store.find_license_of_seats(&right, license).await,
                    None => Ok(None),
                }
            }
        };
        let (actor, _, found) = caller.read(start, Actor::may_list_seats).await?;
        Ok(Self { right: actor.may_manage_licenses()?, found: found.ok_or(Denied::Hidden)?, actor })
    }

    /// The letters to whoever gets a seat: of a license that has ended or was cancelled nobody does.
    pub(crate) fn letters(&self, app: &App, users: &[UserId]) -> Result<Vec<Letter>, ApiError> {
        let account: &Account = self.actor.account().ok_or(Denied::NoAccount)?;
        let zone: TimeZone = account.zone.zone();
        if self.found.license.state(app.now(), &zone).is_over() {
            return Err(ApiError::LicenseOver);
        }
        let message = Message::LicenseAssigned {
            account_name: account.name.clone(),
            product: self.found.license.product_name.clone(),
        };
        Ok(users.iter().map(|user| app.letter(Recipient::User(*user), message.clone())).collect())
    }
}

/// What a refusal means.
pub(crate) fn refused(conflict: Conflict<SeatsRefused>) -> ApiError {
    ApiError::refused(conflict, |arm| match arm {
        SeatsRefused::Changed => ApiError::Conflict,
        SeatsRefused::NotAMember => ApiError::NotAMember,
        SeatsRefused::Guest => ApiError::GuestNoSeat,
        SeatsRefused::AlreadyAssigned => ApiError::AlreadyAssigned,
        SeatsRefused::NotAssigned => ApiError::NotAssigned,
        SeatsRefused::Exhausted { free } => ApiError::SeatsExhausted { free },
    })
}

//! What the vendor's staff say of the portal as a whole. Every function reads it with its keys: see [`Store::portal`].

use aws_sdk_dynamodb::types::AttributeValue;
use domain::{
    EventId, Timestamp,
    features::TeamArea,
    log::{Event, LogOf},
    rights::{SetFeatures, ShowSettings},
    vendor::Settings,
};

use crate::{
    Conflict, Store, StoreError, TableName, keys, log, rows,
    transaction::{Transaction, When},
};

/// Why a setting stays as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SettingRefused {
    /// Whoever acts is not (any more) who acted.
    Actor,
    /// It is so already.
    Same,
}

impl Store {
    /// What is said of the portal as a whole, as it is now.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn find_settings(&self, _: &ShowSettings) -> Result<Settings, StoreError> {
        let found = self.get(TableName::Accounts, keys::settings()).await?;
        Ok(found.map(rows::from_item).transpose()?.unwrap_or_default())
    }

    /// Says which accounts look after their people themselves, where nothing is said of the one (R312).
    ///
    /// # Errors
    /// [`SettingRefused`] says which condition did not hold.
    pub async fn set_team_area(
        &self,
        right: &SetFeatures,
        team_area: TeamArea,
        event: EventId,
        now: Timestamp,
    ) -> Result<(), Conflict<SettingRefused>> {
        let by = right.authority();
        let another = When::holds("attribute_not_exists(ta) OR ta <> :ta")
            .text(":ta", team_area.name())
            .number(":v", rows::VERSION);
        let said = Event::TeamAreaSet { team_area };
        Transaction::new(self)
            .by(by, SettingRefused::Actor)
            .update(TableName::Accounts, &keys::settings(), "SET ta = :ta, v = :v", another, SettingRefused::Same)
            .write(TableName::Journal, log::entry(event, LogOf::Vendor, by.user, &said, now))
            .commit()
            .await
    }

    /// Says whether owners decide themselves how their partner's people get in (R509).
    ///
    /// # Errors
    /// [`SettingRefused`] says which condition did not hold.
    pub async fn set_owner_decides_access(
        &self,
        right: &SetFeatures,
        owner_decides: bool,
        event: EventId,
        now: Timestamp,
    ) -> Result<(), Conflict<SettingRefused>> {
        let by = right.authority();
        // Where nothing is said, they do.
        let another = if owner_decides { "od = :not" } else { "attribute_not_exists(od) OR od = :not" };
        let another = When::holds(another)
            .with(":not", AttributeValue::Bool(!owner_decides))
            .with(":od", AttributeValue::Bool(owner_decides))
            .number(":v", rows::VERSION);
        let said = Event::AccessSettingSet { owner_decides };
        Transaction::new(self)
            .by(by, SettingRefused::Actor)
            .update(TableName::Accounts, &keys::settings(), "SET od = :od, v = :v", another, SettingRefused::Same)
            .write(TableName::Journal, log::entry(event, LogOf::Vendor, by.user, &said, now))
            .commit()
            .await
    }
}

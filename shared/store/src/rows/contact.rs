//! The row of somebody an account knows by their address.

use domain::{
    ContactId, EmailAddress, InvitationId,
    member::Contact,
    name::{JobTitle, PersonName, Phone},
};
use serde::{Deserialize, Serialize};

use super::{Item, Places};
use crate::{StoreError, keys::CONTACT_PREFIX, rows};

/// A contact, placed among the people of its account.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct ContactRow {
    /// first name
    pub f: PersonName,
    /// last name
    pub n: PersonName,
    /// e-mail
    pub m: EmailAddress,
    /// job title
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub j: Option<JobTitle>,
    /// telephone
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ph: Option<Phone>,
    /// the invitation that waits
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub iv: Option<InvitationId>,
    /// until when, in milliseconds
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub x: Option<i64>,
    /// version
    pub mv: u32,
    /// by name
    pub s: Option<String>,
    /// by group and name
    pub e: String,
    /// by address
    pub em: String,
}

impl ContactRow {
    /// As a row holds it.
    pub fn of(contact: &Contact) -> Self {
        let names = (&contact.first_name, &contact.last_name);
        let places = Places::of(contact.group(), names, &contact.email, &contact.id.to_string());
        Self {
            f: contact.first_name.clone(),
            n: contact.last_name.clone(),
            m: contact.email.clone(),
            j: contact.job_title.clone(),
            ph: contact.phone.clone(),
            iv: contact.invited.map(|(invitation, _)| invitation),
            x: contact.invited.map(|(_, until)| until.as_millisecond()),
            mv: contact.version,
            s: places.s,
            e: places.e,
            em: places.em,
        }
    }
}

/// The contact of a row as it was found.
pub(crate) fn contact(item: Item) -> Result<Contact, StoreError> {
    let id = ContactId::parse(rows::sort_key(&item, CONTACT_PREFIX)?)?;
    let row: ContactRow = rows::from_item(item)?;
    let invited = row.iv.zip(row.x).map(|(invitation, until)| super::at(until).map(|until| (invitation, until)));
    Ok(Contact {
        id,
        first_name: row.f,
        last_name: row.n,
        email: row.m,
        job_title: row.j,
        phone: row.ph,
        invited: invited.transpose()?,
        version: row.mv,
    })
}

//! The row of a license, and of a seat's copy of it.

use domain::{
    Date, LicenseId,
    license::{License, LicenseType, Seats},
    name::ProductName,
    number::{OrderNumber, ProductCode, SerialNumber},
};
use serde::{Deserialize, Serialize};

use crate::StoreError;

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct LicenseRow {
    /// serial number
    pub sn: SerialNumber,
    /// its claim: sorts the index by serial
    pub s: String,
    /// product code
    pub p: ProductCode,
    /// product name
    pub pn: ProductName,
    /// type
    pub ty: LicenseType,
    /// seats used
    pub u: u32,
    /// seats in all
    pub t: u32,
    /// starts
    pub b: Date,
    /// ends; with the sort key behind it, so that the index by end has an order of its own
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub e: Option<String>,
    /// maintenance ends
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub me: Option<Date>,
    /// order number
    pub on: OrderNumber,
    /// order date
    pub od: Date,
    /// cancelled
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub x: Option<Date>,
    /// generation: how often it was changed; a copy has that of the row it was made from
    #[serde(default)]
    pub g: u32,
}

impl From<&License> for LicenseRow {
    fn from(license: &License) -> Self {
        Self {
            sn: license.serial_number.clone(),
            s: license.serial_number.claim(),
            p: license.product_code.clone(),
            pn: license.product_name.clone(),
            ty: license.license_type,
            u: license.seats.used(),
            t: license.seats.total(),
            b: license.starts_on,
            e: license.ends_on.map(|end| format!("{end}#{}", license.id)),
            me: license.maintenance_ends_on,
            on: license.order_number.clone(),
            od: license.ordered_on,
            x: license.cancelled_on,
            g: 0,
        }
    }
}

impl LicenseRow {
    pub fn into_license(self, id: LicenseId) -> Result<License, StoreError> {
        let end = self.e.as_deref().and_then(|end| end.split('#').next()).map(str::parse::<Date>);
        Ok(License {
            id,
            serial_number: self.sn,
            product_code: self.p,
            product_name: self.pn,
            license_type: self.ty,
            seats: Seats::new(self.u, self.t)?,
            starts_on: self.b,
            ends_on: end.transpose().map_err(StoreError::row)?,
            maintenance_ends_on: self.me,
            order_number: self.on,
            ordered_on: self.od,
            cancelled_on: self.x,
        })
    }
}

//! Ids: a uuid v7 (RFC 9562) behind a prefix that names the kind, in Crockford's base 32, so that one can be read
//! aloud, sorts by time, and can never be taken for another kind.

use jiff::Timestamp;
use uuid::Uuid;

use crate::Invalid;

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// 128 bits in 26 characters.
fn encode(value: u128) -> String {
    (0..26).rev().map(|place| char::from(ALPHABET[(value >> (place * 5)) as usize & 31])).collect()
}

fn decode(text: &str) -> Option<u128> {
    if text.len() != 26 {
        return None;
    }
    text.bytes().try_fold(0_u128, |value, byte| {
        let digit = ALPHABET.iter().position(|known| *known == byte)?;
        // The first of 26 characters has room for 3 bits only.
        if value >> 123 != 0 { None } else { Some(value << 5 | digit as u128) }
    })
}

fn v7(at: Timestamp, random: [u8; 10]) -> Uuid {
    let millis = u64::try_from(at.as_millisecond()).unwrap_or_default();
    uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}

macro_rules! id_type {
    ($(#[$meta:meta])* $name:ident, $prefix:literal) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(Uuid);

        impl $name {
            /// What every id of this kind begins with.
            pub const PREFIX: &'static str = $prefix;

            /// A new id; 74 of the 80 random bits are kept (RFC 9562 §5.7).
            #[must_use]
            pub fn new(at: Timestamp, random: [u8; 10]) -> Self {
                Self(v7(at, random))
            }

            /// Reads an id, in any case.
            ///
            /// # Errors
            /// [`Invalid::Id`] for anything that is not one of this kind.
            pub fn parse(text: &str) -> Result<Self, Invalid> {
                let text = text.to_ascii_lowercase();
                let digits = text.strip_prefix($prefix).ok_or(Invalid::Id)?;
                decode(digits).map(|value| Self(Uuid::from_u128(value))).ok_or(Invalid::Id)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{}{}", $prefix, encode(self.0.as_u128()))
            }
        }

        impl TryFrom<String> for $name {
            type Error = Invalid;
            fn try_from(text: String) -> Result<Self, Self::Error> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.to_string()
            }
        }
    };
}

id_type!(/** An account. */ AccountId, "acc_");
id_type!(/** A human who signs in. */ UserId, "usr_");
id_type!(/** An order; its last 16 bits are zero, see [`LicenseId::of`]. */ OrderId, "ord_");
id_type!(/** A license. */ LicenseId, "lic_");
id_type!(/** A letter: its row, its link and its mail. */ LetterId, "ltr_");
id_type!(/** A sign-up that is not proven yet. */ RegistrationId, "reg_");
id_type!(/** An entry of the activity log. */ EventId, "evt_");
id_type!(/** Something asked of the vendor. */ RequestId, "req_");
id_type!(/** A file of a release, see [`FileId::of`]. */ FileId, "fil_");
id_type!(/** Somebody an account knows by their address, see [`ContactId::of`]. */ ContactId, "con_");
id_type!(/** An invitation to an account's team. */ InvitationId, "inv_");

impl ContactId {
    /// The id of an address in an account: the same each time (RFC 9562 §5.5), so that an account knows nobody twice, and
    /// no address stands in an address of the API.
    #[must_use]
    pub fn of(account: AccountId, email: &crate::EmailAddress) -> Self {
        Self(Uuid::new_v5(&account.0, email.claim().as_bytes()))
    }
}

impl FileId {
    /// The id of the file with those bytes: half of their checksum, which no other file has.
    #[must_use]
    pub fn of(sha256: &crate::release::Sha256) -> Self {
        Self(Uuid::from_u128(sha256.0.iter().take(16).fold(0, |id, byte| id << 8 | u128::from(*byte))))
    }
}

impl OrderId {
    /// The id of an order of that day. The day comes first, so that licenses sort by order without an index.
    #[must_use]
    pub fn of_day(day: jiff::civil::Date, random: [u8; 10]) -> Self {
        let at = day.to_zoned(jiff::tz::TimeZone::UTC).map(|day| day.timestamp()).unwrap_or_default();
        Self(Uuid::from_u128(v7(at, random).as_u128() & !0xffff))
    }
}

impl UserId {
    /// The last 40 bits, all of them random: for drawing what must be drawn once for a person.
    #[must_use]
    pub fn tail(self) -> [u8; 5] {
        let mut tail = [0; 5];
        tail.copy_from_slice(&self.0.as_bytes()[11..]);
        tail
    }
}

impl LicenseId {
    /// The license that a line of an order grants: the order's id with the line in the last 16 bits. So a license
    /// sorts by order and line, its key is found from its id alone, and recording an order twice makes it once.
    #[must_use]
    pub fn of(order: OrderId, line: u16) -> Self {
        Self(Uuid::from_u128(order.0.as_u128() | u128::from(line)))
    }

    /// The order it came with.
    #[must_use]
    pub fn order(self) -> OrderId {
        OrderId(Uuid::from_u128(self.0.as_u128() & !0xffff))
    }

    /// The line of that order.
    #[must_use]
    pub fn line(self) -> u16 {
        (self.0.as_u128() & 0xffff) as u16
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn an_id_reads_back_and_sorts_as_text(a in any::<u128>(), b in any::<u128>()) {
            let (a, b) = (UserId(Uuid::from_u128(a)), UserId(Uuid::from_u128(b)));
            prop_assert_eq!(UserId::parse(&a.to_string()), Ok(a));
            prop_assert_eq!(a.cmp(&b), a.to_string().cmp(&b.to_string()));
        }

        #[test]
        fn a_license_knows_its_order_and_line(random in any::<[u8; 10]>(), line in 1_u16..) {
            let order = OrderId::of_day(jiff::civil::date(2026, 3, 1), random);
            let license = LicenseId::of(order, line);
            prop_assert_eq!((license.order(), license.line()), (order, line));
        }
    }

    #[test]
    fn an_id_of_another_kind_or_with_a_twin_spelling_is_refused() {
        let id = UserId::new(Timestamp::UNIX_EPOCH, [7; 10]).to_string();
        assert!(AccountId::parse(&id).is_err());
        assert!(UserId::parse(&id.replace('0', "o")).is_err());
        assert!(UserId::parse(&format!("usr_{}", "z".repeat(26))).is_err(), "more than 128 bits");
        assert!(UserId::parse(&id[..id.len() - 1]).is_err());
    }
}

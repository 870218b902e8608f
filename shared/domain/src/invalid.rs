//! Why a text is not a value of a type: a code that the site and the import turn into a sentence, and its parameters.

use thiserror::Error;

/// Why a text was refused. `Display` is English, for the command line and logs; people read the catalogue's
/// `field.<code>` in their language.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Invalid {
    /// Nothing but white space where a value is needed.
    #[error("is required")]
    Required,
    /// More characters than the field takes.
    #[error("is longer than {max} characters")]
    TooLong {
        /// The most characters allowed.
        max: usize,
    },
    /// Not an address mail can be sent to.
    #[error("is not an e-mail address")]
    Email,
    /// Control characters, or nothing that could be spoken.
    #[error("holds characters that a name cannot have")]
    Name,
    /// Not one of `en`, `fr`, `de`.
    #[error("is not one of en, fr, de")]
    Language,
    /// Not `C` and 3 to 9 digits.
    #[error("is not a customer number such as C10423")]
    CustomerNumber,
    /// Not a user name such as `C10423/anna`.
    #[error("is not a user name such as C10423/anna")]
    UserName,
    /// Not in the form of a serial number.
    #[error("is not a serial number such as NLD-7Q4M-X2KP-09TV")]
    SerialNumber,
    /// Neither a customer number nor a serial number.
    #[error("is neither a customer number nor a serial number")]
    Reference,
    /// Not 20 characters of an activation code.
    #[error("is not an activation code of 20 characters")]
    ActivationCode,
    /// Not 2 to 8 capitals and digits.
    #[error("is not a product code of 2 to 8 capital letters and digits")]
    ProductCode,
    /// Not 1 to 40 letters, digits, `-`, `/`, `.` or `_`.
    #[error("is not an order number")]
    OrderNumber,
    /// Not a zone of the IANA time zone database.
    #[error("is not a time zone such as Europe/Paris")]
    TimeZone,
    /// Not two capital letters (ISO 3166-1 alpha-2).
    #[error("is not a country code of two letters")]
    Country,
    /// Not a date `YYYY-MM-DD`.
    #[error("is not a date such as 2026-11-22")]
    Date,
    /// Not a whole number in the range.
    #[error("is not a whole number from {min} to {max}")]
    Number {
        /// The least value allowed.
        min: u32,
        /// The largest value allowed.
        max: u32,
    },
    /// Not one of the listed words.
    #[error("is not one of {allowed}")]
    Choice {
        /// The words allowed, separated by commas.
        allowed: &'static str,
    },
    /// Not a telephone number (digits, spaces and `+ ( ) - . /`).
    #[error("is not a telephone number")]
    Phone,
    /// Not letters, digits, spaces and dashes.
    #[error("is not a postal code")]
    PostalCode,
    /// Not a nickname.
    #[error("is not a nickname of {min} to {max} letters, digits and dashes")]
    Nickname {
        /// The fewest characters.
        min: usize,
        /// The most characters.
        max: usize,
    },
    /// Not an address of a page that begins with `https://`.
    #[error("is not an address such as https://www.acme.example/terms")]
    WebAddress,
    /// Not a version such as `2026.1`.
    #[error("is not a version of letters, digits and . - + _")]
    Version,
    /// Not a SHA-256 in 64 hexadecimal digits.
    #[error("is not a SHA-256 checksum of 64 hexadecimal digits")]
    Checksum,
    /// Holds what a file's name cannot have.
    #[error("is not a file's name")]
    FileName,
    /// Not a length from one byte to 5 GiB.
    #[error("is not a length from 1 byte to 5 GiB")]
    Bytes,
    /// The same thing twice where each may stand once.
    #[error("stands there twice")]
    Twice,
    /// A last day before the first.
    #[error("is before the start")]
    EndBeforeStart,
    /// An end of what has none.
    #[error("is given, but a perpetual license has no end (maintenance may have one)")]
    EndUnasked,
    /// Not an id of ours.
    #[error("is not an id")]
    Id,
}

impl Invalid {
    /// The stable code; the catalogue holds its words as `field.<code>`.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::TooLong { .. } => "too_long",
            Self::Email => "email_invalid",
            Self::Name => "name_invalid",
            Self::Language => "language_unknown",
            Self::CustomerNumber => "customer_number_invalid",
            Self::UserName => "user_name_invalid",
            Self::SerialNumber => "serial_number_invalid",
            Self::Reference => "reference_invalid",
            Self::ActivationCode => "activation_code_invalid",
            Self::ProductCode => "product_code_invalid",
            Self::OrderNumber => "order_number_invalid",
            Self::TimeZone => "time_zone_invalid",
            Self::Country => "country_invalid",
            Self::Date => "date_invalid",
            Self::Number { .. } => "number_invalid",
            Self::Choice { .. } => "choice_invalid",
            Self::Phone => "phone_invalid",
            Self::PostalCode => "postal_code_invalid",
            Self::Nickname { .. } => "nickname_invalid",
            Self::WebAddress => "web_address_invalid",
            Self::Version => "version_invalid",
            Self::Checksum => "checksum_invalid",
            Self::FileName => "file_name_invalid",
            Self::Bytes => "bytes_invalid",
            Self::Twice => "twice",
            Self::EndBeforeStart => "end_before_start",
            Self::EndUnasked => "end_unasked",
            Self::Id => "id_invalid",
        }
    }

    /// The placeholders of the sentence, by name.
    #[must_use]
    pub fn params(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::TooLong { max } => vec![("max", max.to_string())],
            Self::Number { min, max } => vec![("min", min.to_string()), ("max", max.to_string())],
            Self::Nickname { min, max } => vec![("min", min.to_string()), ("max", max.to_string())],
            Self::Choice { allowed } => vec![("allowed", (*allowed).to_owned())],
            Self::Required
            | Self::Email
            | Self::Name
            | Self::Language
            | Self::CustomerNumber
            | Self::UserName
            | Self::SerialNumber
            | Self::Reference
            | Self::ActivationCode
            | Self::ProductCode
            | Self::OrderNumber
            | Self::TimeZone
            | Self::Country
            | Self::Date
            | Self::Phone
            | Self::PostalCode
            | Self::WebAddress
            | Self::Version
            | Self::Checksum
            | Self::FileName
            | Self::Bytes
            | Self::Twice
            | Self::EndBeforeStart
            | Self::EndUnasked
            | Self::Id => Vec::new(),
        }
    }
}

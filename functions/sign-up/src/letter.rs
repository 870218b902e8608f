//! The letter of a sign-up, with its link; and the handle that the page keeps.

use credentials::{LinkToken, sha256_hex};
use domain::{
    EmailAddress, Language, LetterId, RegistrationId, Timestamp,
    letter::{Letter, LinkPurpose, Message, Recipient},
    name::PersonName,
};
use store::{Conflict, LetterRefused, Throttle};
use web::{ApiError, App, ClientNetwork};

/// Letters to one address in an hour: enough for somebody who cannot find the mail, too few to be a nuisance.
const LETTERS_PER_ADDRESS: u32 = 5;

/// A letter with what is stored of its link.
pub(crate) struct Linked {
    pub letter: Letter,
    pub token_hash: String,
    pub expires_at: Timestamp,
}

/// The letter to an address somebody signs up with. One that has a login is told so, in a letter of the same shape:
/// what is written, and how long it takes, does not tell which.
pub(crate) async fn write(
    app: &App,
    id: RegistrationId,
    email: &EmailAddress,
    name: &PersonName,
    language: Language,
    has_login: bool,
) -> Result<Linked, ApiError> {
    let now = app.now();
    let letter_id = LetterId::new(now, credentials::random());
    let token = app.link_key().await?.token(letter_id, LinkPurpose::ConfirmAddress);
    let letter = Letter {
        id: letter_id,
        recipient: Recipient::Address { email: email.clone(), name: name.clone(), language },
        message: if has_login { Message::AlreadyRegistered } else { Message::ConfirmAddress },
        written_at: now,
        link_subject: Some(id.to_string()),
    };
    let expires_at = now.checked_add(LinkPurpose::ConfirmAddress.lifetime()).map_err(ApiError::broken)?;
    Ok(Linked { letter, token_hash: token.hash(), expires_at })
}

/// Counts a letter to that address.
pub(crate) async fn per_address(app: &App, email: &EmailAddress) -> Result<Throttle, ApiError> {
    let whom = app.pseudonym(&email.claim()).await?;
    Ok(Throttle { kind: "sign-up-address", whom, most: LETTERS_PER_ADDRESS, window: 3_600 })
}

/// Sign-ups and corrections from one network in an hour: a class of students signs up together.
const PER_NETWORK: u32 = 60;

/// Counts a sign-up or a correction from that network.
pub(crate) async fn per_network(app: &App, network: &ClientNetwork) -> Result<Throttle, ApiError> {
    let whom = app.pseudonym(&network.0).await?;
    Ok(Throttle { kind: "sign-up-network", whom, most: PER_NETWORK, window: 3_600 })
}

/// What a refused letter means.
pub(crate) fn refused(conflict: Conflict<LetterRefused>, letters: &Throttle, now: Timestamp) -> ApiError {
    ApiError::refused(conflict, |arm| match arm {
        LetterRefused::Registration => ApiError::LinkExpired,
        LetterRefused::Throttle => ApiError::TooManyTries(letters.used_up(now)),
    })
}

/// What the page keeps to correct the address: the registration's id and a secret.
pub(crate) struct Handle {
    pub id: RegistrationId,
    secret: String,
}

impl Handle {
    pub fn new(id: RegistrationId) -> Self {
        Self { id, secret: sha256_hex(&credentials::random::<32>()) }
    }

    /// Reads what a page sent back.
    pub fn parse(text: &str) -> Option<Self> {
        let (id, secret) = text.split_once('.')?;
        let hexadecimal = secret.len() == 64 && secret.bytes().all(|byte| byte.is_ascii_hexdigit());
        let id = RegistrationId::parse(id).ok()?;
        hexadecimal.then(|| Self { id, secret: secret.to_owned() })
    }

    pub fn reveal(&self) -> String {
        format!("{}.{}", self.id, self.secret)
    }

    /// Whether this handle has that hash, in a time that does not tell how far they agree.
    pub fn has_hash(&self, hash: &str) -> bool {
        credentials::same(&self.hash(), hash)
    }

    pub fn hash(&self) -> String {
        sha256_hex(self.secret.as_bytes())
    }
}

/// Reads the token of a link: the registration's id and the link's token.
pub(crate) fn parse_link(text: &str) -> Option<(RegistrationId, LinkToken)> {
    let (id, token) = text.split_once('.')?;
    Some((RegistrationId::parse(id).ok()?, LinkToken::parse(token)?))
}

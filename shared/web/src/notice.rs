//! Letters that announce a change and can take it back (R202).

use credentials::LinkToken;
use domain::{
    EventId, LetterId, User,
    letter::{Letter, LinkPurpose, Message, Recipient},
    profile::Reversal,
};
use store::{Notice, Undo};

use crate::{ApiError, App};

impl App {
    /// A letter that carries no way back.
    #[must_use]
    pub fn letter(&self, recipient: Recipient, message: Message) -> Letter {
        let now = self.now();
        Letter {
            id: LetterId::new(now, credentials::random()),
            recipient,
            message,
            written_at: now,
            link_subject: None,
        }
    }

    /// A letter about a change of a person's login or profile; its link brings `reversal` back, for as long as the
    /// link's purpose lasts. It goes to the address, and speaks the language, that stood before the change, whenever it
    /// is sent: whoever made the change may have changed those too. An address that is not proven to be theirs may be a
    /// stranger's, who is told nothing and can take nothing back: then it goes to nobody.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn notice(&self, user: &User, message: Message, reversal: Reversal) -> Result<Notice, ApiError> {
        if !user.email_proven {
            return Ok(Notice { letter: self.letter(Recipient::Nobody, message), undo: None });
        }
        let (email, name) = (user.email.clone(), user.first_name.clone());
        let recipient = Recipient::Address { email, name, language: user.language };
        let mut letter = self.letter(recipient, message);
        // Whose and which: both rows are then found at once.
        letter.link_subject = Some(format!("{}-{}", user.id, letter.id));
        let token = self.link_key().await?.token(letter.id, LinkPurpose::TakeBack);
        let expires_at = letter.written_at.checked_add(LinkPurpose::TakeBack.lifetime()).map_err(ApiError::broken)?;
        let undo = Undo {
            user: user.id,
            email: Some(user.email.clone()),
            token_hash: token.hash(),
            written_at: letter.written_at,
            expires_at,
            reversal,
        };
        Ok(Notice { letter, undo: Some(undo) })
    }

    /// The id of a log entry, now.
    #[must_use]
    pub fn event_id(&self) -> EventId {
        EventId::new(self.now(), credentials::random())
    }
}

/// Reads what stands behind the `#` of a mailed link: whose it is, and the token. What is no link is an expired one.
///
/// # Errors
/// [`ApiError::LinkExpired`].
pub fn parse_link<T>(text: &str, subject: impl FnOnce(&str) -> Option<T>) -> Result<(T, LinkToken), ApiError> {
    let parsed = text.split_once('.').and_then(|(whose, token)| Some((subject(whose)?, LinkToken::parse(token)?)));
    parsed.ok_or(ApiError::LinkExpired)
}

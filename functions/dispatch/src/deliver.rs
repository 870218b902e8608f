//! Delivering one letter.

use std::error::Error;

use domain::{
    AccountId, EmailAddress, Invalid, InvitationId, LetterId,
    invitation::parse_link_subject,
    letter::{self, Envelope, Letter, LinkPurpose, Recipient},
};
use mail::{Mailer, SendError};
use store::{DueLetter, LetterFate, Outcome, Reached};
use web::{ApiError, App, MailConfig};

/// How many letters a sweep takes at a time.
const PER_SWEEP: i32 = 50;

/// Delivers letters.
#[derive(Clone)]
pub struct Dispatch {
    app: App,
    mailer: Mailer,
}

/// What became of a call to deliver.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivered {
    /// The mail service took it.
    Sent,
    /// To be tried again.
    Later,
    /// Given up.
    Dead,
    /// Written to nobody: nothing was to be sent.
    Unsent,
    /// Nothing to do: sent, given up, not due, or in somebody else's hands.
    NotOurs,
}

impl Dispatch {
    /// Delivers with that app's letters, as that configuration says.
    ///
    /// # Errors
    /// If the sender is no address, or the access names a certificate authority that is none.
    pub fn new(app: App, config: &MailConfig) -> Result<Self, SetupError> {
        let from = EmailAddress::parse(&config.from)?;
        let mailer = Mailer::new(&config.access, &from, config.configuration_set.clone())?;
        Ok(Self { app, mailer })
    }

    /// Delivers a letter if it is due; call it as often as you like.
    ///
    /// # Errors
    /// If the database does not answer. The letter is then due again.
    pub async fn deliver(&self, id: LetterId) -> Result<Delivered, ApiError> {
        let store = self.app.store();
        let Some(due) = store.take_letter(id, self.app.now()).await? else { return Ok(Delivered::NotOurs) };
        let outcome = match self.attempt(&due).await {
            Ok(outcome) => outcome,
            Err(error @ ApiError::TryAgain(_)) => return Err(error),
            // What cannot be read today may be readable by the next version; a day later it is given up, with an alarm.
            Err(error) => {
                note(id, &error);
                self.later(&due, "unreadable")
            }
        };
        store.settle_letter(id, &outcome, self.app.now()).await?;
        self.note_on_invitation(&due.letter, &outcome).await;
        let (delivered, why) = match &outcome {
            Outcome::Sent(_) => (Delivered::Sent, ""),
            Outcome::Later(_, why) => (Delivered::Later, why.as_str()),
            Outcome::Dead(why) => (Delivered::Dead, why.as_str()),
            Outcome::Unsent => (Delivered::Unsent, ""),
        };
        let (letter, tries) = (id.to_string(), u64::from(due.tries));
        match delivered {
            Delivered::Sent | Delivered::NotOurs => tracing::info!(target: "dispatch", letter, tries, code = "sent"),
            Delivered::Unsent => tracing::info!(target: "dispatch", letter, tries, code = "unsent"),
            Delivered::Later => tracing::info!(target: "dispatch", letter, tries, code = "later", why),
            // The line the alarm counts.
            Delivered::Dead => tracing::error!(target: "dispatch", letter, tries, code = "dead", why),
        }
        Ok(delivered)
    }

    /// Delivers whatever is due, until nothing is.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn sweep(&self) -> Result<usize, ApiError> {
        let mut taken = 0;
        loop {
            let due = self.app.store().due_letters(self.app.now(), PER_SWEEP).await?;
            let mut moved = 0;
            for id in &due {
                moved += usize::from(self.deliver_or_note(*id).await? != Delivered::NotOurs);
            }
            taken += moved;
            // An index may lag: what it still lists but nobody can take is left to the next sweep.
            if moved == 0 || due.len() < PER_SWEEP as usize {
                return Ok(taken);
            }
        }
    }

    /// Delivers a letter; one that cannot even be read is noted and holds up no other.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn deliver_or_note(&self, id: LetterId) -> Result<Delivered, ApiError> {
        match self.deliver(id).await {
            Err(error) if !matches!(error, ApiError::TryAgain(_)) => {
                note(id, &error);
                Ok(Delivered::Later)
            }
            other => other,
        }
    }

    /// Notes that the mail service could not deliver a letter it took: on the letter and, if it is an invitation, there.
    /// What names no letter of ours is passed over.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn bounced(&self, id: LetterId, why: &str) -> Result<(), ApiError> {
        let store = self.app.store();
        let Some(letter) = store.letter_bounced(id, why, self.app.now()).await? else { return Ok(()) };
        tracing::info!(target: "dispatch", letter = id.to_string(), code = "bounced", why);
        if let Some(invitation) = invitation_of(&letter) {
            store.note_invitation_mail(invitation, id, LetterFate::Returned).await?;
        }
        Ok(())
    }

    /// Whoever invited reads what became of the mail. It goes its way whether or not that can be noted.
    async fn note_on_invitation(&self, letter: &Letter, outcome: &Outcome) {
        let Some(invitation) = invitation_of(letter) else { return };
        let fate = match outcome {
            Outcome::Sent(_) => LetterFate::Taken,
            Outcome::Dead(_) => LetterFate::Returned,
            Outcome::Later(..) | Outcome::Unsent => return,
        };
        if let Err(error) = self.app.store().note_invitation_mail(invitation, letter.id, fate).await {
            note(letter.id, &error.into());
        }
    }

    async fn attempt(&self, due: &DueLetter) -> Result<Outcome, ApiError> {
        if due.letter.recipient == Recipient::Nobody {
            return Ok(Outcome::Unsent);
        }
        if let Some(invitation) = invitation_of(&due.letter) {
            // Taken back, answered, or sent anew before this one went out.
            let stands = self.app.store().invitation_stands(invitation, due.letter.id, self.app.now()).await?;
            if !stands {
                return Ok(Outcome::Unsent);
            }
        }
        let envelope = match self.envelope(due).await? {
            Ok(envelope) => envelope,
            Err(unsendable) => return Ok(unsendable),
        };
        let vendor = self.app.vendor().await?;
        let mail = match mail::render(&envelope, &vendor) {
            Ok(mail) => mail,
            Err(error) => {
                tracing::error!(target: "dispatch", letter = due.letter.id.to_string(), error = &error as &dyn Error);
                return Ok(self.later(due, "not_rendered"));
            }
        };
        Ok(match self.mailer.send(&mail, &envelope.email, due.letter.id).await {
            Ok(id) => Outcome::Sent(id.0),
            Err(SendError::Refused(why)) => Outcome::Dead(why.to_owned()),
            Err(SendError::TryAgain(why)) => self.later(due, why),
        })
    }

    /// The letter with what is looked up when it is sent: where the person is reached now, what somebody of their
    /// standing reads, and the link and the code, which are made again each time and never stored. Without a recipient, or for
    /// one it is not meant for, what becomes of it instead.
    async fn envelope(&self, due: &DueLetter) -> Result<Result<Envelope, Outcome>, ApiError> {
        let Some(reached) = self.app.store().address(&due.letter.recipient).await? else {
            return Ok(Err(Outcome::Dead("no_recipient".to_owned())));
        };
        let Reached { email, name, language, status, proven } = reached;
        if !proven {
            return Ok(Err(Outcome::Unsent));
        }
        let mut letter = due.letter.clone();
        if let Some(status) = status {
            let Some(message) = letter.message.read_by(status) else { return Ok(Err(Outcome::Unsent)) };
            letter.message = message;
        }
        let mut link = self.app.config().origin.clone();
        // English stands at the root.
        if language != domain::Language::En {
            link.push('/');
            link.push_str(language.tag());
        }
        link.push_str(letter.message.page());
        if let Some(purpose) = letter.message.purpose() {
            let token = self.app.link_key().await?.token(letter.id, purpose);
            let subject = letter.link_subject.as_deref().unwrap_or_default();
            link.push_str(&format!("#token={subject}.{}", token.reveal()));
        }
        let code = match letter.message.carries_code() {
            true => Some(self.app.link_key().await?.activation_code(letter.id).reveal()),
            false => None,
        };
        Ok(Ok(Envelope { letter, email, name, language, link, code }))
    }

    fn later(&self, due: &DueLetter, why: &str) -> Outcome {
        let fraction = f64::from(u32::from_be_bytes(credentials::random())) / f64::from(u32::MAX);
        match letter::next_try(due.tries, due.letter.written_at, self.app.now(), fraction) {
            Some(at) => Outcome::Later(at, why.to_owned()),
            None => Outcome::Dead(why.to_owned()),
        }
    }
}

/// The invitation whose link a letter carries.
fn invitation_of(letter: &Letter) -> Option<(AccountId, InvitationId)> {
    (letter.message.purpose() == Some(LinkPurpose::TeamInvitation))
        .then(|| parse_link_subject(letter.link_subject.as_deref()?))
        .flatten()
}

fn note(id: LetterId, error: &ApiError) {
    let error: &(dyn Error + 'static) = error;
    tracing::error!(target: "dispatch", letter = id.to_string(), code = "unreadable", error);
}

/// Why letters cannot be delivered at all.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// `PORTICO_MAIL_FROM` is no address.
    #[error("PORTICO_MAIL_FROM {0}")]
    From(#[from] Invalid),
    /// The certificate authority.
    #[error(transparent)]
    Authority(#[from] aws::BadAuthority),
}

//! Handing a mail to SES. The only file that names its SDK.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use aws_sdk_sesv2::config::http::HttpResponse;
use aws_sdk_sesv2::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_sesv2::operation::send_email::SendEmailError;
use aws_sdk_sesv2::types::{Body, Content, Destination, EmailContent, Message, MessageHeader, MessageTag};
use aws_sdk_sesv2::{Client, config};
use aws_smithy_types::error::operation::BuildError;
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;
use domain::{EmailAddress, LetterId};

use crate::{Mail, address};

/// Sends mails through SES, always as the same sender.
#[derive(Clone)]
pub struct Mailer {
    config: config::Config,
    /// Made for the first mail: most starts are the schedule's, which finds nothing due.
    client: Arc<OnceLock<Client>>,
    from: String,
    configuration_set: Option<String>,
}

/// What SES calls a mail it has taken; its events name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SesMessageId(pub String);

/// Why a mail was not sent. The reason is a stable code for the letter's row and the log; what SES said beside it may
/// name addresses and stays here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// Not now: the service is busy, out of reach, or not set up. The same mail may go later.
    #[error("not sent now: {0}")]
    TryAgain(&'static str),
    /// Never: this mail, or its address, is one SES does not take.
    #[error("refused: {0}")]
    Refused(&'static str),
}

impl SendError {
    /// The reason alone.
    #[must_use]
    pub const fn reason(self) -> &'static str {
        match self {
            Self::TryAgain(reason) | Self::Refused(reason) => reason,
        }
    }
}

impl Mailer {
    /// A mailer for the service at `access`, writing from `from`.
    ///
    /// # Errors
    /// If the extra certificate authority of `access` is none.
    pub fn new(
        access: &aws::Access,
        from: &EmailAddress,
        configuration_set: Option<String>,
    ) -> Result<Self, aws::BadAuthority> {
        let attempt = Duration::from_secs(8);
        let config = config::Builder::from(&access.sdk_config()?)
            // One more try where nothing can have been taken yet. An attempt that ran out of time is not repeated:
            // SES may have the mail, and knows no idempotency; the letter's row decides when to try again.
            .retry_config(RetryConfig::standard().with_max_attempts(2).with_initial_backoff(Duration::from_millis(200)))
            .timeout_config(
                TimeoutConfig::builder()
                    .connect_timeout(Duration::from_secs(2))
                    .operation_attempt_timeout(attempt)
                    .operation_timeout(attempt)
                    .build(),
            )
            .build();
        let from = address::ascii(from).unwrap_or_else(|| from.to_string());
        Ok(Self { config, client: Arc::default(), from, configuration_set })
    }

    /// Sends the mail of that letter to that address.
    ///
    /// SES writes `Message-ID` and `Date` itself and refuses them from us, so the letter is named by a header of its
    /// own, and by a tag that SES repeats in its events.
    ///
    /// # Errors
    /// [`SendError`] says whether to try again.
    pub async fn send(&self, mail: &Mail, to: &EmailAddress, letter: LetterId) -> Result<SesMessageId, SendError> {
        let to = address::ascii(to).ok_or(SendError::Refused("address_not_ascii"))?;
        let reply_to = address::ascii(&mail.reply_to);
        let sent = self
            .client
            .get_or_init(|| Client::from_conf(self.config.clone()))
            .send_email()
            .from_email_address(address::with_name(&mail.from_name, &self.from))
            .destination(Destination::builder().to_addresses(to).build())
            .set_reply_to_addresses(reply_to.map(|address| vec![address]))
            .content(content(mail, letter).map_err(|_| SendError::Refused("not_a_mail"))?)
            .email_tags(tag(letter).map_err(|_| SendError::Refused("not_a_mail"))?)
            .set_configuration_set_name(self.configuration_set.clone())
            .send()
            .await
            .map_err(|error| reason(&error))?;
        // Taken without a name: it is sent all the same, and must not be sent twice.
        Ok(SesMessageId(sent.message_id.unwrap_or_default()))
    }
}

fn content(mail: &Mail, letter: LetterId) -> Result<EmailContent, BuildError> {
    let utf8 = |text: &str| Content::builder().data(text).charset("UTF-8").build();
    let header = |name: &str, value: &str| MessageHeader::builder().name(name).value(value).build();
    let message = Message::builder()
        .subject(utf8(&mail.subject)?)
        .body(Body::builder().text(utf8(&mail.text)?).html(utf8(&mail.html)?).build())
        // RFC 3834 §5: nobody's absence notice answers this.
        .headers(header("Auto-Submitted", "auto-generated")?)
        .headers(header("X-Portico-Letter", &letter.to_string())?);
    Ok(EmailContent::builder().simple(message.build()).build())
}

/// The tag by which SES names a letter in its events.
pub const LETTER_TAG: &str = "letter";

fn tag(letter: LetterId) -> Result<MessageTag, BuildError> {
    MessageTag::builder().name(LETTER_TAG).value(letter.to_string()).build()
}

fn reason(error: &SdkError<SendEmailError, HttpResponse>) -> SendError {
    match error {
        SdkError::TimeoutError(_) => SendError::TryAgain("timeout"),
        SdkError::DispatchFailure(failure) if failure.is_timeout() => SendError::TryAgain("timeout"),
        SdkError::DispatchFailure(_) => SendError::TryAgain("unreachable"),
        SdkError::ResponseError(_) => SendError::TryAgain("answer_unreadable"),
        SdkError::ServiceError(error) if error.raw().status().as_u16() == 403 => SendError::TryAgain("not_allowed"),
        SdkError::ServiceError(error) => said_no(error.err()),
        SdkError::ConstructionFailure(_) => SendError::Refused("not_a_mail"),
        _ => SendError::TryAgain("unknown"),
    }
}

/// What is wrong with this mail is refused for good; what is wrong with the account, the sender's domain or the set-up
/// can be mended within the day a letter lives.
#[expect(clippy::wildcard_enum_match_arm, reason = "what SES may say one day is told apart by its code")]
fn said_no(error: &SendEmailError) -> SendError {
    match error {
        SendEmailError::TooManyRequestsException(_) => SendError::TryAgain("throttled"),
        SendEmailError::LimitExceededException(_) => SendError::TryAgain("quota_used_up"),
        SendEmailError::SendingPausedException(_) => SendError::TryAgain("sending_paused"),
        SendEmailError::AccountSuspendedException(_) => SendError::TryAgain("mail_account_suspended"),
        SendEmailError::MailFromDomainNotVerifiedException(_) => SendError::TryAgain("sender_not_verified"),
        SendEmailError::NotFoundException(_) => SendError::TryAgain("configuration_set_missing"),
        // One name for two things: a sender (or, in the sandbox, a recipient) not verified yet, and bad content.
        SendEmailError::MessageRejected(said) if said.message().is_some_and(|it| it.contains("not verified")) => {
            SendError::TryAgain("sender_not_verified")
        }
        SendEmailError::MessageRejected(_) => SendError::Refused("message_rejected"),
        SendEmailError::BadRequestException(_) => SendError::Refused("bad_request"),
        other => match other.code() {
            Some("ThrottlingException" | "Throttling") => SendError::TryAgain("throttled"),
            _ => SendError::TryAgain("service_failed"),
        },
    }
}

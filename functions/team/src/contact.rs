//! What is noted of a contact, as it is sent.

use axum::extract::{Path, rejection::PathRejection};
use domain::{
    AccountId, Actor, ContactId, EmailAddress,
    member::Contact,
    name::{JobTitle, PersonName, Phone},
};
use serde::Deserialize;
use store::{ContactRefused, KnownAs};
use utoipa::ToSchema;
use web::{ApiError, App, Caller, Fields};

use crate::wanted::optional;

/// What is noted of somebody.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WantedContact {
    #[schema(example = "jane@acme.example")]
    pub email: String,
    first_name: String,
    last_name: String,
    #[serde(default)]
    job_title: Option<String>,
    #[serde(default)]
    phone: Option<String>,
    /// Of the contact as it was read, where one is changed: refused if somebody changed it since.
    #[serde(default)]
    version: u32,
}

impl WantedContact {
    /// The contact of that account they become.
    pub(crate) fn parse(&self, account: AccountId) -> Result<Contact, ApiError> {
        let mut fields = Fields::new();
        let email = fields.take("/email", EmailAddress::parse(&self.email));
        let first_name = fields.take("/first_name", PersonName::parse(&self.first_name));
        let last_name = fields.take("/last_name", PersonName::parse(&self.last_name));
        let job_title = fields.take("/job_title", optional(self.job_title.as_deref(), JobTitle::parse));
        let phone = fields.take("/phone", optional(self.phone.as_deref(), Phone::parse));
        let taken = (|| {
            let email = email?;
            Some(Contact {
                id: ContactId::of(account, &email),
                first_name: first_name?,
                last_name: last_name?,
                email,
                job_title: job_title?,
                phone: phone?,
                invited: None,
                version: self.version,
            })
        })();
        fields.finish(taken)
    }
}

/// Who asks, what there is under the id of a path, and whom the account knows by an address, read at once.
pub(crate) struct Ground {
    /// Who asks.
    pub actor: Actor,
    /// The contact, if an id was given.
    pub contact: Option<Contact>,
    /// What whoever has the address is to the account, if one was given.
    known: Option<KnownAs>,
}

impl Ground {
    /// Reads it. What is no address is told later, with all that is wrong.
    pub(crate) async fn read(
        app: &App,
        caller: &Caller,
        id: Option<ContactId>,
        email: Option<&str>,
    ) -> Result<Self, ApiError> {
        let email: Vec<_> = email.and_then(|email| EmailAddress::parse(email).ok()).into_iter().collect();
        let query = |right| {
            let (store, email, now) = (app.store().clone(), email.clone(), app.now());
            async move {
                let contact = async {
                    match id {
                        Some(id) => store.find_contact(&right, id).await,
                        None => Ok(None),
                    }
                };
                let (contact, known) = tokio::join!(contact, store.known_by(&right, &email, now));
                Ok((contact?, known?))
            }
        };
        let (actor, _, (contact, known)) = caller.read(query, Actor::may_list_members).await?;
        Ok(Self { actor, contact, known: known.into_iter().next().flatten() })
    }

    /// Refuses an address under which somebody belongs to the account: it knows them already. No condition of the write can
    /// ask for that; that somebody joins in between leaves a contact beside
    /// a member, whom the team can forget.
    pub(crate) fn not_in_team(&self) -> Result<(), ApiError> {
        match self.known {
            Some(KnownAs::Member) => Err(ApiError::field("/email", "already_in_team")),
            Some(KnownAs::Invited | KnownAs::Contact) | None => Ok(()),
        }
    }
}

/// The id that a path names.
pub(crate) fn id(path: Result<Path<String>, PathRejection>) -> Option<ContactId> {
    path.ok().and_then(|Path(id)| ContactId::parse(&id).ok())
}

/// What a refusal of the store means.
pub(crate) fn refused(refused: ContactRefused) -> ApiError {
    match refused {
        ContactRefused::Changed => ApiError::Conflict,
        ContactRefused::Exists => ApiError::field("/email", "contact_exists"),
    }
}

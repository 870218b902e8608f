//! DynamoDB and nobody else, in the words of the domain.
//!
//! Invariants: keys have one home (`keys`), tables and indexes another (`schema`). Every mutation is one conditional
//! transaction; no read decides what a condition can. Methods that serve people take a right and build their keys from
//! it. No scan, no filter that reads what it throws away.

mod account_details;
mod accounts;
mod authority;
mod claims;
mod client;
mod closures;
mod creating;
mod customers;
mod desk;
mod directory;
mod downloads;
mod emails;
mod error;
mod export;
mod following;
mod guest_ends;
pub mod import;
mod invitations;
mod jobs;
mod keys;
mod ledger;
mod letters;
mod licenses;
mod listing;
mod log;
mod names;
mod notices;
mod orders;
mod partnerships;
mod passwords;
mod pending_claims;
mod portal;
mod products;
mod profile;
mod proof;
mod refreshing;
mod registrations;
mod releases;
mod reminders;
mod renewals;
mod replacements;
mod requests;
mod resets;
mod reversals;
mod reviews;
mod rows;
pub mod schema;
mod seats;
mod second_factor;
mod serial_checks;
mod sessions;
mod settings;
mod sign_in;
mod summary;
mod team;
mod throttle;
mod transaction;
mod trials;
mod update;

use std::sync::Arc;

use aws_sdk_dynamodb::Client;

pub use account_details::{AccountDetails, FeaturesRefused};
pub use accounts::{AccountChoice, Choice};
pub use claims::{CodeFound, CodeRefused, Joining};
pub use closures::{CLOSING, CloseRefused};
pub use creating::{CreateRefused, Creating, NewCustomer};
pub use customers::{
    CustomerDetails, EndsPassed, Figures, Listed, OwnAccount, OwnFigures, Repaired, SuspensionRefused, SuspensionTold,
};
pub use desk::{DecideRefused, Decided, DeskAccount, DeskRequest, Handover, OwnersInvitation, Renaming, TakeRefused};
pub use directory::{FoundAccounts, ListedAccount};
pub use downloads::{DownloadRefused, LicensedReleases, NewDownload};
pub use emails::{EmailChange, EmailRefused, NewEmail, PendingEmail};
pub use error::{Conflict, StoreError};
pub use export::{ExportRefused, Held};
pub use guest_ends::{EndingGuest, GuestEnd, NewGuestNotice};
pub use invitations::{Invitation, InviteRefused, Invitee};
pub use jobs::Job;
pub use letters::{DueLetter, Outcome, Reached};
pub use licenses::ShownLicense;
pub use notices::{Notice, Undo};
pub use orders::{
    Activation, AmendedLine, Amendment, CodeLetter, CodeState, FoundOrder, NewLine, NewOrder, NewSerial, OrderRefused,
    Prepared, Recorded,
};
pub use partnerships::{AccessChange, AccessRefused, LinkRefused, Linking, LinkingTold, PartnerOfAccount};
pub use passwords::{NewPassword, PasswordUnchanged};
pub use pending_claims::{
    AskRefused, AskedToJoin, ClaimCourse, ClaimDecider, ClaimDecision, ClaimGround, DecisionRefused, NamedNumber,
    Nobody, PendingClaim, Verified,
};
pub use portal::{Bytes, PortalKeys, SecretKey, SecretKeyName};
pub use profile::{Mine, NewDetails, NewNickname, ProfileRefused};
pub use proof::{Enrolment, SecondFactor, Spent, StoredProof};
pub use registrations::{ConfirmRefused, CorrectedAddress, LetterRefused, NewRegistration, StoredRegistration};
pub use releases::ReleaseRefused;
pub use reminders::{Ending, EndingAccount, NewReminder};
pub use renewals::{FoundLicense, Renewable, RenewalRefused};
pub use replacements::{NewSerialNumber, ReplacementRefused};
pub use requests::{Asker, NewRequest, PendingRequest, RequestRefused};
pub use resets::{AskedReset, FirstPasswordRefused, FoundReset, PasswordToSet, ResetNotAsked, ResetRefused, Way};
pub use reversals::{TakeBack, TakeBackRefused};
pub use reviews::{NewReview, ReviewWalk, ReviewedAccount, ReviewedAccounts};
pub use schema::TableName;
pub use seats::{Candidate, Holder, MOST_AT_ONCE, SeatsRefused, Told};
pub use second_factor::{FactorRefused, RuleRefused};
pub use serial_checks::{CheckedSerial, SerialFound};
pub use sessions::{BeginRefused, ChooseRefused, EndRefused, NewSession, SessionOfMine, SigningIn};
pub use settings::SettingRefused;
pub use sign_in::{Login, SignInRefused};
pub use team::{
    AcceptRefused, Accepting, AccessRequest, AccessTold, AccessUndecided, Activity, AddRefused, AnotherPassword,
    AtHome, ContactRefused, DeclineRefused, DoneBy, FoundAccess, FoundMember, GuestRefused, GuestTold,
    INITIAL_PASSWORD, InvitationGround, InvitingRefused, KnownAs, LetterFate, MemberDetails, MemberInvitation,
    MemberNotInvited, MemberRefused, MemberTold, NewLogin, NewMember, NewTeamInvitation, NotAsked, NotKept,
    PasswordNotGiven, RenewedInvitation, WhomToAsk,
};
pub use throttle::{Throttle, Throttled};
pub use trials::{NewTrial, TrialOffer, TrialRefused};

/// The portal's tables. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    client: Client,
    prefix: String,
    /// What its clones have left to be done, too.
    following: Arc<following::Following>,
}

impl Store {
    /// The tables whose names begin with `prefix`, reached as `access` says.
    ///
    /// # Errors
    /// If the access names a certificate authority that is none.
    pub fn new(access: &aws::Access, prefix: impl Into<String>) -> Result<Self, aws::BadAuthority> {
        Ok(Self { client: client::client(access)?, prefix: prefix.into(), following: Arc::default() })
    }

    /// The SDK's client, for what runs beside the portal: creating the tables on one machine, tests.
    #[must_use]
    pub const fn client(&self) -> &Client {
        &self.client
    }

    /// What the names of the tables begin with.
    #[must_use]
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    fn table(&self, name: TableName) -> String {
        format!("{}{}", self.prefix, name.as_str())
    }
}

//! The activity log: who did what, in which account, in which capacity (R513, R708).

use serde::{Deserialize, Serialize};

use crate::{
    AccountId, ContactId, Date, Features, InvitationId, LicenseId, RequestId, UserId,
    claim::Reference,
    features::TeamArea,
    guest::GuestStage,
    letter::{ChangedField, PasswordChange},
    name::Reason,
    nickname::Nickname,
    number::{OrderNumber, ProductCode},
    renewal::Stage,
    request::{RequestKind, TakenBack},
};

mod about;
mod partner;
mod place;
mod release;
mod seats;
mod team;

pub use partner::PartnerChange;
pub use place::LogOf;
pub use release::{Download, ReleaseChange};
pub use seats::SeatsChange;
pub use team::{ContactChange, InvitationChange, MemberChange};

/// What happened. One entry per mutation, written in its transaction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "event")]
pub enum Event {
    /// A person proved their address and has a login now.
    SignedUp {
        /// The version of terms and privacy notice accepted at sign-up.
        terms_version: String,
    },
    /// A session began.
    SignedIn,
    /// The person ended the session.
    SignedOut,
    /// A session began in another account, or in the first.
    ChoseAccount,
    /// A claim was verified by activation code; the person is a member now.
    ClaimedOrder {
        /// The order whose code it was.
        order: OrderNumber,
    },
    /// A person asked to join an account by a number they named.
    AskedToJoin {
        /// The number.
        reference: Reference,
    },
    /// It was decided whether somebody who asked belongs to the account.
    ClaimDecided {
        /// Who asked.
        claimant: UserId,
        /// Whether they belong to it now.
        verified: bool,
        /// Why, in the words of whoever decided.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Reason>,
    },
    /// A person asked for a way to a new password.
    AskedForReset,
    /// A password was set: changed, reset or the first.
    PasswordSet {
        /// Which of these.
        how: PasswordChange,
    },
    /// A person changed what they say of themselves.
    ProfileChanged {
        /// Which fields; what stood there is in the letter alone.
        fields: Vec<ChangedField>,
    },
    /// The forum calls a person something else.
    NicknameChanged {
        /// What from now on; the forum is told from here.
        nickname: Nickname,
    },
    /// A person asked to sign in with another address.
    EmailChangeAsked,
    /// A person signs in with another address.
    EmailChanged,
    /// A second factor was set up or replaced.
    SecondFactorSet,
    /// A second factor was given up.
    SecondFactorRemoved,
    /// Recovery codes were made anew.
    RecoveryCodesMade,
    /// A recovery code was used to sign in.
    RecoveryCodeUsed,
    /// The owner requires a second factor of everyone, or no longer does.
    SecondFactorRule {
        /// Whether from now on.
        required: bool,
    },
    /// One of a person's sessions was ended from another.
    SessionEnded,
    /// All of a person's sessions but one were ended.
    OtherSessionsEnded,
    /// Something was asked of the vendor.
    ChangeRequested {
        /// What it is about.
        kind: RequestKind,
    },
    /// One of the vendor's people took on something that was asked.
    RequestTaken {
        /// What.
        request: RequestId,
    },
    /// They gave it back to the desk.
    RequestGivenBack {
        /// What.
        request: RequestId,
    },
    /// The first of two of the vendor's people approved something.
    RequestApprovedFirst {
        /// What it is about.
        kind: RequestKind,
    },
    /// The vendor's people decided on something that was asked.
    RequestDecided {
        /// What it is about.
        kind: RequestKind,
        /// Whether it was approved.
        approved: bool,
        /// Why, in the words of whoever decided.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Reason>,
    },
    /// An account has another owner.
    OwnerChanged {
        /// Who was.
        from: UserId,
        /// Who is.
        to: UserId,
    },
    /// The vendor's people invited an account's owner, who had never signed in.
    OwnerInvited {
        /// Whom.
        owner: UserId,
    },
    /// The account was suspended by its partner.
    AccountSuspended {
        /// Why, in the words of whoever did.
        reason: Reason,
    },
    /// Its partner has ended that.
    AccountReactivated,
    /// The vendor's people said what an account may use.
    FeaturesSet {
        /// What from now on.
        features: Features,
    },
    /// The vendor's people said which accounts look after their people themselves.
    TeamAreaSet {
        /// Which from now on.
        team_area: TeamArea,
    },
    /// The vendor's people said whether owners decide themselves how their partner's people get in.
    AccessSettingSet {
        /// Whether from now on.
        owner_decides: bool,
    },
    /// An account's partner, or how its people get in, changed.
    Partner {
        /// Which partner.
        partner: AccountId,
        /// How.
        change: PartnerChange,
    },
    /// A partner's person made an account on behalf of the vendor; the partner's own log says which.
    CustomerCreated {
        /// The account.
        customer: AccountId,
    },
    /// Somebody's place in the team changed.
    Member {
        /// Whose.
        user: UserId,
        /// How.
        change: MemberChange,
    },
    /// Somebody whom the account knows by their address was noted, changed or forgotten.
    Contact {
        /// Who.
        contact: ContactId,
        /// How.
        change: ContactChange,
    },
    /// Something became of an invitation.
    Invitation {
        /// Which.
        invitation: InvitationId,
        /// What.
        change: InvitationChange,
    },
    /// The portal told a guest, and who manages, that their time ends soon.
    GuestReminded {
        /// Who.
        user: UserId,
        /// Which notice it was.
        stage: GuestStage,
    },
    /// A member asked the account's managers for more.
    AccessAsked,
    /// The portal asked the owner to go through everyone who can get at what is the account's.
    ReviewDue {
        /// The first day of the quarter.
        quarter: Date,
    },
    /// A person got everything held about them.
    DataExported,
    /// A person closed their login.
    LoginClosing,
    /// A file of a release was handed out to a person.
    Downloaded(Download),
    /// A product was added or changed.
    ProductChanged {
        /// Which.
        product: ProductCode,
    },
    /// A release was added, changed, published or withdrawn.
    ReleaseChanged(ReleaseChange),
    /// Seats of a license were given.
    SeatsAssigned(SeatsChange),
    /// Seats of a license were taken back.
    SeatsReleased(SeatsChange),
    /// A seat of a license was passed on.
    SeatMoved {
        /// Of which license.
        license: LicenseId,
        /// Who had it.
        from: UserId,
        /// Who has it.
        to: UserId,
    },
    /// "This was not me."
    TakenBack {
        /// What was.
        what: TakenBack,
    },
    /// The portal reminded the owner that licenses end.
    RenewalReminded {
        /// When they end.
        ends_on: Date,
        /// Which reminder it was.
        stage: Stage,
    },
    /// A renewal was asked for.
    RenewalAsked {
        /// Of which license.
        license: LicenseId,
    },
    /// A trial was started.
    TrialStarted {
        /// Of which product.
        product: ProductCode,
        /// Its license.
        license: LicenseId,
    },
    /// A serial number was replaced.
    SerialReplaced {
        /// Of which license; the number itself is a secret of whoever has it.
        license: LicenseId,
        /// Why, in the person's words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        why: Option<Reason>,
    },
    /// An order was recorded.
    OrderRecorded {
        /// Which.
        order: OrderNumber,
    },
    /// An order was amended.
    OrderAmended {
        /// Which.
        order: OrderNumber,
        /// Its lines that changed or came.
        lines: Vec<u16>,
    },
    /// An order was cancelled.
    OrderCancelled {
        /// Which.
        order: OrderNumber,
        /// Why, in the words of whoever did.
        reason: Reason,
    },
    /// The activation mail of an order was sent again, with another code.
    ActivationMailed {
        /// Which order.
        order: OrderNumber,
    },
}

//! What a letter says.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Change, CustomerLetter, DueProduct, OrderedProduct, PartnerLetter, PasswordChange, TeamLetter};
use crate::{
    EmailAddress,
    claim::Reference,
    device::{Browser, System},
    name::{AccountName, ProductName, Reason},
    number::{CustomerNumber, OrderNumber, SerialNumber},
    request::{RequestKind, TakenBack},
};

/// What a letter says. Adding one: a variant here, its texts in the three catalogues, and the snapshot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Message {
    /// About an account's team.
    Team(TeamLetter),
    /// About an account and its partner.
    Partner(PartnerLetter),
    /// About a partner and its customer.
    Customer(CustomerLetter),
    /// Prove your address to finish signing up (R101). Carries a link.
    ConfirmAddress,
    /// Somebody, perhaps you, tried to sign up with an address that has a login.
    AlreadyRegistered,
    /// Your claim was verified: you work in this account now (R102).
    ClaimVerified {
        /// The account's name.
        account_name: AccountName,
        /// The account's number.
        customer_number: CustomerNumber,
    },
    /// To the owner: somebody joined your account with an activation code (R102).
    MemberJoined {
        /// The account's name.
        account_name: AccountName,
        /// First and last name of who joined.
        person_name: String,
        /// The address of who joined.
        person_email: EmailAddress,
    },
    /// You asked to join an account (R102): the same whether or not there is one of that number.
    ClaimReceived {
        /// The number that was named.
        reference: Reference,
    },
    /// To the owner: somebody asks to join your account (R102).
    ClaimWaiting {
        /// The account's name.
        account_name: AccountName,
        /// First and last name of who asks.
        person_name: String,
        /// Their address.
        person_email: EmailAddress,
    },
    /// You do not belong to the account that you asked to join (R103).
    ClaimRefused {
        /// The number that was named.
        reference: Reference,
    },
    /// To the owner: it was confirmed that somebody belongs to your account (R102).
    MemberVerified {
        /// The account's name.
        account_name: AccountName,
        /// First and last name of who belongs to it now.
        person_name: String,
        /// Their address.
        person_email: EmailAddress,
    },
    /// Set a new password (R108). Carries a link.
    ResetPassword,
    /// Set your first password (R104): what somebody invited reads in place of [`Message::ResetPassword`].
    FirstPassword,
    /// To an owner who never signed in: the portal is open to you (R104). Carries a link.
    Invited {
        /// The account's name.
        account_name: AccountName,
        /// The account's number.
        customer_number: CustomerNumber,
    },
    /// Your password is another (R108, R203).
    PasswordChanged {
        /// How that came.
        how: PasswordChange,
    },
    /// Your profile, or your nickname, changed (R202).
    ProfileChanged {
        /// What changed, each field once.
        changes: Vec<Change>,
    },
    /// To the address in use: another one was asked for and waits for its confirmation (R204).
    EmailChangeAsked {
        /// The address asked for.
        new: EmailAddress,
    },
    /// To the new address: prove it (R204). Carries a link.
    ConfirmEmail,
    /// To the new address, which has a login of its own: nothing happened.
    EmailInUse,
    /// To the address before: another one signs in now (R202).
    EmailChanged {
        /// The address now.
        new: EmailAddress,
    },
    /// To the new address: it signs in now.
    EmailConfirmed,
    /// A second factor is on, for the first time or another (R110).
    SecondFactorOn,
    /// The second factor is off.
    SecondFactorOff,
    /// New recovery codes were made; those before are void.
    RecoveryCodesMade,
    /// Somebody signed in from a device not seen before (R206).
    NewSignIn {
        /// The browser it says it is.
        browser: Browser,
        /// What that says it runs on.
        system: System,
    },
    /// The login closes (R207).
    LoginClosing {
        /// The day it is deleted; support can undo it until then.
        until: Date,
    },
    /// A change that the vendor's desk decides on was asked for (R201).
    ChangeRequested {
        /// Which.
        kind: RequestKind,
    },
    /// What was asked of the vendor is done (R705).
    ChangeApproved {
        /// Which.
        kind: RequestKind,
    },
    /// What was asked of the vendor is not done (R705).
    ChangeRefused {
        /// Which.
        kind: RequestKind,
        /// Why, in the words of whoever decided.
        reason: Reason,
    },
    /// To who was the license contact: somebody else is now (R313).
    OwnerChanged {
        /// The account's name.
        account_name: AccountName,
        /// The account's number.
        customer_number: CustomerNumber,
        /// First and last name of who is now.
        person_name: String,
    },
    /// To who is the license contact now, and signs in already (R313); who does not is invited.
    OwnerMade {
        /// The account's name.
        account_name: AccountName,
        /// The account's number.
        customer_number: CustomerNumber,
    },
    /// Something was taken back by the link of a notice (R202).
    ChangeTakenBack {
        /// What.
        what: TakenBack,
        /// Whether the password went too, as somebody else may know it.
        password_removed: bool,
    },
    /// You have a seat of a license now (R403).
    LicenseAssigned {
        /// The account's name.
        account_name: AccountName,
        /// The product.
        product: ProductName,
    },
    /// To the owner, and to the partner's: licenses of an account end soon (R405).
    RenewalDue {
        /// The account's name.
        account_name: AccountName,
        /// The last day.
        ends_on: Date,
        /// How many days are left, today not counted.
        days: u16,
        /// What ends then, at most [`DueProduct::MOST`] products.
        products: Vec<DueProduct>,
        /// How many products more.
        more: u32,
    },
    /// To the partner's owner: their customer asked the vendor for a renewal (R405).
    RenewalAsked {
        /// The customer's name.
        account_name: AccountName,
        /// The product.
        product: ProductName,
        /// The license's serial number.
        serial: SerialNumber,
        /// The last day so far.
        ends_on: Date,
    },
    /// To the owner: somebody started a trial (R407).
    TrialStarted {
        /// The account's name.
        account_name: AccountName,
        /// First and last name of who started it.
        person_name: String,
        /// The product.
        product: ProductName,
        /// The last day.
        ends_on: Date,
    },
    /// To the owner: a serial number was replaced; the old one is refused from now on (R408).
    SerialReplaced {
        /// The account's name.
        account_name: AccountName,
        /// First and last name of who had it replaced.
        person_name: String,
        /// The product.
        product: ProductName,
        /// The serial number that no longer counts.
        old: SerialNumber,
    },
    /// To the owner: an order is recorded (R704). Carries an activation code (R105).
    OrderRecorded {
        /// The account's name.
        account_name: AccountName,
        /// The order.
        order: OrderNumber,
        /// What it grants.
        products: Vec<OrderedProduct>,
    },
    /// The same, as an owner who never signed in reads it: the code sets the first password.
    FirstOrder {
        /// The account's name.
        account_name: AccountName,
        /// The order.
        order: OrderNumber,
        /// What it grants.
        products: Vec<OrderedProduct>,
    },
    /// To the owner: an order was cancelled (R704).
    OrderCancelled {
        /// The account's name.
        account_name: AccountName,
        /// The order.
        order: OrderNumber,
        /// What it granted.
        products: Vec<OrderedProduct>,
    },
}

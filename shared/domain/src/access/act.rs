//! What can be done.

use serde::{Deserialize, Serialize};

/// Everything somebody signed in can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// See who one is here, and what one may do.
    ShowMe,
    /// End one's session.
    SignOut,
    /// List the accounts one belongs to.
    ListAccounts,
    /// Choose one of them to work in.
    ChooseAccount,
    /// Claim an order by its activation code.
    ClaimOrder,
    /// List licenses: the account's, or those assigned to oneself.
    ListLicenses,
    /// See what the portal shows of oneself.
    ShowProfile,
    /// Change one's name, address and language.
    ChangeProfile,
    /// Change one's forum nickname.
    ChangeNickname,
    /// Change one's password.
    ChangePassword,
    /// Change the address one signs in with.
    ChangeEmail,
    /// Set up, renew or give up one's second factor.
    ManageSecondFactor,
    /// Require a second factor of everyone in the account.
    RequireSecondFactor,
    /// List one's sessions.
    ListSessions,
    /// End one's sessions.
    EndSessions,
    /// Ask the vendor to change what is protected.
    RequestChange,
    /// Get everything that is held about oneself.
    ExportMyData,
    /// Close one's login.
    CloseLogin,
    /// Ask to join an account, by its number or a serial number.
    ClaimAccount,
    /// Decide on those who ask to join the account.
    DecideClaims,
    /// See what the account has of each product, and when it ends.
    ShowSummary,
    /// Get the files of a release that a license covers.
    DownloadRelease,
    /// Assign and release seats, start trials, ask for renewals.
    ManageLicenses,
    /// Have a leaked serial number replaced.
    ReplaceSerial,
    /// See who belongs to the account, and look after them: invite, change, switch off, remove.
    ManageMembers,
    /// Make managers and unmake them: let somebody in as one, give the role or take it, switch one off and on, take one out.
    MakeManagers,
    /// See who looks after the people of the account.
    ShowManagers,
    /// Ask them for more than one may.
    AskForAccess,
    /// Go through everyone who can get at what is the account's.
    ReviewAccess,
    /// Accept or decline an invitation to an account.
    AnswerInvitation,
    /// Start trials.
    StartTrials,
    /// See who comes in from outside: the partner, its guests, and what they did.
    ShowOutsiders,
    /// Let guests in from the partner, and end that.
    ManageGuests,
    /// Decide how the partner's people get in.
    ChangeAccess,
    /// As a guest: leave.
    LeaveAsGuest,
    /// As a partner: list one's customers.
    ListCustomers,
    /// As a partner: see one of them, and take its details along.
    ShowCustomer,
    /// As a partner: suspend and reactivate one of them.
    SuspendCustomer,
    /// As a partner: create a customer on behalf of the vendor.
    CreateCustomer,
    /// As staff: find accounts and see them.
    FindAccounts,
    /// As staff: invite owners to their accounts.
    InviteOwners,
    /// As staff: say what an account may use.
    SetFeatures,
    /// As staff: decide what people ask of the vendor.
    WorkDesk,
    /// As staff: record, amend and cancel orders.
    RecordOrders,
    /// As staff: products and their releases.
    ManageProducts,
}

impl Act {
    /// Every act, in the order documents list them.
    pub const ALL: [Self; 45] = [
        Self::ShowMe,
        Self::SignOut,
        Self::ListAccounts,
        Self::ChooseAccount,
        Self::ClaimOrder,
        Self::ListLicenses,
        Self::ShowProfile,
        Self::ChangeProfile,
        Self::ChangeNickname,
        Self::ChangePassword,
        Self::ChangeEmail,
        Self::ManageSecondFactor,
        Self::RequireSecondFactor,
        Self::ListSessions,
        Self::EndSessions,
        Self::RequestChange,
        Self::ExportMyData,
        Self::CloseLogin,
        Self::ClaimAccount,
        Self::DecideClaims,
        Self::ShowSummary,
        Self::DownloadRelease,
        Self::ManageLicenses,
        Self::ReplaceSerial,
        Self::ManageMembers,
        Self::MakeManagers,
        Self::ShowManagers,
        Self::AskForAccess,
        Self::ReviewAccess,
        Self::AnswerInvitation,
        Self::StartTrials,
        Self::ShowOutsiders,
        Self::ManageGuests,
        Self::ChangeAccess,
        Self::LeaveAsGuest,
        Self::ListCustomers,
        Self::ShowCustomer,
        Self::SuspendCustomer,
        Self::CreateCustomer,
        Self::FindAccounts,
        Self::InviteOwners,
        Self::SetFeatures,
        Self::WorkDesk,
        Self::RecordOrders,
        Self::ManageProducts,
    ];
}

//! What an invitation's link names, before its token.

use crate::{AccountId, InvitationId};

/// What stands before the token in an invitation's link.
#[must_use]
pub fn link_subject(account: AccountId, invitation: InvitationId) -> String {
    format!("{account}-{invitation}")
}

/// Reads what stands before the token, in the one spelling that links carry.
#[must_use]
pub fn parse_link_subject(text: &str) -> Option<(AccountId, InvitationId)> {
    let (account, invitation) = text.split_once('-')?;
    let (account, invitation) = (AccountId::parse(account).ok()?, InvitationId::parse(invitation).ok()?);
    (link_subject(account, invitation) == text).then_some((account, invitation))
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    #[test]
    fn a_link_names_account_and_invitation_in_one_spelling() {
        let account = AccountId::new(Timestamp::UNIX_EPOCH, [7; 10]);
        let invitation = InvitationId::new(Timestamp::UNIX_EPOCH, [9; 10]);
        let subject = link_subject(account, invitation);
        assert_eq!(parse_link_subject(&subject), Some((account, invitation)));
        for wrong in ["", "-", &subject.to_uppercase(), &format!("{subject}0"), &subject.replace('-', "")] {
            assert_eq!(parse_link_subject(wrong), None, "{wrong}");
        }
    }
}

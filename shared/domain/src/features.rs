//! What an account may use, as the vendor says (R702).

use serde::{Deserialize, Serialize};

use crate::AccountKind;

/// What an account may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Features {
    /// Whether its owner and managers look after their people themselves (R312); otherwise they are told whom to ask.
    pub team_area: bool,
    /// Whether its partner's people get in only as guests (R509).
    pub guests_only: bool,
    /// Whether it has the pages of a partner (R502). Only an account of that kind can.
    pub partner: bool,
}

impl Features {
    /// What an account has as long as nobody says otherwise: a team area (R312), its partner's automatic access (R509),
    /// and, if it is a partner, a partner's pages.
    #[must_use]
    pub const fn of(kind: AccountKind) -> Self {
        let partner = match kind {
            AccountKind::Partner => true,
            AccountKind::Customer => false,
        };
        Self { team_area: true, guests_only: false, partner }
    }

    /// Whether an account of that kind can have them.
    #[must_use]
    pub const fn fit(self, kind: AccountKind) -> bool {
        match kind {
            AccountKind::Partner => true,
            AccountKind::Customer => !self.partner,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_partner_has_the_pages_of_one() {
        for kind in [AccountKind::Customer, AccountKind::Partner] {
            assert!(Features::of(kind).fit(kind));
        }
        assert!(!Features::of(AccountKind::Partner).fit(AccountKind::Customer));
    }
}

//! What an account may use, as the vendor says (R702).

use serde::{Deserialize, Serialize};

use crate::{AccountKind, Invalid};

/// Which accounts look after their people themselves, as long as staff say nothing of the one (R312).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TeamArea {
    /// All of them.
    #[default]
    Everyone,
    /// Partners alone.
    Partners,
    /// Those of which staff say so.
    Chosen,
}

impl TeamArea {
    /// Whether an account of that kind does, of which nothing is said.
    #[must_use]
    pub const fn covers(self, kind: AccountKind) -> bool {
        match (self, kind) {
            (Self::Everyone, _) | (Self::Partners, AccountKind::Partner) => true,
            (Self::Partners, AccountKind::Customer) | (Self::Chosen, _) => false,
        }
    }

    /// Its word, on the wire and in rows.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Everyone => "everyone",
            Self::Partners => "partners",
            Self::Chosen => "chosen",
        }
    }

    /// Reads its word.
    ///
    /// # Errors
    /// [`Invalid::Choice`] for any other.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        match text.trim() {
            "everyone" => Ok(Self::Everyone),
            "partners" => Ok(Self::Partners),
            "chosen" => Ok(Self::Chosen),
            "" => Err(Invalid::Required),
            _ => Err(Invalid::Choice { allowed: "everyone, partners, chosen" }),
        }
    }
}

/// What an account may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Features {
    /// Whether its owner and managers look after their people themselves (R312); otherwise they are told whom to ask.
    pub team_area: bool,
    /// Whether its partner's people get in only as guests (R509).
    pub guests_only: bool,
    /// Whether it has the pages of a partner (R502). Only an account of that kind can.
    pub partner: bool,
    /// Whether a partner's people may create customers and start trials on behalf of the vendor (R511).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub on_behalf: bool,
}

impl Features {
    /// What an account has as long as staff say nothing of it: a team area where the vendor's setting gives one (R312),
    /// its partner's automatic access (R509), and, if it is a partner, a partner's pages.
    #[must_use]
    pub const fn of(kind: AccountKind, setting: TeamArea) -> Self {
        let partner = match kind {
            AccountKind::Partner => true,
            AccountKind::Customer => false,
        };
        Self { team_area: setting.covers(kind), guests_only: false, partner, on_behalf: false }
    }

    /// Whether an account of that kind can have them.
    #[must_use]
    pub const fn fit(self, kind: AccountKind) -> bool {
        match kind {
            AccountKind::Partner => true,
            AccountKind::Customer => !self.partner && !self.on_behalf,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_setting_says_who_has_a_team_area() {
        for (setting, customer, partner) in
            [(TeamArea::Everyone, true, true), (TeamArea::Partners, false, true), (TeamArea::Chosen, false, false)]
        {
            assert_eq!(Features::of(AccountKind::Customer, setting).team_area, customer, "{setting:?}");
            assert_eq!(Features::of(AccountKind::Partner, setting).team_area, partner, "{setting:?}");
            assert_eq!(TeamArea::parse(setting.name()), Ok(setting));
        }
    }

    #[test]
    fn only_a_partner_has_the_pages_of_one() {
        for kind in [AccountKind::Customer, AccountKind::Partner] {
            assert!(Features::of(kind, TeamArea::Everyone).fit(kind));
        }
        assert!(!Features::of(AccountKind::Partner, TeamArea::Everyone).fit(AccountKind::Customer));
    }
}

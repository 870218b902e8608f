//! The nickname somebody gets who comes in (R205).

use domain::{User, nickname::Nickname};

/// What the forum is to call somebody who comes in; none where it calls them something already.
#[must_use]
pub fn first_nickname(user: &User) -> Option<Nickname> {
    user.nickname.is_none().then(|| Nickname::assigned(credentials::random()))
}

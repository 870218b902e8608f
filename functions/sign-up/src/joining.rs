//! Joining an account by an activation code: the letters about it.

use domain::{
    EventId, LetterId, User,
    letter::{Letter, Message, Recipient},
};
use store::{CodeFound, Joining};
use web::App;

/// The ids and letters: the person is told, and so is the owner, who may not know them.
pub(crate) fn by(app: &App, user: &User, code: &CodeFound) -> Joining {
    let now = app.now();
    let letter = |recipient, message| Letter {
        id: LetterId::new(now, credentials::random()),
        recipient,
        message,
        written_at: now,
        link_subject: None,
    };
    let (account_name, customer_number) = (code.account_name.clone(), code.customer_number.clone());
    let to_person = Message::ClaimVerified { account_name: account_name.clone(), customer_number };
    let to_owner =
        Message::MemberJoined { account_name, person_name: user.full_name(), person_email: user.email.clone() };
    Joining {
        event: EventId::new(now, credentials::random()),
        letters: [letter(Recipient::User(user.id), to_person), letter(Recipient::OwnerOf(code.account), to_owner)],
    }
}

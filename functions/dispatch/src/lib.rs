//! The journal's one consumer: letters that were written go to the mail service, each once, tried until a day is over.
//!
//! The stream of the journal and the sweep of what is due call the same [`Dispatch::deliver`]. When to try again is in
//! the letter's row, so that one letter that cannot be sent never holds up the stream.

mod deliver;
mod event;

pub use deliver::{Delivered, Dispatch};
pub use event::{Handled, handle};

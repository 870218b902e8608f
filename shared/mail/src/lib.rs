//! Letters: what is written, in each language, and sending it.
//!
//! [`render`] turns an envelope into a [`Mail`]: texts from the catalogues, laid out by two templates, one as plain text
//! and one as HTML. [`Mailer`] hands a mail to SES. Only `dispatch` does either; everybody else writes letters as rows.
//!
//! Adding a letter: a variant of [`domain::letter::Message`], its texts (`mail.<name>.subject`, `.heading`, `.body`,
//! `.action`, and where they apply `.ask`, `.note` and `.ignore`) in the three catalogues, its values in `letters.rs`, and the
//! snapshot that the tests then ask for.

mod address;
mod brand;
mod customer;
mod guest;
mod letters;
mod partner;
mod parts;
mod plain;
mod render;
mod send;
mod team;
mod texts;

pub use render::{Mail, RenderError, render};
pub use send::{LETTER_TAG, Mailer, SendError, SesMessageId};

#[cfg(test)]
mod tests;

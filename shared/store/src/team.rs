//! The people of an account: its members, and those it knows and who are none.

mod people;

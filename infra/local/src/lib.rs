//! Portico on one machine: the same routers as on AWS over an embedded database, with a stand-in for SES, the site and
//! a mailbox; and the import of a vendor's records. The tests start their portals with it.

pub mod commands;
pub mod config;
pub mod customer_lists;
pub mod data_folder;
pub mod emulator;
pub mod following;
pub mod front;
pub mod greeting;
pub mod import;
pub mod listener;
pub mod mailbox;
pub mod options;
pub mod portal;
pub mod routes;
pub mod sample;
pub mod ses;
pub mod site;
pub mod staff_people;
pub mod storage;
pub mod vendor;

//! Portico's integration tests: one binary, so that they link once.

#![allow(
    clippy::unwrap_used,
    missing_docs,
    reason = "a test that meets the unexpected fails, and its name says what it tests"
)]

mod access;
mod access_requests;
mod access_review;
mod account_claims;
mod bad_input;
mod bad_requests;
mod borne_out;
mod bulk_invitations;
mod claimants;
mod console;
mod contacts;
mod customers;
mod desk;
mod dispatch;
mod downloads;
mod export_licenses;
mod faults;
mod following;
mod given_logins;
mod guests;
mod house;
mod import;
mod incidents;
mod initial_password;
mod invitations;
mod lambda;
mod leaving;
mod letters;
mod license;
mod licenses;
mod many;
mod my_login;
mod my_sessions;
mod openapi;
mod orders;
mod outsiders;
mod partnerships;
mod people;
mod profile;
mod proof;
mod races;
mod releases;
mod reminders;
mod renewals;
mod reset;
mod revocation;
mod roles;
mod rotation;
mod seats;
mod second_factor;
mod session;
mod sign_up;
mod staff_people;
mod summary;
mod team;
mod team_area;
mod team_invitations;
mod template;
mod texts;
mod thieves;
mod tokens;
mod trials;
mod units;
mod wire;

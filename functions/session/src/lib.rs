//! Signing in and out, and choosing the account to work in (R106, R109, R111, R112).

mod choose_account;
mod list_accounts;
mod me;
mod show_session;
mod sign_in;
mod sign_out;

web::routes![
    sign_in::sign_in,
    show_session::show_session,
    sign_out::sign_out,
    list_accounts::list_accounts,
    choose_account::choose_account,
];

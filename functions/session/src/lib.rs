//! Signing in and out, and choosing the account to work in (R106, R109, R111, R112, R206).

mod choose_account;
mod end_other_sessions;
mod end_session;
mod leave_as_guest;
mod list_accounts;
mod list_sessions;
mod me;
mod own_password;
mod show_session;
mod sign_in;
mod sign_out;

web::routes![
    sign_in::sign_in,
    show_session::show_session,
    sign_out::sign_out,
    list_accounts::list_accounts,
    choose_account::choose_account,
    leave_as_guest::leave_as_guest,
    list_sessions::list_sessions,
    end_session::end_session,
    end_other_sessions::end_other_sessions,
];

//! One's own login and profile: what a person changes alone (R110, R201–R208), each change told by mail with a way to
//! take it back.

mod begin_second_factor;
mod change_email;
mod change_nickname;
mod change_password;
mod close_login;
mod confirm_email;
mod confirm_second_factor;
mod export_my_data;
mod factor;
mod me;
mod proof;
mod remove_second_factor;
mod renew_recovery_codes;
mod request_change;
mod require_second_factor;
mod show_profile;
mod take_back;
mod update_profile;

web::routes![
    show_profile::show_profile,
    update_profile::update_profile,
    change_nickname::change_nickname,
    change_password::change_password,
    change_email::change_email,
    confirm_email::confirm_email,
    take_back::take_back,
    request_change::request_change,
    export_my_data::export_my_data,
    close_login::close_login,
    begin_second_factor::begin_second_factor,
    confirm_second_factor::confirm_second_factor,
    remove_second_factor::remove_second_factor,
    renew_recovery_codes::renew_recovery_codes,
    require_second_factor::require_second_factor,
];

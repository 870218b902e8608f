//! Licenses of an account, or of a member (R401).

mod ask_renewal;
mod assign_seats;
mod check_serial;
mod download_release;
mod export_licenses;
mod license_item;
mod list_candidates;
mod list_keys;
mod list_licenses;
mod list_releases;
mod list_seats;
mod list_summary;
mod list_trials;
mod move_seat;
mod release_seats;
mod replace_serial;
mod seats;
mod show_file;
mod show_license;
mod start_trial;

web::routes![
    ask_renewal::ask_renewal,
    assign_seats::assign_seats,
    check_serial::check_serial,
    export_licenses::export_licenses,
    list_candidates::list_candidates,
    list_keys::list_keys,
    list_licenses::list_licenses,
    list_releases::list_releases,
    download_release::download_release,
    list_seats::list_seats,
    list_summary::list_summary,
    list_trials::list_trials,
    move_seat::move_seat,
    release_seats::release_seats,
    replace_serial::replace_serial,
    show_file::show_file,
    show_license::show_license,
    start_trial::start_trial,
];

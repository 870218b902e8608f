//! The vendor's console: its desk, accounts, orders, products and releases (R702 to R705).

mod amend_order;
mod begin_upload;
mod cancel_order;
mod change_product;
mod change_release;
mod decide_request;
mod deciding;
mod desk_item;
mod find_accounts;
mod give_back_request;
mod invite_owners;
mod link_partner;
mod linking;
mod list_products;
mod list_releases;
mod list_requests;
mod mail_activation;
mod orders;
mod person;
mod product;
mod record_order;
mod release;
mod set_access_setting;
mod set_features;
mod set_team_area;
mod show_access_setting;
mod show_account;
mod show_order;
mod show_product;
mod show_request;
mod show_team_area;
mod take_request;
mod unlink_partner;
mod withdraw_release;

web::routes![
    find_accounts::find_accounts,
    show_account::show_account,
    set_features::set_features,
    link_partner::link_partner,
    unlink_partner::unlink_partner,
    invite_owners::invite_owners,
    show_access_setting::show_access_setting,
    set_access_setting::set_access_setting,
    show_team_area::show_team_area,
    set_team_area::set_team_area,
    list_products::list_products,
    show_product::show_product,
    change_product::change_product,
    list_releases::list_releases,
    begin_upload::begin_upload,
    change_release::change_release,
    withdraw_release::withdraw_release,
    list_requests::list_requests,
    show_request::show_request,
    take_request::take_request,
    give_back_request::give_back_request,
    decide_request::decide_request,
    record_order::record_order,
    show_order::show_order,
    amend_order::amend_order,
    cancel_order::cancel_order,
    mail_activation::mail_activation,
];

//! The people of an account, looked after by its owner and managers (R301–R315).

mod activity_item;
mod add_contact;
mod add_member;
mod ask_for_access;
mod change_access;
mod change_contact;
mod changing;
mod check_invitations;
mod contact;
mod deactivate_member;
mod decide_access;
mod export_people;
mod give_password;
mod initial_password;
mod invite_guest;
mod invite_member;
mod invite_person;
mod inviting;
mod keep_member;
mod link_member;
mod list_access_requests;
mod list_account_activity;
mod list_activity;
mod list_invitations;
mod list_member_licenses;
mod list_people;
mod list_review;
mod make_invitation_link;
mod member_page;
mod person_item;
mod reactivate_member;
mod remove_contact;
mod remove_member;
mod renew_guest;
mod resend_invitation;
mod revoke_invitation;
mod show_access;
mod show_managers;
mod show_member;
mod table;
mod unlink_member;
mod update_member;
mod wanted;

web::routes![
    add_contact::add_contact,
    add_member::add_member,
    ask_for_access::ask_for_access,
    change_access::change_access,
    change_contact::change_contact,
    check_invitations::check_invitations,
    deactivate_member::deactivate_member,
    decide_access::decide_access,
    export_people::export_people,
    give_password::give_password,
    invite_guest::invite_guest,
    invite_member::invite_member,
    invite_person::invite_person,
    keep_member::keep_member,
    link_member::link_member,
    list_access_requests::list_access_requests,
    list_account_activity::list_account_activity,
    list_activity::list_activity,
    list_invitations::list_invitations,
    list_member_licenses::list_member_licenses,
    list_people::list_people,
    list_review::list_review,
    make_invitation_link::make_invitation_link,
    reactivate_member::reactivate_member,
    remove_contact::remove_contact,
    remove_member::remove_member,
    renew_guest::renew_guest,
    resend_invitation::resend_invitation,
    revoke_invitation::revoke_invitation,
    show_access::show_access,
    show_managers::show_managers,
    show_member::show_member,
    unlink_member::unlink_member,
    update_member::update_member,
];

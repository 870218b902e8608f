//! Coming in: a login for somebody new (R101), an order claimed by its activation code, an account one asks to join, with
//! those who decide (R102, R103), and one whose team invites one (R303, R304).

mod accept_invitation;
mod ask_to_join;
mod claim_order;
mod confirm_address;
mod correct_address;
mod deciding;
mod decline_invitation;
mod invitation;
mod join_account;
mod joining;
mod letter;
mod list_claimants;
mod list_my_claims;
mod list_my_invitations;
mod look_at_invitation;
mod refuse_claimant;
mod register;
mod verify_claimant;

web::routes![
    register::register,
    correct_address::correct_address,
    confirm_address::confirm_address,
    claim_order::claim_order,
    ask_to_join::ask_to_join,
    list_my_claims::list_my_claims,
    list_claimants::list_claimants,
    verify_claimant::verify_claimant,
    refuse_claimant::refuse_claimant,
    look_at_invitation::look_at_invitation,
    accept_invitation::accept_invitation,
    list_my_invitations::list_my_invitations,
    join_account::join_account,
    decline_invitation::decline_invitation,
];

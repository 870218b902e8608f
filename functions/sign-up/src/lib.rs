//! Coming in: a login for somebody new (R101), an order claimed by its activation code, and an account one asks to join,
//! with those who decide (R102, R103).

mod ask_to_join;
mod claim_order;
mod confirm_address;
mod correct_address;
mod deciding;
mod joining;
mod letter;
mod list_claimants;
mod list_my_claims;
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
];

//! Coming in: a login for somebody new (R101), and an order claimed by its activation code (R102).

mod claim_order;
mod confirm_address;
mod correct_address;
mod joining;
mod letter;
mod register;

web::routes![
    register::register,
    correct_address::correct_address,
    confirm_address::confirm_address,
    claim_order::claim_order,
];

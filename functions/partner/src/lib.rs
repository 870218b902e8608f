//! A partner's customers (R501–R514). Their people and licenses are looked after by the very operations of `team` and
//! `licenses`: whoever names a customer in `x-portico-customer` acts there as its partner.

mod customer_item;
mod list_customers;

web::routes![list_customers::list_customers];

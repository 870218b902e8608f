//! A partner's customers (R501–R514). Their people and licenses are looked after by the very operations of `team` and
//! `licenses`: whoever names a customer in `x-portico-customer` acts there as its partner.

mod create_customer;
mod customer_item;
mod customer_path;
mod customer_record;
mod export_customer;
mod export_place;
mod list_customers;
mod list_products;
mod new_customer;
mod reactivate_customer;
mod show_customer;
mod show_summary;
mod suspend_customer;
mod suspending;
mod vendor;
mod wanted_customer;

web::routes![
    create_customer::create_customer,
    export_customer::export_customer,
    list_customers::list_customers,
    list_products::list_products,
    reactivate_customer::reactivate_customer,
    show_customer::show_customer,
    show_summary::show_summary,
    suspend_customer::suspend_customer,
];

//! The vendor's console: its desk, accounts, orders, products and releases (R702 to R705).

mod list_products;

web::routes![list_products::list_products];

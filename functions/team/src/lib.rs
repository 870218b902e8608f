//! The people of an account, looked after by its owner and managers (R301–R315).

mod list_people;
mod person_item;

web::routes![list_people::list_people];

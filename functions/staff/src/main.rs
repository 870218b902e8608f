//! The function `staff` in Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), web::NotStarted> {
    web::run_lambda(staff::routes(), web::Start::Plain).await
}

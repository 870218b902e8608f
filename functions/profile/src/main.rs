//! The function `profile` in Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), web::NotStarted> {
    web::run_lambda(profile::routes(), web::Start::Plain).await
}

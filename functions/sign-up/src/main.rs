//! The function `sign-up` in Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), web::NotStarted> {
    web::run_lambda(sign_up::routes(), web::Start::Plain).await
}

//! The function `session` in Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), web::NotStarted> {
    web::run_lambda(session::routes(), web::Start::Signing).await
}

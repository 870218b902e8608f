//! The function `reset` in Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), web::NotStarted> {
    web::run_lambda(reset::routes(), web::Start::Plain).await
}

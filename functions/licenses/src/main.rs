//! The function `licenses` in Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), web::NotStarted> {
    web::run_lambda(licenses::routes(), web::Start::Plain).await
}

//! The function `partner` in Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), web::NotStarted> {
    web::run_lambda(partner::routes(), web::Start::Plain).await
}

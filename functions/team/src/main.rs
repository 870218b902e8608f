//! The function `team` in Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), web::NotStarted> {
    web::run_lambda(team::routes(), web::Start::Plain).await
}

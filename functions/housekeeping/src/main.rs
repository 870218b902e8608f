//! The function `housekeeping` in Lambda: called by a schedule, whatever the event says.

use housekeeping::Housekeeping;
use lambda_runtime::{LambdaEvent, service_fn};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), web::NotStarted> {
    let housekeeping = Housekeeping::new(web::start(web::Start::Plain).await?);
    let handle = |_: LambdaEvent<serde_json::Value>| {
        let housekeeping = housekeeping.clone();
        async move {
            let done = housekeeping.run().await;
            // The runtime's own line would name the code alone.
            done.inspect_err(web::log_failure).map_err(lambda_runtime::Error::from)
        }
    };
    Ok(lambda_runtime::run(service_fn(handle)).await?)
}

//! The function `dispatch` in Lambda: fed by the journal's stream, and by a schedule.

use dispatch::Dispatch;
use lambda_runtime::{LambdaEvent, service_fn};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), web::NotStarted> {
    let app = web::start(web::Start::Plain).await?;
    let mail = app.config().mail.clone().ok_or("PORTICO_MAIL_FROM is not set (the sender of all letters)")?;
    let dispatch = Dispatch::new(app, &mail)?;
    let handle = |event: LambdaEvent<serde_json::Value>| {
        let dispatch = dispatch.clone();
        async move {
            let handled = dispatch::handle(&dispatch, event.payload).await;
            // The runtime's own line would name the code alone.
            handled.inspect_err(web::log_failure).map_err(lambda_runtime::Error::from)
        }
    };
    Ok(lambda_runtime::run(service_fn(handle)).await?)
}

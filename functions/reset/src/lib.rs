//! Back in without the vendor: a forgotten password (R108), the first one by a mailed link (R104) or an activation code
//! (R105).

mod first_password;
mod request_reset;
mod set_password;

use store::Throttle;
use web::{ApiError, App, ClientNetwork};

web::routes![request_reset::request_reset, set_password::set_password, first_password::first_password];

/// Counts something from that network, so many times an hour.
async fn per_network(app: &App, kind: &'static str, network: &ClientNetwork, most: u32) -> Result<Throttle, ApiError> {
    Ok(Throttle { kind, whom: app.pseudonym(&network.0).await?, most, window: 3_600 })
}

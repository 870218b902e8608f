//! The SDK's client, as the portal uses it.

use std::{sync::OnceLock, time::Duration};

use aws_sdk_dynamodb::{
    Client,
    config::{
        endpoint::{DefaultResolver, Endpoint, EndpointFuture, Params, ResolveEndpoint},
        retry::{RetryConfig, RetryPartition},
        timeout::TimeoutConfig,
    },
};

/// A client that reaches the database as `access` says.
pub(crate) fn client(access: &aws::Access) -> Result<Client, aws::BadAuthority> {
    let shared = access.sdk_config()?;
    let mut config = aws_sdk_dynamodb::config::Builder::from(&shared)
        .interceptor(aws::Terse)
        .endpoint_resolver(ResolvedOnce::default())
        // Throttles and faults of the service are tried four times more; a call is given up well before the
        // function is (API Gateway waits 30 s).
        .retry_config(RetryConfig::standard().with_max_attempts(5).with_initial_backoff(Duration::from_millis(50)))
        .timeout_config(
            TimeoutConfig::builder()
                .connect_timeout(Duration::from_secs(2))
                .operation_attempt_timeout(Duration::from_secs(3))
                .operation_timeout(Duration::from_secs(10))
                .build(),
        );
    // One budget of retries for each database, where a process speaks to others than AWS's own.
    config.set_retry_partition(access.endpoint.clone().map(RetryPartition::new));
    Ok(Client::from_conf(config.build()))
}

/// The library's rules for endpoints, asked once. They keep their last answer, but take another table for another
/// question; here none names a table by its ARN, no credentials name an account, and the answer is always the same.
#[derive(Debug, Default)]
struct ResolvedOnce {
    rules: DefaultResolver,
    found: OnceLock<Endpoint>,
}

impl ResolveEndpoint for ResolvedOnce {
    fn resolve_endpoint<'a>(&'a self, params: &'a Params) -> EndpointFuture<'a> {
        match self.found.get() {
            Some(endpoint) => EndpointFuture::ready(Ok(endpoint.clone())),
            None => EndpointFuture::new(async {
                let endpoint = self.rules.resolve_endpoint(params).await?;
                Ok(self.found.get_or_init(|| endpoint).clone())
            }),
        }
    }
}

//! Ports on this machine, and what answers on them until it is told to stop.

use std::io::ErrorKind;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use anyhow::{Result, bail};
use axum::Router;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// How long requests under way may take to finish when the portal stops.
const GRACE: Duration = Duration::from_secs(3);

/// Takes a port on 127.0.0.1; 0 takes a free one.
pub async fn bind(port: u16) -> Result<TcpListener> {
    match TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await {
        Ok(listener) => Ok(listener),
        Err(cause) if cause.kind() == ErrorKind::AddrInUse => {
            bail!("port {port} is taken by another program (choose another with --port; --port 0 takes a free one)")
        }
        Err(cause) if cause.kind() == ErrorKind::PermissionDenied => {
            bail!("port {port} needs rights that this program does not have (choose one from 1024 with --port)")
        }
        Err(cause) => bail!("port {port} cannot be used: {cause}"),
    }
}

/// Something that answers requests.
#[derive(Debug)]
pub struct Server(JoinHandle<std::io::Result<()>>);

impl Server {
    /// Answers until `stop` changes.
    pub fn start(listener: TcpListener, router: Router, mut stop: watch::Receiver<()>) -> Self {
        let service = router.into_make_service_with_connect_info::<SocketAddr>();
        let stopped = async move {
            // A dropped sender stops it, too.
            let _ = stop.changed().await;
        };
        Self(tokio::spawn(axum::serve(listener, service).with_graceful_shutdown(stopped).into_future()))
    }

    /// Waits for requests under way, but not for ever: a page may hold a connection open.
    pub async fn finish(mut self) {
        if tokio::time::timeout(GRACE, &mut self.0).await.is_err() {
            self.0.abort();
        }
    }
}

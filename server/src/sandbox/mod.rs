//! The sandbox: a local Meta Graph API and a local Bictorys that speak the real wire.
//!
//! Nothing here knows the product: it was written from the public wire alone and imports neither
//! `adapters` nor `domain`, so two independent implementations keep each other honest.
//!
//! * `/graph/v25.0/{phone_number_id}/messages`: Meta's side (`meta`)
//! * `/bictorys/pay/v1/…` and `/checkout/{charge}`: the provider and its pages (`bictorys`)
//! * `/api/…`: the control interface of the phones page, of tests and of the crowd (`control`)
//! * `/faults`: who misbehaves, and how often (`faults_page`)
//! * everything else: the phones page (`page`)
//!
//! State lives in memory, bounded, and dies with the process.

mod bictorys;
mod clock;
mod config;
mod control;
mod counters;
mod deliver;
mod error;
mod events;
mod faults;
mod faults_page;
mod hub;
mod journal;
mod line;
mod meta;
mod misbehaviour;
mod page;
mod random;
mod seal;
#[cfg(test)]
mod specs;
mod world;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::middleware::from_fn;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

pub use config::{NumberSpec, SandboxConfig};
pub use error::SandboxError;
pub use faults::Faults;
pub use journal::Acknowledged;

pub(crate) use random::Random;
pub(crate) use world::{Button, Msg, Row};

use hub::Hub;

/// A running sandbox. Dropping it leaves the tasks running; call [`Sandbox::stop`].
pub struct Sandbox {
    /// Where it listens (useful when the configured port was 0).
    pub addr: SocketAddr,
    handle: JoinHandle<()>,
    hub: Arc<Hub>,
}

impl std::fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sandbox")
            .field("addr", &self.addr)
            .finish_non_exhaustive()
    }
}

impl Sandbox {
    /// Binds, starts the webhook postman and serves.
    ///
    /// # Errors
    /// [`SandboxError::Listen`] when the address is taken, [`SandboxError::Client`] when the HTTP
    /// client cannot be built.
    pub async fn start(config: SandboxConfig) -> Result<Self, SandboxError> {
        let listen = config.listen;
        let failed = |source| SandboxError::Listen { listen, source };
        let listener = TcpListener::bind(listen).await.map_err(failed)?;
        let addr = listener.local_addr().map_err(failed)?;
        let (hub, queue) = Hub::new(config, addr)?;
        tokio::spawn(deliver::run(Arc::clone(&hub), queue));
        let router = router(Arc::clone(&hub));
        let mut stopped = hub.stopped();
        let handle = tokio::spawn(async move {
            let stop = async move {
                // An error means that the sandbox itself is gone: the same thing.
                drop(stopped.wait_for(|stop| *stop).await);
            };
            let router = router.into_make_service_with_connect_info::<line::Cut>();
            if let Err(error) = axum::serve(line::Lines(listener), router)
                .with_graceful_shutdown(stop)
                .await
            {
                tracing::error!(%error, "the sandbox stopped serving");
            }
        });
        Ok(Self { addr, handle, hub })
    }

    /// The root of every address: `http://127.0.0.1:8081`.
    #[must_use]
    pub fn url(&self) -> String {
        self.hub.public_url.clone()
    }

    /// Adds a business number, or replaces the one with the same id.
    pub fn add_number(&self, spec: NumberSpec) {
        self.hub.world().add_number(spec);
    }

    /// Stops serving and posting; connections get two seconds to finish.
    pub async fn stop(mut self) {
        self.hub.stop();
        if tokio::time::timeout(Duration::from_secs(2), &mut self.handle)
            .await
            .is_err()
        {
            self.handle.abort();
        }
    }
}

fn router(hub: Arc<Hub>) -> Router {
    Router::new()
        .merge(meta::routes())
        .merge(bictorys::routes(&hub))
        .merge(faults_page::routes())
        .nest("/api", control::routes())
        .fallback(page::serve)
        .layer(from_fn(line::cut))
        .with_state(hub)
}

//! Why a sandbox does not start.

use std::net::SocketAddr;

/// Failures of [`super::Sandbox::start`].
#[derive(Debug, thiserror::Error)]
pub enum SandboxError {
    /// The port is taken or may not be bound: choose another one.
    #[error("the sandbox cannot listen on {listen}: {source}")]
    Listen {
        /// The address that was asked for.
        listen: SocketAddr,
        /// What the system said.
        source: std::io::Error,
    },
    /// The HTTP client that posts webhooks could not be built.
    #[error("the sandbox cannot build its HTTP client: {0}")]
    Client(#[from] reqwest::Error),
    /// The system gave no randomness to make unique ids from.
    #[error("the system gave no randomness: {0}")]
    Randomness(getrandom::Error),
}

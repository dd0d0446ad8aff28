//! The end of the house, as workers wait for it.

use tokio::sync::watch;

/// Resolves when the house is told to close (or nobody can tell it any more).
pub async fn stopped(stop: &mut watch::Receiver<bool>) {
    let _closed = stop.wait_for(|stopped| *stopped).await.is_ok();
}

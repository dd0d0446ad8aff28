//! The accept loop. A plain `axum::serve` never closes a client that sends its headers a byte at
//! a time, or nothing at all; hyper's HTTP/1 builder with a timer does (faults.md F5, F6).

use std::time::Duration;

use crate::stop::stopped;
use axum::Router;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;

/// Headers must be complete by then.
const HEADERS: Duration = Duration::from_secs(5);
/// What is under way when the house closes has this long.
const DRAIN: Duration = Duration::from_secs(25);
/// Connections at once; more wait in the kernel's queue.
const CONNECTIONS: usize = 20_000;
/// Bytes read ahead per connection: small, because most of them are idle dashboards.
const BUFFER: usize = 16 * 1024;

/// Serves until `stop` turns true, then drains.
pub async fn serve(listener: TcpListener, router: Router, mut stop: watch::Receiver<bool>) {
    let places = std::sync::Arc::new(Semaphore::new(CONNECTIONS));
    let mut open = JoinSet::new();
    loop {
        let Ok(place) = std::sync::Arc::clone(&places).acquire_owned().await else {
            break;
        };
        let stream = tokio::select! {
            accepted = listener.accept() => accepted,
            () = stopped(&mut stop) => break,
            Some(_) = open.join_next(), if !open.is_empty() => continue,
        };
        let Ok((stream, _peer)) = stream else {
            // Out of file descriptors, most likely: wait for some to come free.
            tokio::time::sleep(Duration::from_millis(100)).await;
            continue;
        };
        let _sent_small = stream.set_nodelay(true);
        let router = router.clone();
        let mut stop = stop.clone();
        open.spawn(async move {
            let _place = place;
            let connection = hyper::server::conn::http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(HEADERS)
                .max_buf_size(BUFFER)
                .keep_alive(true)
                .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router))
                .with_upgrades();
            tokio::pin!(connection);
            tokio::select! {
                _ended = connection.as_mut() => {}
                () = stopped(&mut stop) => {
                    connection.as_mut().graceful_shutdown();
                    let _ended = connection.await;
                }
            }
        });
    }
    let drained = async { while open.join_next().await.is_some() {} };
    let _late = tokio::time::timeout(DRAIN, drained).await;
}

//! `WS /api/events`: what happens, as it happens.

use std::sync::Arc;

use axum::extract::State;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::response::Response;
use tokio::sync::broadcast::error::RecvError;

use crate::sandbox::hub::Hub;

/// Opens the stream. A listener that is too slow gets `{"type":"lagged","missed":n}` and should
/// read `/api/world` again.
pub(super) async fn events(State(hub): State<Arc<Hub>>, upgrade: WebSocketUpgrade) -> Response {
    // Subscribed before the answer: nothing that happens after the 101 is missed.
    let listener = hub.events.listen();
    upgrade.on_upgrade(move |socket| run(hub, socket, listener))
}

async fn run(
    hub: Arc<Hub>,
    mut socket: WebSocket,
    mut listener: tokio::sync::broadcast::Receiver<Arc<str>>,
) {
    let mut stopped = hub.stopped();
    loop {
        let frame = tokio::select! {
            _ = stopped.wait_for(|stop| *stop) => return,
            incoming = socket.recv() => match incoming {
                Some(Ok(_)) => continue,
                _ => return,
            },
            event = listener.recv() => match event {
                Ok(frame) => frame.to_string(),
                Err(RecvError::Lagged(missed)) => {
                    format!("{{\"type\":\"lagged\",\"missed\":{missed}}}")
                }
                Err(RecvError::Closed) => return,
            },
        };
        if socket.send(Message::text(frame)).await.is_err() {
            return;
        }
    }
}

//! `GET /ws?after=SEQ`: the socket of a live page.

use std::{sync::Arc, time::Duration};

use axum::{
    Extension,
    body::Bytes,
    extract::{
        Query, State, WebSocketUpgrade,
        ws::{CloseFrame, Message, WebSocket},
    },
    http::{HeaderMap, StatusCode, Uri, header},
    response::Response,
};
use tokio::time::{Instant, MissedTickBehavior, interval_at, timeout};

use super::{
    Hub, SignedIn,
    board::problem,
    frame::Frame,
    viewer::{Busy, Viewer},
};

/// The largest message a page may send us (it sends none).
const MESSAGE_MAX: usize = 64 << 10;
/// Bytes gathered before they are written, and the most that may wait to be.
const WRITE_BUFFER: usize = 16 << 10;
const WRITE_BUFFER_MAX: usize = 2 << 20;
/// How often a page hears that the line is alive.
const PING: Duration = Duration::from_secs(10);
/// A page that answers nothing for this long is gone.
const SILENCE: Duration = Duration::from_secs(35);
/// A page that takes a frame slower than this is gone.
const SEND: Duration = Duration::from_secs(10);
/// Our own close code: come back with the sequence you have.
const RESYNC: u16 = 4_000;
/// RFC 6455: going away for now.
const AWAY: u16 = 1_013;

#[derive(Debug, serde::Deserialize)]
pub(super) struct Asked {
    after: Option<i64>,
}

pub(super) async fn upgrade(
    State(hub): State<Arc<Hub>>,
    signed_in: Option<Extension<SignedIn>>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Response {
    // A browser sends cookies with sockets opened by any site: only our own page may.
    if !same_origin(&headers) {
        return problem(
            StatusCode::FORBIDDEN,
            "this page may not be watched from another site",
        );
    }
    let Some(Extension(signed_in)) = signed_in else {
        return problem(StatusCode::UNAUTHORIZED, "sign in first");
    };
    upgrade
        .max_message_size(MESSAGE_MAX)
        .max_frame_size(MESSAGE_MAX)
        .write_buffer_size(WRITE_BUFFER)
        .max_write_buffer_size(WRITE_BUFFER_MAX)
        .on_upgrade(move |socket| watch(hub, signed_in, asked.after, socket))
}

/// True if the Origin names the very host (and port) that was asked.
pub(super) fn same_origin(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let origin = text(header::ORIGIN).and_then(|origin| origin.parse::<Uri>().ok());
    let authority = origin.as_ref().and_then(Uri::authority);
    match (authority, text(header::HOST)) {
        (Some(authority), Some(host)) => authority.as_str().eq_ignore_ascii_case(host),
        _ => false,
    }
}

async fn watch(hub: Arc<Hub>, who: SignedIn, after: Option<i64>, mut socket: WebSocket) {
    let reason = match hub.subscribe(who.shop, after).await {
        Ok(mut viewer) => match serve(&hub, &mut viewer, &mut socket).await {
            End::Gone => return,
            End::Resync => (RESYNC, "resync"),
        },
        Err(Busy::Full) => (AWAY, "too many pages are open"),
        Err(Busy::Unknown) => (AWAY, "the shop is not open yet"),
        Err(Busy::Failed(error)) => {
            tracing::warn!(%error, shop = %who.shop, "a page could not be opened");
            (AWAY, "try again")
        }
    };
    let (code, reason) = reason;
    let close = Message::Close(Some(CloseFrame {
        code,
        reason: reason.into(),
    }));
    // If she is gone already there is nobody to tell.
    drop(timeout(SEND, socket.send(close)).await);
}

enum End {
    /// She left, or cannot be reached.
    Gone,
    /// She is too slow: she has to start over.
    Resync,
}

async fn serve(hub: &Hub, viewer: &mut Viewer, socket: &mut WebSocket) -> End {
    let mut ping = interval_at(Instant::now() + PING, PING);
    ping.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut heard = Instant::now();
    loop {
        tokio::select! {
            frame = viewer.next() => {
                let Some(frame) = frame else { return End::Resync };
                if !send(socket, Message::Text(frame.text)).await {
                    return End::Gone;
                }
            }
            message = socket.recv() => match message {
                Some(Ok(Message::Close(_)) | Err(_)) | None => return End::Gone,
                // Pages have nothing to say here; whatever comes proves the line.
                Some(Ok(_)) => heard = Instant::now(),
            },
            _ = ping.tick() => {
                if heard.elapsed() > SILENCE {
                    return End::Gone;
                }
                let Ok(alive) = Frame::ping(hub.now(), viewer.told()) else { return End::Gone };
                let sent = send(socket, Message::Text(alive.text)).await
                    // Browsers answer this one by themselves.
                    && send(socket, Message::Ping(Bytes::new())).await;
                if !sent {
                    return End::Gone;
                }
            }
        }
    }
}

async fn send(socket: &mut WebSocket, message: Message) -> bool {
    matches!(timeout(SEND, socket.send(message)).await, Ok(Ok(())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(origin: Option<&str>, host: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, host.parse().unwrap());
        if let Some(origin) = origin {
            headers.insert(header::ORIGIN, origin.parse().unwrap());
        }
        headers
    }

    #[test]
    fn only_our_own_page_may_open_a_socket() {
        let host = "127.0.0.1:8080";
        assert!(same_origin(&headers(Some("http://127.0.0.1:8080"), host)));
        assert!(same_origin(&headers(
            Some("https://LivePay.sn"),
            "livepay.sn"
        )));
        for origin in [
            "http://127.0.0.1:8081",
            "https://evil.test",
            "null",
            "",
            "127.0.0.1",
        ] {
            assert!(!same_origin(&headers(Some(origin), host)), "{origin}");
        }
        assert!(
            !same_origin(&headers(None, host)),
            "no Origin is no browser of ours"
        );
    }
}

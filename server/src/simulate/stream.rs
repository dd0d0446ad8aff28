//! The sandbox's stream, shared out to the buyers.

use std::collections::HashMap;
use std::sync::Arc;

use futures_util::StreamExt as _;
use serde::Deserialize;
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use super::diary::What;
use super::error::SimulateError;
use super::tally::Tally;
use crate::sandbox::Msg;

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// An open stream. Register every buyer, then start it.
pub(super) struct Stream {
    socket: Option<Socket>,
    inboxes: HashMap<String, mpsc::UnboundedSender<Msg>>,
    tally: Arc<Tally>,
    task: Option<JoinHandle<()>>,
}

/// The frames that matter here; all others become `Other`.
#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Frame {
    Message {
        phone: String,
        message: Box<Msg>,
    },
    Lagged {
        missed: u64,
    },
    #[serde(other)]
    Other,
}

impl Stream {
    pub(super) async fn open(sandbox_url: &str, tally: Arc<Tally>) -> Result<Self, SimulateError> {
        let root = sandbox_url.trim_end_matches('/').replacen("http", "ws", 1);
        let (socket, _) = connect_async(format!("{root}/api/events"))
            .await
            .map_err(Box::new)?;
        Ok(Self {
            socket: Some(socket),
            inboxes: HashMap::new(),
            tally,
            task: None,
        })
    }

    /// The shop's messages to this phone, from now on.
    pub(super) fn listen(&mut self, phone: &str) -> mpsc::UnboundedReceiver<Msg> {
        let (sender, receiver) = mpsc::unbounded_channel();
        self.inboxes.insert(phone.to_owned(), sender);
        receiver
    }

    /// Begins to share frames out. What came before waits in the socket.
    pub(super) fn start(&mut self) {
        let Some(socket) = self.socket.take() else {
            return;
        };
        let inboxes = std::mem::take(&mut self.inboxes);
        self.task = Some(tokio::spawn(share_out(
            socket,
            inboxes,
            Arc::clone(&self.tally),
        )));
    }

    pub(super) fn stop(self) {
        if let Some(task) = self.task {
            task.abort();
        }
    }
}

async fn share_out(
    mut socket: Socket,
    inboxes: HashMap<String, mpsc::UnboundedSender<Msg>>,
    tally: Arc<Tally>,
) {
    while let Some(Ok(frame)) = socket.next().await {
        let Message::Text(text) = frame else { continue };
        match serde_json::from_str(&text) {
            Ok(Frame::Message { phone, message }) if message.from == "shop" => {
                if let Some(inbox) = inboxes.get(&phone) {
                    tally.count(|t| t.messages_read += 1);
                    tally.note(&message.number, What::Read);
                    // A buyer who has left does not read any more.
                    drop(inbox.send(*message));
                }
            }
            Ok(Frame::Lagged { missed }) => tally.count(|t| t.missed_frames += missed),
            Ok(_) => {}
            Err(_unreadable) => tally.count(|t| t.missed_frames += 1),
        }
    }
}

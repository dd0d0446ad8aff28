//! The live stream of `/api/events`: what just happened, for pages and for the crowd.

use std::sync::Arc;

use serde::Serialize;
use tokio::sync::broadcast;

use super::bictorys::ChargeView;
use super::world::Msg;

/// Frames a slow listener may be behind before it is told how many it missed.
const BEHIND: usize = 16_384;

/// One frame, as JSON with its `type`.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(super) enum Event<'a> {
    /// A message appeared on a phone, from either side.
    Message { phone: &'a str, message: &'a Msg },
    /// A message's ticks moved.
    Status {
        phone: &'a str,
        wamid: &'a str,
        status: &'a str,
    },
    /// A phone was added.
    Phone { phone: &'a serde_json::Value },
    /// A charge was created or changed.
    Charge { charge: &'a ChargeView },
}

/// The sending half, shared by everything in the sandbox.
pub(super) struct Events(broadcast::Sender<Arc<str>>);

impl Events {
    pub(super) fn new() -> Self {
        Self(broadcast::channel(BEHIND).0)
    }

    /// Serialised once, and only when somebody listens.
    pub(super) fn send(&self, event: &Event<'_>) {
        if self.0.receiver_count() == 0 {
            return;
        }
        match serde_json::to_string(event) {
            Ok(frame) => drop(self.0.send(Arc::from(frame))),
            Err(error) => tracing::error!(%error, "an event could not be written"),
        }
    }

    pub(super) fn listen(&self) -> broadcast::Receiver<Arc<str>> {
        self.0.subscribe()
    }
}

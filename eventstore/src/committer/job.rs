//! One command on its way through.

use std::sync::Arc;

use tokio::sync::oneshot;
use uuid::Uuid;

use crate::{Answered, Decider, Lane, SubmitError};

/// A command, who waits for it, and what is known of it.
pub(crate) struct Job<D: Decider> {
    pub(crate) stream: Uuid,
    pub(crate) lane: Lane,
    pub(crate) id: Uuid,
    pub(crate) command: D::Command,
    /// `None` for a sweep: nobody waits.
    pub(crate) reply: Option<oneshot::Sender<Result<Answered, SubmitError>>>,
    /// The id may have been seen: the receipts must be asked before deciding.
    pub(super) ask: bool,
    /// The receipts are being asked.
    pub(super) asked: bool,
    /// How often it failed alone.
    pub(super) tries: u8,
}

impl<D: Decider> Job<D> {
    pub(crate) fn new(
        stream: Uuid,
        command: D::Command,
        reply: Option<oneshot::Sender<Result<Answered, SubmitError>>>,
    ) -> Self {
        Self {
            stream,
            lane: Lane::of(stream),
            id: D::command_id(&command),
            ask: !D::fresh(&command),
            command,
            reply,
            asked: false,
            tries: 0,
        }
    }

    /// Answers. A caller who went away does not mind.
    pub(super) fn answer(self, answer: Result<Answered, SubmitError>) {
        if let Some(reply) = self.reply {
            drop(reply.send(answer));
        }
    }

    pub(super) fn repeated(self, outcome: Arc<str>, pos: i64, seq: i64) {
        let lane = self.lane;
        self.answer(Ok(Answered {
            outcome,
            lane,
            pos,
            seq,
            repeated: true,
        }));
    }
}

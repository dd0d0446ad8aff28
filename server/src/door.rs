//! The one door: everything that changes a shop passes here (architecture.md, law 2).
//!
//! The shop's owner decides. On the wrong node the command is carried to the owner, once, with
//! the shared node secret; its id makes a second arrival harmless.

use std::sync::Arc;

use domain::command::{Answer, Envelope};
use eventstore::{Lane, Log, SubmitError};
use serde::{Deserialize, Serialize};

use crate::decider::Shops;

/// The header that proves a node of ours speaks.
pub const NODE_SECRET: &str = "x-livepay-node";

/// A command that is done, and where its facts stand in the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// How it went.
    pub answer: Answer,
    /// The shop's lane.
    pub lane: i16,
    /// The lane's position after it.
    pub pos: i64,
    /// The shop's sequence after it.
    pub seq: i64,
    /// Whether it had been done before.
    pub repeated: bool,
}

/// Why a command has no answer yet.
#[derive(Debug, thiserror::Error)]
pub enum DoorError {
    /// The log's own reason.
    #[error(transparent)]
    Log(#[from] SubmitError),
    /// The owner could not be reached or did not answer in our words.
    #[error("the owner of the shop did not answer: {0}")]
    Owner(String),
}

impl DoorError {
    /// Whether the same command may be brought again in a moment.
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Log(SubmitError::Parked(_)) => false,
            Self::Log(_) | Self::Owner(_) => true,
        }
    }
}

/// The door of this node.
#[derive(Clone)]
pub struct Door {
    log: Arc<Log<Shops>>,
    http: reqwest::Client,
    secret: Arc<str>,
}

impl std::fmt::Debug for Door {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Door")
    }
}

impl Door {
    /// The door before a log, with what carries a command to another node.
    pub fn new(log: Arc<Log<Shops>>, http: reqwest::Client, secret: Arc<str>) -> Self {
        Self { log, http, secret }
    }

    /// The log behind the door.
    pub fn log(&self) -> &Arc<Log<Shops>> {
        &self.log
    }

    /// Whether a request bears the node secret; compared in constant time.
    pub fn is_node(&self, given: &[u8]) -> bool {
        subtle::ConstantTimeEq::ct_eq(given, self.secret.as_bytes()).into()
    }

    /// Brings a command to its shop and waits for the commit.
    pub async fn bring(&self, envelope: Envelope) -> Result<Receipt, DoorError> {
        // A copy for the road, only when another node is known to exist.
        match self.here(envelope.clone()).await {
            Err(DoorError::Log(SubmitError::NotOwner { url: Some(url) })) => {
                self.carry(&url, &envelope).await
            }
            done => done,
        }
    }

    /// Decides here or not at all: what a forwarded command gets.
    pub async fn here(&self, envelope: Envelope) -> Result<Receipt, DoorError> {
        let answered = self.log.submit(envelope.shop.0, envelope).await?;
        crate::crash::point("committed");
        let answer = crate::decider::answer(&answered.outcome)
            .map_err(|error| SubmitError::Parked(error.to_string()))?;
        let lane: Lane = answered.lane;
        Ok(Receipt {
            answer,
            lane: lane.number(),
            pos: answered.pos,
            seq: answered.seq,
            repeated: answered.repeated,
        })
    }

    async fn carry(&self, url: &str, envelope: &Envelope) -> Result<Receipt, DoorError> {
        let lost = |error: reqwest::Error| DoorError::Owner(error.without_url().to_string());
        let answer = self
            .http
            .post(format!("{url}/internal/commands"))
            .header(NODE_SECRET, self.secret.as_ref())
            .json(envelope)
            .send()
            .await
            .map_err(lost)?;
        if !answer.status().is_success() {
            return Err(DoorError::Owner(format!(
                "status {}",
                answer.status().as_u16()
            )));
        }
        answer.json().await.map_err(lost)
    }
}

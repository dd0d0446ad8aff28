//! The grouping task: what arrives within 2 ms is one INSERT.

use std::{collections::HashMap, sync::Arc};

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use sqlx::{PgPool, Row};
use tokio::sync::{mpsc, oneshot};

use super::{Accepted, InboxError, TOGETHER};
use crate::{
    Clock,
    column::column,
    seal::{self, DayKeys},
};

const INSERT: &str = include_str!("../../sql/inbox_insert.sql");

/// POSTs and bytes per INSERT.
const GROUP: usize = 500;
const BYTES: usize = 8 << 20;

#[derive(Debug)]
pub(super) struct Arrival {
    pub(super) door: String,
    pub(super) body: Vec<u8>,
    pub(super) reply: oneshot::Sender<Result<Accepted, String>>,
}

/// Numbers for items adopted from another node; the answer is the one before the first.
#[derive(Debug)]
pub(super) struct Reserve {
    pub(super) count: i64,
    pub(super) reply: oneshot::Sender<i64>,
}

pub(super) struct Writer {
    pub(super) pool: PgPool,
    pub(super) node: String,
    pub(super) keys: Arc<DayKeys>,
    pub(super) clock: Clock,
    /// The last number given.
    pub(super) last: i64,
}

impl Writer {
    pub(super) async fn run(
        mut self,
        mut waiting: mpsc::Receiver<Arrival>,
        mut reserved: mpsc::Receiver<Reserve>,
    ) {
        loop {
            let first = tokio::select! {
                arrival = waiting.recv() => match arrival {
                    Some(arrival) => arrival,
                    None => return,
                },
                Some(Reserve { count, reply }) = reserved.recv() => {
                    let base = self.last;
                    self.last = self.last.saturating_add(count);
                    reply.send(base).unwrap_or_default();
                    continue;
                }
            };
            let group = gather(first, &mut waiting).await;
            self.write(group).await;
        }
    }

    async fn write(&mut self, group: Vec<Arrival>) {
        let base = self.last;
        self.last = self
            .last
            .saturating_add(i64::try_from(group.len()).unwrap_or(i64::MAX));
        match self.insert(base, &group).await {
            Ok(kept) => {
                for (n, arrival) in (base.saturating_add(1)..).zip(group) {
                    let accepted = match kept.get(&n) {
                        Some(received_at) => Accepted::New {
                            n,
                            received_at: *received_at,
                        },
                        None => Accepted::Seen,
                    };
                    drop(arrival.reply.send(Ok(accepted)));
                }
            }
            Err(error) => {
                tracing::error!(%error, posts = group.len(), "the inbox cannot write");
                let error = error.to_string();
                for arrival in group {
                    drop(arrival.reply.send(Err(error.clone())));
                }
            }
        }
    }

    async fn insert(
        &self,
        base: i64,
        group: &[Arrival],
    ) -> Result<HashMap<i64, DateTime<Utc>>, InboxError> {
        let day = self.clock.now().date_naive();
        let key = self.keys.make(day).await?;
        let mut bodies = Vec::with_capacity(group.len());
        for arrival in group {
            let sealed = seal::seal_bytes(&key, arrival.door.as_bytes(), &arrival.body);
            bodies.push(sealed.map_err(seal::DayKeyError::from)?);
        }
        let numbers = (base.saturating_add(1)..).take(group.len());
        let sha = |arrival: &Arrival| Sha256::digest(&arrival.body).to_vec();
        let rows = sqlx::query(INSERT)
            .bind(&self.node)
            .bind(column(numbers))
            .bind(column(group.iter().map(|arrival| arrival.door.as_str())))
            .bind(column(group.iter().map(sha)))
            .bind(day)
            .bind(bodies)
            .fetch_all(&self.pool)
            .await?;
        let mut kept = HashMap::with_capacity(rows.len());
        for row in rows {
            kept.insert(row.try_get("n")?, row.try_get("received_at")?);
        }
        Ok(kept)
    }
}

/// The first arrival and its company.
async fn gather(first: Arrival, waiting: &mut mpsc::Receiver<Arrival>) -> Vec<Arrival> {
    let until = tokio::time::Instant::now() + TOGETHER;
    let mut bytes = first.body.len();
    let mut group = vec![first];
    while group.len() < GROUP && bytes < BYTES {
        match tokio::time::timeout_at(until, waiting.recv()).await {
            Ok(Some(arrival)) => {
                bytes = bytes.saturating_add(arrival.body.len());
                group.push(arrival);
            }
            Ok(None) | Err(_) => break,
        }
    }
    group
}

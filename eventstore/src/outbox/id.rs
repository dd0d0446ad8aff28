//! A promise's name, small enough to ride along with a message.

use std::{fmt, str::FromStr};

use sqlx::{Row, postgres::PgRow};

use crate::Lane;

/// Written `lane-batch-n`, all decimal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OutboxId {
    pub lane: Lane,
    pub batch: i64,
    pub n: i32,
}

/// A text that names no promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an outbox id")]
pub struct BadOutboxId;

impl fmt::Display for OutboxId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}-{}", self.lane.number(), self.batch, self.n)
    }
}

impl FromStr for OutboxId {
    type Err = BadOutboxId;

    fn from_str(text: &str) -> Result<Self, BadOutboxId> {
        let mut parts = text.splitn(3, '-');
        let mut next = || parts.next().ok_or(BadOutboxId);
        let (lane, batch, n) = (next()?, next()?, next()?);
        let lane = lane
            .parse()
            .ok()
            .and_then(Lane::from_number)
            .ok_or(BadOutboxId)?;
        let batch = batch.parse().map_err(|_not| BadOutboxId)?;
        let n = n.parse().map_err(|_not| BadOutboxId)?;
        Ok(Self { lane, batch, n })
    }
}

impl OutboxId {
    pub(super) fn of_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        let lane = Lane::from_number(row.try_get("lane")?);
        let lane = lane.ok_or_else(|| sqlx::Error::Decode("a lane out of range".into()))?;
        Ok(Self {
            lane,
            batch: row.try_get("batch")?,
            n: row.try_get("n")?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes_and_nothing_else() {
        let id = OutboxId {
            lane: Lane::from_number(255).unwrap(),
            batch: 1 << 40,
            n: 7,
        };
        assert_eq!(id.to_string(), "255-1099511627776-7");
        assert_eq!(id.to_string().parse(), Ok(id));
        for bad in ["", "1-2", "256-1-1", "a-1-1", "1-2-3-4", "1--2-3"] {
            assert_eq!(bad.parse::<OutboxId>(), Err(BadOutboxId), "{bad}");
        }
    }
}

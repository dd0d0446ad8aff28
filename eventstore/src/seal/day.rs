//! One key per day for raw webhook bodies: destroy the row and the day's bodies are gone.

use std::{collections::HashMap, sync::Arc};

use chrono::NaiveDate;
use sqlx::PgPool;
use tokio::sync::Mutex;

use super::{DataKey, MasterKey, SealError};

const MAKE: &str = include_str!("../../sql/day_key_make.sql");
const READ: &str = include_str!("../../sql/day_key_read.sql");

/// The days' keys, read or made on demand.
#[derive(Debug)]
pub struct DayKeys {
    pool: PgPool,
    master: Arc<MasterKey>,
    known: Mutex<HashMap<NaiveDate, DataKey>>,
}

/// A day's key could not be had.
#[derive(Debug, thiserror::Error)]
pub enum DayKeyError {
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    #[error(transparent)]
    Seal(#[from] SealError),
}

impl DayKeys {
    pub fn new(pool: PgPool, master: Arc<MasterKey>) -> Self {
        Self {
            pool,
            master,
            known: Mutex::new(HashMap::new()),
        }
    }

    /// The day's key, made if the day has none yet. Two nodes that race agree on the first.
    pub async fn make(&self, day: NaiveDate) -> Result<DataKey, DayKeyError> {
        if let Some(key) = self.known.lock().await.get(&day) {
            return Ok(key.clone());
        }
        let aad = day.to_string();
        let wrapped = self.master.wrap(aad.as_bytes(), &DataKey::random()?)?;
        sqlx::query(MAKE)
            .bind(day)
            .bind(wrapped)
            .execute(&self.pool)
            .await?;
        self.read(day)
            .await?
            .ok_or(DayKeyError::Seal(SealError::Malformed))
    }

    /// The day's key; `None` once the day was destroyed.
    pub async fn read(&self, day: NaiveDate) -> Result<Option<DataKey>, DayKeyError> {
        if let Some(key) = self.known.lock().await.get(&day) {
            return Ok(Some(key.clone()));
        }
        let row: Option<Vec<u8>> = sqlx::query_scalar(READ)
            .bind(day)
            .fetch_optional(&self.pool)
            .await?;
        let Some(wrapped) = row else { return Ok(None) };
        let key = self
            .master
            .unwrap_key(day.to_string().as_bytes(), &wrapped)?;
        self.known.lock().await.insert(day, key.clone());
        Ok(Some(key))
    }
}

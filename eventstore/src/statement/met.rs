//! What became of a line: its shop took it in, nobody knew it, or the provider denies it.

use std::time::Duration;

use sqlx::Row as _;
use uuid::Uuid;

use super::Statement;

const MET: &str = include_str!("../../sql/statement_met.sql");
const STRANGER: &str = include_str!("../../sql/statement_stranger.sql");
const DOUBTFUL: &str = include_str!("../../sql/statement_doubtful.sql");
const LATER: &str = include_str!("../../sql/statement_later.sql");
const ALARM: &str = include_str!("../../sql/statement_alarm.sql");

/// Money that belongs to nobody, told once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alarm {
    /// The provider's id of it.
    pub transaction: String,
    /// Minor units, where readable.
    pub amount: Option<i64>,
    /// ISO 4217.
    pub currency: Option<String>,
    /// The shop its reference names, where it is of our shape.
    pub shop: Option<Uuid>,
}

impl Statement {
    /// Its shop took this status in.
    pub async fn met(
        &self,
        account: &str,
        transaction: &str,
        status: &str,
    ) -> Result<(), sqlx::Error> {
        let query = sqlx::query(MET).bind(account).bind(transaction);
        query.bind(status).execute(&self.pool).await?;
        Ok(())
    }

    /// Nobody knew it: asked again after 1 s, 5 s and 30 s, then unmatched and asked daily.
    pub async fn stranger(&self, account: &str, transaction: &str) -> Result<(), sqlx::Error> {
        let query = sqlx::query(STRANGER).bind(account).bind(transaction);
        query.execute(&self.pool).await?;
        Ok(())
    }

    /// Transactions that were only hinted and that nobody else asks the provider about.
    pub async fn doubtful(&self, account: &str, limit: i64) -> Result<Vec<String>, sqlx::Error> {
        let query = sqlx::query_scalar(DOUBTFUL).bind(account).bind(limit);
        query.fetch_all(&self.pool).await
    }

    /// A hint could not be read back: again after `wait`; `None`: never, the provider denies it.
    pub async fn later(
        &self,
        account: &str,
        transaction: &str,
        wait: Option<Duration>,
    ) -> Result<(), sqlx::Error> {
        let query = sqlx::query(LATER).bind(account).bind(transaction);
        let seconds = wait.map(|wait| wait.as_secs_f64());
        query.bind(seconds).execute(&self.pool).await?;
        Ok(())
    }

    /// Unmatched money nobody was told of yet. The caller tells it: it is not given twice.
    pub async fn alarm(&self, account: &str) -> Result<Vec<Alarm>, sqlx::Error> {
        let mut alarms = Vec::new();
        for row in sqlx::query(ALARM)
            .bind(account)
            .fetch_all(&self.pool)
            .await?
        {
            alarms.push(Alarm {
                transaction: row.try_get("transaction_id")?,
                amount: row.try_get("amount")?,
                currency: row.try_get("currency")?,
                shop: row.try_get("shop_id")?,
            });
        }
        Ok(alarms)
    }
}

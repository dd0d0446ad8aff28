//! Two sets of tables under the same names: the live one, and the one a rebuild is filling.

use sqlx::{PgConnection, PgPool, Postgres, Transaction};
use uuid::Uuid;

use crate::{ApplyError, tables::AS_PROJECTOR};

/// The schemas. What is said without a schema (tables, `checkpoint`, `park`, `version`) is looked
/// up in the first and then in `public`.
///
/// The program thinks between two statements; a window of 50 000 events may take it a moment.
const AS_REBUILD: &str = "SELECT set_config('role', 'livepay_projector', true), \
     set_config('synchronous_commit', 'off', true), \
     set_config('search_path', 'reading_next, public', true), \
     set_config('idle_in_transaction_session_timeout', '30s', true)";

/// Which set of tables a transaction moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Generation {
    Live,
    /// The one being filled, by the holder of the rebuild's lease and nobody else.
    Next(Uuid),
}

impl Generation {
    /// A transaction in which its tables are the ones meant.
    pub(crate) async fn begin(
        self,
        pool: &PgPool,
    ) -> Result<Transaction<'static, Postgres>, sqlx::Error> {
        let mut tx = pool.begin().await?;
        self.enter(&mut tx).await?;
        Ok(tx)
    }

    /// Makes its tables the ones meant, until the transaction ends.
    pub(crate) async fn enter(self, conn: &mut PgConnection) -> Result<(), sqlx::Error> {
        let settings = match self {
            Self::Live => AS_PROJECTOR,
            Self::Next(_) => AS_REBUILD,
        };
        if matches!(self, Self::Next(_)) {
            // A plan made while these tables did not exist names those of `public`, and PostgreSQL
            // does not look again when they are made.
            sqlx::raw_sql("DISCARD PLANS").execute(&mut *conn).await?;
        }
        sqlx::query(settings).execute(conn).await?;
        Ok(())
    }

    /// The last statement before a commit: whoever lost the lease writes nothing. Holding the row
    /// until the commit keeps a successor out for that moment.
    pub(crate) async fn fence(self, conn: &mut PgConnection) -> Result<(), ApplyError> {
        let Self::Next(holder) = self else {
            return Ok(());
        };
        let ours: Option<bool> = sqlx::query_scalar(
            "SELECT true FROM public.rebuild
              WHERE holder = $1 AND lease_until > clock_timestamp() FOR SHARE",
        )
        .bind(holder)
        .fetch_optional(conn)
        .await?;
        ours.map(|_yes| ()).ok_or(ApplyError::LeaseLost)
    }
}

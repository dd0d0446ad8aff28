//! Why a rebuild did not go live.

use chrono::{DateTime, Utc};

use crate::{ApplyError, Parked};

use super::Differing;

/// Why a rebuild did not go live. The live tables are as they were.
#[derive(Debug, thiserror::Error)]
pub enum RebuildError {
    #[error("there is no read model called {0}")]
    NoSuchModel(String),
    #[error("no read model was named")]
    NoModel,
    /// One runs already; its lease ends then unless it is renewed.
    #[error("a rebuild is under way (its lease runs until {0})")]
    Busy(DateTime<Utc>),
    #[error("the live tables were made anew meanwhile")]
    StartedOver,
    /// Shops that were not parked before.
    #[error("{} shop(s) would be parked that are not parked now", .0.len())]
    Parked(Vec<Parked>),
    /// The same version, another content.
    #[error("the new tables differ from the old ones of the same version")]
    Differs(Vec<Differing>),
    #[error(transparent)]
    Apply(#[from] ApplyError),
}

impl From<sqlx::Error> for RebuildError {
    fn from(error: sqlx::Error) -> Self {
        Self::Apply(ApplyError::Database(error))
    }
}

impl RebuildError {
    /// Somebody held what we wanted: locks not had in time, a deadlock, rows that moved.
    pub(super) fn is_in_the_way(&self) -> bool {
        let Self::Apply(ApplyError::Database(sqlx::Error::Database(error))) = self else {
            return false;
        };
        matches!(error.code().as_deref(), Some("55P03" | "40P01" | "40001"))
    }

    /// A person has to decide; the new tables are kept to look at.
    pub(super) fn is_refusal(&self) -> bool {
        matches!(self, Self::Parked(_) | Self::Differs(_))
    }
}

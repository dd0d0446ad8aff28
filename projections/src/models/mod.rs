//! The read models, one file each. To add one: write its file, add its word below.

use std::pin::Pin;

use sqlx::PgConnection;

use crate::told::{ApplyError, Told};

/// What applying a batch resolves to.
type Applying<'a> = Pin<Box<dyn Future<Output = Result<(), ApplyError>> + Send + 'a>>;

/// One read model, as the runner sees it.
#[derive(Clone, Copy, Debug)]
pub struct Model {
    /// Its name in the tables `park` and `reading.version`.
    pub name: &'static str,
    /// Raised whenever its table or the way it is filled changes: the tables are then rebuilt.
    pub version: i32,
    /// SQL that creates its tables and indexes in the schema `reading`.
    pub table: &'static str,
    /// Moves its rows by a batch: events of one lane are in order, lanes are independent.
    pub(crate) apply: for<'a> fn(&'a mut PgConnection, &'a [&'a Told]) -> Applying<'a>,
}

macro_rules! projections {
    [$($model:ident),+ $(,)?] => {
        $(pub mod $model;)+

        /// Every read model, in the order they are applied.
        pub const MODELS: &[Model] = &[$(Model {
            name: stringify!($model),
            version: $model::VERSION,
            table: $model::TABLE,
            apply: |conn, batch| Box::pin($model::apply(conn, batch)),
        }),+];
    };
}

projections![
    shops,
    lives,
    clients,
    trust,
    stock,
    orders,
    attempts,
    refunds,
    waitlists,
    cancellations,
    minutes,
    summaries,
    together
];

//! Live pages: one hub per process, one room per shop that somebody watches.
//!
//! ```text
//! Applied ──► dirty rows of the room ──► one query, one frame ──► every viewer's bounded queue
//!                                             └──► the last 1 000 frames, for who reconnects
//! ```
//!
//! A frame carries the shop's newest sequence and the changed rows as they are now: taking one
//! twice, or a newer row with an older frame, changes nothing. Whoever is too slow is closed with
//! "resync" and comes back with `after=`; whoever was away too long gets a snapshot that says so.

mod board;
mod build;
mod frame;
mod listen;
mod names;
mod room;
mod viewer;
mod ws;

use std::sync::Arc;

use axum::{Router, routing::get};
use chrono::{DateTime, Utc};
use dashmap::DashMap;
use domain::ids::ShopId;
use projections::Applied;
use sqlx::PgPool;
use tokio::{sync::broadcast, task::JoinHandle};

pub use build::BuildError;
pub use frame::Frame;
pub use names::{Names, Opened};
pub use viewer::{Busy, Viewer};

use room::Room;

/// Who is signed in: put into the request's extensions by the session layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignedIn {
    /// The shop whose page it is.
    pub shop: ShopId,
}

/// Whether a request comes from a page of our own: its Origin is the very host that was asked.
pub fn own_page(headers: &axum::http::HeaderMap) -> bool {
    ws::same_origin(headers)
}

/// Tells the time; the log's clock in production.
pub type Now = Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>;

/// The rooms.
pub struct Hub {
    pool: PgPool,
    names: Arc<dyn Names>,
    now: Now,
    rooms: DashMap<ShopId, Arc<Room>>,
}

impl std::fmt::Debug for Hub {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Hub")
            .field("rooms", &self.rooms.len())
            .finish_non_exhaustive()
    }
}

impl Hub {
    /// A hub that hears of changes through `applied`. The pool's login must be a member of
    /// `livepay_reader`. Abort the task to stop it; viewers then get no more frames.
    pub fn start(
        pool: PgPool,
        names: Arc<dyn Names>,
        now: Now,
        applied: broadcast::Receiver<Arc<Applied>>,
    ) -> (Arc<Self>, JoinHandle<()>) {
        let hub = Arc::new(Self {
            pool,
            names,
            now,
            rooms: DashMap::new(),
        });
        let task = tokio::spawn(listen::listen(Arc::clone(&hub), applied));
        (hub, task)
    }

    /// `GET /ws` and `GET /api/v1/board`. Both need [`SignedIn`] in the request's extensions and
    /// answer 401 without.
    pub fn routes<S>(self: &Arc<Self>) -> Router<S>
    where
        S: Clone + Send + Sync + 'static,
    {
        Router::new()
            .route("/ws", get(ws::upgrade))
            .route("/api/v1/board", get(board::board))
            .with_state(Arc::clone(self))
    }

    /// The time now.
    fn now(&self) -> DateTime<Utc> {
        (self.now)()
    }
}

//! What a live came to: the summary when its last hold is resolved, and the settled one.
//!
//! The seller asks: how much did I sell, to whom, how fast, what ran out, what do I do better?
//!
//! Both summaries are frozen in the fact that ends or settles the live, from rows of this model
//! that are folded event by event: what comes later in the same batch is not in them. What money
//! does after settling is an adjustment line.

mod adjusted;
mod arithmetic;
mod batch;
mod cards;
mod freeze;
mod goods;
mod lives;
mod needs;
mod orders;
mod unmet;

use sqlx::PgConnection;
use uuid::Uuid;

use crate::{ApplyError, Told};
use batch::Batch;
use needs::Needs;

pub use cards::{Adjustment, adjustments, summary};

/// See [`crate::Model::version`].
pub const VERSION: i32 = 1;

/// Five tables.
///
/// `summaries`: one row per live that was on air. `hot` and `settled` are
/// [`domain::live::Summary`] as serde writes it; `hot` goes when the live comes back. `shown`: what
/// was held up when. `goods`: every product as it was at FIN.
///
/// `summary_orders`: one row per order, also outside lives, for these say who had bought before.
/// `state`: offered, declined (an offer that was not taken), open, paid, `given_up` (paid, then
/// cancelled), expired, cancelled. `placed_at` of an offer is when it was accepted. `collected` is
/// what counts now, minor units; `paid_at` the provider's time.
///
/// `summary_goods`: one row per product; `free` units of all its variants, `came` the running sum
/// of what came in, was corrected or set aside. While a live is on air, `live_id` is that live,
/// `start_units` and `start_came` those numbers when it began, and the rest since when, and how
/// long in all, none was free.
///
/// `summary_unmet`: what was asked for in vain, once per client and variant of a live: the most she
/// asked for. `summary_adjustments`: money of settled lives; `kind`: `paid_late`, `taken_back` (by
/// the operator), `given_back` (by the vendor). Their sum and the settled `net` are what
/// counts now.
pub const TABLE: &str = "
CREATE TABLE summaries (
    lane smallint NOT NULL, shop_id uuid NOT NULL, live_id bigint NOT NULL,
    title text NOT NULL, started_at timestamptz NOT NULL, finished_at timestamptz,
    on_air boolean NOT NULL, shown jsonb NOT NULL, goods jsonb NOT NULL,
    hot jsonb, settled jsonb,
    PRIMARY KEY (lane, shop_id, live_id)
);
CREATE INDEX summaries_on_air ON summaries (lane, shop_id) WHERE on_air;
CREATE TABLE summary_orders (
    lane smallint NOT NULL, shop_id uuid NOT NULL, order_id bigint NOT NULL,
    client_id uuid NOT NULL, live_id bigint, placed_at timestamptz NOT NULL, state text NOT NULL,
    lines jsonb NOT NULL, total bigint NOT NULL, paid_at timestamptz, collected bigint NOT NULL,
    PRIMARY KEY (lane, shop_id, order_id)
) WITH (fillfactor = 70);
CREATE INDEX summary_orders_live ON summary_orders (lane, shop_id, live_id)
    WHERE live_id IS NOT NULL;
CREATE INDEX summary_orders_client ON summary_orders (lane, shop_id, client_id);
CREATE TABLE summary_goods (
    lane smallint NOT NULL, shop_id uuid NOT NULL, product_id bigint NOT NULL,
    keyword text NOT NULL, name text NOT NULL, price bigint NOT NULL, variants jsonb NOT NULL,
    free bigint NOT NULL, came bigint NOT NULL, live_id bigint, start_units bigint NOT NULL,
    start_came bigint NOT NULL, out_at timestamptz, out_since timestamptz,
    out_seconds bigint NOT NULL,
    PRIMARY KEY (lane, shop_id, product_id)
) WITH (fillfactor = 50);
CREATE TABLE summary_unmet (
    lane smallint NOT NULL, shop_id uuid NOT NULL, live_id bigint NOT NULL,
    client_id uuid NOT NULL, variant_id bigint NOT NULL, product_id bigint NOT NULL,
    quantity bigint NOT NULL, amount bigint NOT NULL,
    PRIMARY KEY (lane, shop_id, live_id, client_id, variant_id)
);
CREATE TABLE summary_adjustments (
    lane smallint NOT NULL, shop_id uuid NOT NULL, live_id bigint NOT NULL, seq bigint NOT NULL,
    at timestamptz NOT NULL, order_id bigint NOT NULL, amount bigint NOT NULL, kind text NOT NULL,
    PRIMARY KEY (lane, shop_id, live_id, seq)
)";

type Key = (i16, Uuid, i64);

pub(crate) async fn apply(conn: &mut PgConnection, batch: &[&Told]) -> Result<(), ApplyError> {
    let needs = Needs::of(batch);
    if needs.is_idle() {
        return Ok(());
    }
    let mut world = Batch::load(conn, needs).await?;
    for told in batch {
        if let Ok(event) = &told.event {
            world.hear(told, event)?;
        }
    }
    world.save(conn).await
}

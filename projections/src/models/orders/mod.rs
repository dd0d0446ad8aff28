//! Orders.
//!
//! The seller asks: who ordered what, is it paid, how long is it held, how much did I collect?

mod came;
mod cards;
mod fold;
mod prices;
mod sold;
mod subject;
mod write;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use domain::{
    event::Event,
    order::{Event as Order, event::Line},
    waitlist::Event as Waitlist,
};
use sqlx::{PgConnection, types::Json};
use uuid::Uuid;

use crate::{ApplyError, Told, numbers};

pub(crate) use came::Came;
pub use cards::{Figures, LineCard, OrderCard, cards, figures};
pub(crate) use subject::subject;
pub(crate) use write::all;

/// See [`crate::Model::version`].
pub const VERSION: i32 = 4;

/// One row per order, with its words and its money.
///
/// `state`: wished (a cart that holds nothing), offered, held, paying, confirmed, owed (its money
/// was taken back), expired, cancelled; of those two, where money came late: choosing (she is asked
/// what shall become of it) and waiting (for units to come back), both until `deadline`.
/// `lines`: the event's, prices frozen. `fate`: how it was over, while her choice hides it.
/// `offered`: an offer that was not accepted.
///
/// `collected` is money that counts for the order and was neither reversed nor promised back.
///
/// `troubled`: the orders that are owed or choosing. An index on `state` would say the same, and
/// cost every change of every order its place beside its old version.
///
/// `sold`: units of the orders of a live whose money counts.
///
/// `prices`: what an offer made now would cost, for the offer itself does not say.
pub const TABLE: &str = "
CREATE TABLE orders (
    lane smallint NOT NULL, shop_id uuid NOT NULL, order_id bigint NOT NULL,
    client_id uuid NOT NULL, live_id bigint, state text NOT NULL, lines jsonb NOT NULL,
    total bigint NOT NULL, placed_at timestamptz NOT NULL, deadline timestamptz,
    paid_at timestamptz, method text, collected bigint NOT NULL,
    seq bigint NOT NULL, fate text, offered boolean NOT NULL,
    PRIMARY KEY (lane, shop_id, order_id)
) WITH (fillfactor = 70);
CREATE INDEX orders_live ON orders (lane, shop_id, live_id);
CREATE INDEX orders_placed ON orders (lane, shop_id, placed_at);
CREATE INDEX orders_client ON orders (lane, shop_id, client_id);
CREATE TABLE prices (
    lane smallint NOT NULL, shop_id uuid NOT NULL, product_id bigint NOT NULL,
    price bigint NOT NULL, variants bigint[] NOT NULL,
    PRIMARY KEY (lane, shop_id, product_id)
);
CREATE TABLE troubled (
    lane smallint NOT NULL, shop_id uuid NOT NULL, order_id bigint NOT NULL,
    PRIMARY KEY (lane, shop_id, order_id)
);
CREATE TABLE sold (
    lane smallint NOT NULL, shop_id uuid NOT NULL, live_id bigint NOT NULL,
    variant_id bigint NOT NULL, units bigint NOT NULL,
    PRIMARY KEY (lane, shop_id, live_id, variant_id)
) WITH (fillfactor = 50)";

type Key = (i16, Uuid, i64);

/// A row as it is stored.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct Row {
    lane: i16,
    shop_id: Uuid,
    pub order_id: i64,
    pub client_id: Uuid,
    pub live_id: Option<i64>,
    pub state: String,
    pub lines: Json<Vec<Line>>,
    pub total: i64,
    placed_at: DateTime<Utc>,
    pub deadline: Option<DateTime<Utc>>,
    pub paid_at: Option<DateTime<Utc>>,
    method: Option<String>,
    pub collected: i64,
    seq: i64,
    fate: Option<String>,
    offered: bool,
}

fn key(told: &Told) -> Option<Key> {
    let order = subject(told.event.as_ref().ok()?)?;
    Some((told.lane, told.shop, numbers::order(order)))
}

pub(crate) async fn apply(conn: &mut PgConnection, batch: &[&Told]) -> Result<(), ApplyError> {
    let mut prices = prices::load(conn, batch).await?;
    let keys: BTreeSet<Key> = batch.iter().filter_map(|told| key(told)).collect();
    if keys.is_empty() && prices.is_idle() {
        return Ok(());
    }
    let mut rows = write::load(conn, &keys).await?;
    let (troubles, sold) = (troubled(&rows), sold::of(&rows));
    let mut came = Came::default();
    for told in batch {
        let Ok(event) = &told.event else { continue };
        prices.hear(told, event)?;
        came.hear(told, event);
        let Some(key) = key(told) else { continue };
        if let Some(row) = placed(key, told, &prices)? {
            rows.insert(key, row);
            continue;
        }
        // Its reversal was faster than the money: what pays the order stays.
        if came.and_went(told, event) {
            continue;
        }
        let row = rows.get_mut(&key).ok_or_else(|| ApplyError::unknown("order", key.2))?;
        row.seq = told.seq;
        row.fold(event, told.at);
    }
    prices.save(conn).await?;
    let now = troubled(&rows);
    write::trouble(conn, &(&now - &troubles), &(&troubles - &now)).await?;
    sold::save(conn, sold, sold::of(&rows)).await?;
    write::save(conn, rows.into_values().collect()).await
}

/// The orders whose money needs somebody.
fn troubled(rows: &BTreeMap<Key, Row>) -> BTreeSet<Key> {
    let of = |row: &Row| row.state == "owed" || row.state == "choosing";
    rows.iter().filter(|(_, row)| of(row)).map(|(key, _)| *key).collect()
}

/// The row of an order that begins here, by her word or by an offer.
fn placed(key: Key, told: &Told, prices: &prices::Prices) -> Result<Option<Row>, ApplyError> {
    let (lane, shop_id, order_id) = key;
    let (client, live, state, lines, deadline) = match &told.event {
        Ok(Event::Order(Order::OrderPlaced { client, live, lines, deadline, unheld, .. })) => {
            let state = if *unheld { "wished" } else { "held" };
            (client, live, state, lines.clone(), deadline)
        }
        Ok(Event::Waitlist(Waitlist::OfferMade {
            client, live, variant, quantity, deadline, ..
        })) => {
            let line = prices.line(told, *variant, *quantity)?;
            (client, live, "offered", vec![line], deadline)
        }
        Ok(_) | Err(_) => return Ok(None),
    };
    let total = lines.iter().map(|line| line.unit_price.0 * i64::from(line.quantity)).sum();
    Ok(Some(Row {
        lane,
        shop_id,
        order_id,
        client_id: client.0,
        live_id: live.map(numbers::live),
        state: state.to_owned(),
        lines: Json(lines),
        total,
        placed_at: told.at,
        deadline: Some(*deadline),
        paid_at: None,
        method: None,
        collected: 0,
        seq: told.seq,
        fate: None,
        offered: state == "offered",
    }))
}

//! The curve of a live: what came in each of its minutes, and what was held up when.
//!
//! The seller asks: when did they buy, and what was I showing? How fast does this go?

mod book;
mod cards;
mod write;

use chrono::{DateTime, Utc};
use domain::{event::Event, live::Event as Live, order::Event as Order, waitlist::Event as Waitlist};
use domain::payment::Event as Payment;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{ApplyError, Told};
use book::Book;

pub use cards::{Curve, Minute, Pace, Showing, curve, minutes, showings};

/// See [`crate::Model::version`].
pub const VERSION: i32 = 1;

/// Everything here belongs to the live in which the order was placed, in the minute in which it
/// was told; what happens outside a live is in no curve.
///
/// `minutes`: `orders` = carts begun and offers accepted; `payments` = how often money confirmed an
/// order (again, where it had been taken back), `amount` what it was, minor units.
/// `minute_units`: units that went into carts, offers accepted included; what left a cart again is
/// not taken off, for this is how much was asked for.
/// `showings`: each time a product was held up.
///
/// `minute_orders`: in which live an order was placed; of an offer also of what and how many.
/// `minute_variants`: of which product a variant is.
pub const TABLE: &str = "
CREATE TABLE minutes (
    lane smallint NOT NULL, shop_id uuid NOT NULL, live_id bigint NOT NULL,
    minute timestamptz NOT NULL, orders bigint NOT NULL, payments bigint NOT NULL,
    amount bigint NOT NULL,
    PRIMARY KEY (lane, shop_id, live_id, minute)
) WITH (fillfactor = 70);
CREATE TABLE minute_units (
    lane smallint NOT NULL, shop_id uuid NOT NULL, live_id bigint NOT NULL,
    minute timestamptz NOT NULL, product_id bigint NOT NULL, units bigint NOT NULL,
    PRIMARY KEY (lane, shop_id, live_id, minute, product_id)
) WITH (fillfactor = 70);
CREATE TABLE showings (
    lane smallint NOT NULL, shop_id uuid NOT NULL, live_id bigint NOT NULL, seq bigint NOT NULL,
    at timestamptz NOT NULL, product_id bigint NOT NULL,
    PRIMARY KEY (lane, shop_id, live_id, seq)
);
CREATE TABLE minute_orders (
    lane smallint NOT NULL, shop_id uuid NOT NULL, order_id bigint NOT NULL,
    live_id bigint NOT NULL, product_id bigint, quantity bigint NOT NULL,
    PRIMARY KEY (lane, shop_id, order_id)
);
CREATE TABLE minute_variants (
    lane smallint NOT NULL, shop_id uuid NOT NULL, variant_id bigint NOT NULL,
    product_id bigint NOT NULL,
    PRIMARY KEY (lane, shop_id, variant_id)
)";

type Key = (i16, Uuid, i64);

/// The minute an instant is in, by its first instant.
pub(crate) fn minute(at: DateTime<Utc>) -> DateTime<Utc> {
    let seconds = at.timestamp();
    DateTime::from_timestamp(seconds - seconds.rem_euclid(60), 0).unwrap_or(at)
}

/// Whether an event moves the curve, where its order belongs to a live.
pub(crate) fn moves(event: &Event) -> bool {
    match event {
        Event::Order(event) => matches!(
            event,
            Order::OrderPlaced { .. } | Order::LineAdded { .. } | Order::LineChanged { .. }
        ),
        Event::Waitlist(event) => matches!(event, Waitlist::OfferAccepted { .. }),
        Event::Payment(event) => matches!(
            event,
            Payment::PaymentConfirmed { .. }
                | Payment::DepositConfirmed { .. }
                | Payment::CashReceived { .. }
        ),
        _ => false,
    }
}

/// Whether a product was held up.
pub(crate) fn shows(event: &Event) -> bool {
    matches!(event, Event::Live(Live::ProductShown { .. }))
}

pub(crate) async fn apply(conn: &mut PgConnection, batch: &[&Told]) -> Result<(), ApplyError> {
    let mut book = Book::open(conn, batch).await?;
    for told in batch {
        if let Ok(event) = &told.event {
            book.hear(told, event)?;
        }
    }
    book.save(conn).await
}

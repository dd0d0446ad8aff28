//! What a batch adds to the curve: sums by minute, whatever the number of its events.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use domain::{
    catalogue::Event as Catalogue,
    event::Event,
    ids::{LiveId, OrderId, VariantId},
    live::Event as Live,
    order::Event as Order,
    payment::Event as Payment,
    waitlist::Event as Waitlist,
};
use sqlx::PgConnection;
use uuid::Uuid;

use super::{Key, minute, write};
use crate::{ApplyError, Told, numbers};

/// An order of a live; of an offer also what it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Belongs {
    pub live: i64,
    pub product: Option<i64>,
    pub quantity: i64,
}

/// A minute of a live: (lane, shop, live, minute).
pub(super) type Bucket = (i16, Uuid, i64, DateTime<Utc>);

/// What came in one minute.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Came {
    pub orders: i64,
    pub payments: i64,
    pub amount: i64,
}

#[derive(Debug, Default)]
pub(super) struct Book {
    /// Where the orders of this batch belong; one that is missing belongs to no live.
    pub orders: BTreeMap<Key, Belongs>,
    pub new_orders: BTreeSet<Key>,
    pub variants: BTreeMap<Key, i64>,
    pub new_variants: BTreeSet<Key>,
    pub came: BTreeMap<Bucket, Came>,
    pub units: BTreeMap<(Bucket, i64), i64>,
    /// (lane, shop, live), sequence, instant, product.
    pub showings: Vec<(Key, i64, DateTime<Utc>, i64)>,
}

impl Book {
    /// With what the tables know of the batch's orders and variants.
    pub(super) async fn open(
        conn: &mut PgConnection,
        batch: &[&Told],
    ) -> Result<Self, ApplyError> {
        let (mut orders, mut variants) = (BTreeSet::<Key>::new(), BTreeSet::<Key>::new());
        for told in batch {
            let Ok(event) = &told.event else { continue };
            orders.extend(known_by(event).map(|id| (told.lane, told.shop, numbers::order(id))));
            variants
                .extend(variant_of(event).map(|id| (told.lane, told.shop, numbers::variant(id))));
        }
        Ok(Self {
            orders: write::orders(conn, &orders).await?,
            variants: write::variants(conn, &variants).await?,
            ..Self::default()
        })
    }

    pub(super) fn hear(&mut self, told: &Told, event: &Event) -> Result<(), ApplyError> {
        match event {
            Event::Catalogue(Catalogue::VariantAdded { variant, product, .. }) => {
                let key = (told.lane, told.shop, numbers::variant(*variant));
                self.variants.insert(key, numbers::product(*product));
                self.new_variants.insert(key);
                Ok(())
            }
            Event::Live(Live::ProductShown { live, product }) => {
                let live = (told.lane, told.shop, numbers::live(*live));
                self.showings.push((live, told.seq, told.at, numbers::product(*product)));
                Ok(())
            }
            Event::Order(event) => self.order(told, event),
            Event::Waitlist(event) => self.offer(told, event),
            Event::Payment(
                Payment::PaymentConfirmed { order, amount, .. }
                | Payment::DepositConfirmed { order, amount, .. },
            ) => {
                self.paid(told, *order, (1, amount.0));
                Ok(())
            }
            // The rest of an order that a deposit had confirmed, or that was let go on trust.
            Event::Payment(Payment::CashReceived { order, amount }) => {
                self.paid(told, *order, (0, amount.0));
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn order(&mut self, told: &Told, event: &Order) -> Result<(), ApplyError> {
        match event {
            Order::OrderPlaced { order, live: Some(live), lines, .. } => {
                let live = self.belongs(told, *order, *live, None);
                self.came(told, live).orders += 1;
                for line in lines {
                    let product = numbers::product(line.product);
                    self.units(told, live, product, i64::from(line.quantity));
                }
            }
            Order::LineAdded { order, line, .. } => {
                if let Some(of) = self.known(told, *order) {
                    let product = numbers::product(line.product);
                    self.units(told, of.live, product, i64::from(line.quantity));
                }
            }
            Order::LineChanged { order, variant, from, to, .. } if to > from => {
                if let Some(of) = self.known(told, *order) {
                    let product = self.product(told, *variant)?;
                    self.units(told, of.live, product, i64::from(to - from));
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn offer(&mut self, told: &Told, event: &Waitlist) -> Result<(), ApplyError> {
        match event {
            Waitlist::OfferMade { order, live: Some(live), variant, quantity, .. } => {
                let product = self.product(told, *variant)?;
                self.belongs(told, *order, *live, Some((product, i64::from(*quantity))));
            }
            Waitlist::OfferAccepted { order } => {
                if let Some(of) = self.known(told, *order) {
                    self.came(told, of.live).orders += 1;
                    if let Some(product) = of.product {
                        self.units(told, of.live, product, of.quantity);
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn paid(&mut self, told: &Told, order: OrderId, (payments, amount): (i64, i64)) {
        if let Some(of) = self.known(told, order) {
            let came = self.came(told, of.live);
            came.payments += payments;
            came.amount += amount;
        }
    }

    fn belongs(
        &mut self,
        told: &Told,
        order: OrderId,
        live: LiveId,
        offer: Option<(i64, i64)>,
    ) -> i64 {
        let key = (told.lane, told.shop, numbers::order(order));
        let live = numbers::live(live);
        let (product, quantity) = offer.unzip();
        let quantity = quantity.unwrap_or_default();
        self.orders.insert(key, Belongs { live, product, quantity });
        self.new_orders.insert(key);
        live
    }

    fn known(&self, told: &Told, order: OrderId) -> Option<Belongs> {
        self.orders.get(&(told.lane, told.shop, numbers::order(order))).copied()
    }

    fn product(&self, told: &Told, variant: VariantId) -> Result<i64, ApplyError> {
        let id = numbers::variant(variant);
        let found = self.variants.get(&(told.lane, told.shop, id));
        found.copied().ok_or_else(|| ApplyError::unknown("variant", id))
    }

    fn came(&mut self, told: &Told, live: i64) -> &mut Came {
        self.came.entry((told.lane, told.shop, live, minute(told.at))).or_default()
    }

    fn units(&mut self, told: &Told, live: i64, product: i64, units: i64) {
        let bucket = (told.lane, told.shop, live, minute(told.at));
        // Units that join a cart of before: their minute has its row, too.
        self.came.entry(bucket).or_default();
        *self.units.entry((bucket, product)).or_default() += units;
    }

    pub(super) async fn save(self, conn: &mut PgConnection) -> Result<(), ApplyError> {
        write::add_variants(conn, &self).await?;
        write::add_orders(conn, &self).await?;
        write::add_minutes(conn, &self).await?;
        write::add_units(conn, &self).await?;
        write::add_showings(conn, &self).await
    }
}

/// The order an event names, and the curve has to know where it belongs.
fn known_by(event: &Event) -> Option<OrderId> {
    match event {
        Event::Order(Order::LineAdded { order, .. } | Order::LineChanged { order, .. })
        | Event::Waitlist(Waitlist::OfferAccepted { order })
        | Event::Payment(
            Payment::PaymentConfirmed { order, .. }
            | Payment::DepositConfirmed { order, .. }
            | Payment::CashReceived { order, .. },
        ) => Some(*order),
        _ => None,
    }
}

/// The variant an event names, without its product.
fn variant_of(event: &Event) -> Option<VariantId> {
    match event {
        Event::Order(Order::LineChanged { variant, .. })
        | Event::Waitlist(Waitlist::OfferMade { variant, .. }) => Some(*variant),
        _ => None,
    }
}

//! Products and the stock of their variants.
//!
//! The seller asks: how many are left, held, sold, and of what?

mod cards;
mod moves;
mod offered;
mod write;

use std::collections::BTreeMap;

use domain::{
    catalogue::Event as Catalogue, event::Event, ids::VariantId, order::Event as Order,
    waitlist::Event as Waitlist,
};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{ApplyError, Told, numbers};

pub(crate) use cards::{Terms, terms};
pub use cards::{StockCard, Which, cards, known, photos};
pub(crate) use moves::{Moved, moves, offer, product, subjects};

/// See [`crate::Model::version`].
pub const VERSION: i32 = 3;

/// Available is derived when asked (`on_hand - held - committed - blocked`), never stored. No
/// CHECK: a wrong count must show in [`crate::verify`], not stop the page.
///
/// `photo` is where the product's picture is. `offered`: the variant of every offer, for the end
/// of one need not name it.
pub const TABLE: &str = "
CREATE TABLE products (
    lane smallint NOT NULL, shop_id uuid NOT NULL, product_id bigint NOT NULL,
    keyword text NOT NULL, name text NOT NULL, price bigint NOT NULL, archived boolean NOT NULL,
    photo text,
    PRIMARY KEY (lane, shop_id, product_id)
);
CREATE TABLE stock (
    lane smallint NOT NULL, shop_id uuid NOT NULL, variant_id bigint NOT NULL,
    product_id bigint NOT NULL, label text NOT NULL,
    on_hand bigint NOT NULL, held bigint NOT NULL, committed bigint NOT NULL,
    blocked bigint NOT NULL,
    PRIMARY KEY (lane, shop_id, variant_id)
) WITH (fillfactor = 50);
CREATE TABLE offered (
    lane smallint NOT NULL, shop_id uuid NOT NULL, order_id bigint NOT NULL,
    variant_id bigint NOT NULL,
    PRIMARY KEY (lane, shop_id, order_id)
)";

type Key = (i16, Uuid, i64);

/// A product new in this batch (`keyword` known) or what changed about an old one.
#[derive(Debug, Default)]
struct Product {
    keyword: Option<String>,
    name: Option<String>,
    price: Option<i64>,
    photo: Option<String>,
    archived: bool,
}

#[derive(Debug, Default)]
struct Changes {
    products: BTreeMap<Key, Product>,
    /// New variants: of which product, and its label.
    variants: BTreeMap<Key, (i64, String)>,
    moved: BTreeMap<Key, Moved>,
    /// Offers made: of which variant.
    offered: BTreeMap<Key, i64>,
    /// Offers declined or lapsed: how many units they free.
    freed: BTreeMap<Key, i64>,
}

pub(crate) async fn apply(conn: &mut PgConnection, batch: &[&Told]) -> Result<(), ApplyError> {
    let mut changes = Changes::default();
    for told in batch {
        match &told.event {
            Ok(Event::Catalogue(event)) => changes.catalogue(told, event),
            Ok(Event::Order(event)) => changes.order(told, event),
            Ok(Event::Waitlist(event)) => changes.waitlist(told, event),
            Ok(_) | Err(_) => {}
        }
    }
    offered::add(conn, &changes.offered).await?;
    for (variant, units) in offered::of(conn, &changes.freed).await? {
        changes.moved.entry(variant).or_default().held -= units;
    }
    write::add_products(conn, &changes.products).await?;
    write::change_products(conn, &changes.products).await?;
    write::add_variants(conn, &changes.variants).await?;
    write::move_units(conn, &changes.moved).await
}

impl Changes {
    fn catalogue(&mut self, told: &Told, event: &Catalogue) {
        let product = |id| (told.lane, told.shop, numbers::product(id));
        match event {
            Catalogue::ProductAdded { product: id, keyword, name, price, photo, .. } => {
                let row = Product {
                    keyword: Some(keyword.to_string()),
                    name: Some(name.to_string()),
                    price: Some(price.0),
                    photo: photo.clone(),
                    archived: false,
                };
                self.products.insert(product(*id), row);
            }
            Catalogue::ProductChanged { product: id, name, price, photo } => {
                let row = self.products.entry(product(*id)).or_default();
                row.name = name.as_ref().map(ToString::to_string).or(row.name.take());
                row.price = price.map(|price| price.0).or(row.price);
                row.photo = photo.clone().or(row.photo.take());
            }
            Catalogue::ProductArchived { product: id } => {
                self.products.entry(product(*id)).or_default().archived = true;
            }
            Catalogue::VariantAdded { variant, product, size, colour } => {
                let words = [size, colour].into_iter().flatten().map(ToString::to_string);
                let label = words.collect::<Vec<_>>().join(" ");
                let key = (told.lane, told.shop, numbers::variant(*variant));
                self.variants.insert(key, (numbers::product(*product), label));
            }
            Catalogue::StockReceived { variant, quantity } => {
                self.moved(told, *variant).on_hand += i64::from(*quantity);
            }
            Catalogue::StockAdjusted { variant, by, .. } => {
                self.moved(told, *variant).on_hand += by;
            }
            Catalogue::StockBlocked { variant, by } => self.moved(told, *variant).blocked += by,
            Catalogue::StockRanLow { .. } => {}
        }
    }

    fn order(&mut self, told: &Told, event: &Order) {
        for (variant, by) in moves(event) {
            let sum = self.moved(told, variant);
            sum.on_hand += by.on_hand;
            sum.held += by.held;
            sum.committed += by.committed;
            sum.blocked += by.blocked;
        }
    }

    fn waitlist(&mut self, told: &Told, event: &Waitlist) {
        let key = |id| (told.lane, told.shop, numbers::order(id));
        match event {
            Waitlist::OfferMade { variant, quantity, order, .. } => {
                self.moved(told, *variant).held += i64::from(*quantity);
                self.offered.insert(key(*order), numbers::variant(*variant));
            }
            Waitlist::OfferDeclined { order, quantity, .. }
            | Waitlist::OfferLapsed { order, quantity, .. } => {
                *self.freed.entry(key(*order)).or_default() += i64::from(*quantity);
            }
            Waitlist::WaitlistJoined { .. }
            | Waitlist::OfferAccepted { .. }
            | Waitlist::WaitlistLeft { .. }
            | Waitlist::WaitlistTold { .. }
            | Waitlist::WaitlistClosed { .. } => {}
        }
    }

    fn moved(&mut self, told: &Told, variant: VariantId) -> &mut Moved {
        self.moved.entry((told.lane, told.shop, numbers::variant(variant))).or_default()
    }
}

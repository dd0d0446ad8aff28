//! Products and the stock of their variants.
//!
//! The seller asks: how many are left, held, sold, and of what?

use std::collections::BTreeMap;

use domain::{
    catalogue::Event as Catalogue,
    event::Event,
    ids::{ProductId, VariantId},
    order::Event as Order,
};
use serde::Serialize;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{ApplyError, TenantTx, Told, numbers};

/// See [`crate::Model::version`].
pub const VERSION: i32 = 1;

/// Available is derived when asked (`on_hand - held - committed - blocked`), never stored. No
/// CHECK: a wrong count must show in [`crate::verify`], not stop the page.
pub const TABLE: &str = "
CREATE TABLE reading.products (
    lane smallint NOT NULL, shop_id uuid NOT NULL, product_id bigint NOT NULL,
    keyword text NOT NULL, name text NOT NULL, price bigint NOT NULL, archived boolean NOT NULL,
    PRIMARY KEY (lane, shop_id, product_id)
);
CREATE TABLE reading.stock (
    lane smallint NOT NULL, shop_id uuid NOT NULL, variant_id bigint NOT NULL,
    product_id bigint NOT NULL, label text NOT NULL,
    on_hand bigint NOT NULL, held bigint NOT NULL, committed bigint NOT NULL,
    blocked bigint NOT NULL,
    PRIMARY KEY (lane, shop_id, variant_id)
) WITH (fillfactor = 50)";

type Key = (i16, Uuid, i64);

/// A product new in this batch (`keyword` known) or what changed about an old one.
#[derive(Debug, Default)]
struct Product {
    keyword: Option<String>,
    name: Option<String>,
    price: Option<i64>,
    archived: bool,
}

/// What the batch moves on one variant: sums, so the order of events does not matter.
#[derive(Clone, Copy, Debug, Default)]
struct Moved {
    on_hand: i64,
    held: i64,
    committed: i64,
    blocked: i64,
}

#[derive(Debug, Default)]
struct Changes {
    products: BTreeMap<Key, Product>,
    /// New variants: of which product, and its label.
    variants: BTreeMap<Key, (i64, String)>,
    moved: BTreeMap<Key, Moved>,
}

pub(crate) async fn apply(conn: &mut PgConnection, batch: &[&Told]) -> Result<(), ApplyError> {
    let mut changes = Changes::default();
    for told in batch {
        match &told.event {
            Ok(Event::Catalogue(event)) => changes.catalogue(told, event),
            Ok(Event::Order(event)) => changes.order(told, event),
            // Offers (their own units) come with the waitlist's rules.
            Ok(_) | Err(_) => {}
        }
    }
    add_products(conn, &changes.products).await?;
    change_products(conn, &changes.products).await?;
    add_variants(conn, &changes.variants).await?;
    move_units(conn, &changes.moved).await
}

/// The variants whose numbers an event moves.
pub(crate) fn subjects(event: &Event) -> Vec<VariantId> {
    match event {
        Event::Catalogue(
            Catalogue::VariantAdded { variant, .. }
            | Catalogue::StockReceived { variant, .. }
            | Catalogue::StockAdjusted { variant, .. }
            | Catalogue::StockBlocked { variant, .. },
        ) => vec![*variant],
        Event::Order(event) => moves(event).into_iter().map(|(variant, _)| variant).collect(),
        _ => Vec::new(),
    }
}

/// The product an event renames, reprices or archives.
pub(crate) fn product(event: &Event) -> Option<ProductId> {
    let Event::Catalogue(
        Catalogue::ProductChanged { product, .. } | Catalogue::ProductArchived { product },
    ) = event
    else {
        return None;
    };
    Some(*product)
}

/// What an order's event does to stock (domain.md, "Stock of a variant").
fn moves(event: &Order) -> Vec<(VariantId, Moved)> {
    let of = |held: i64, committed: i64, on_hand: i64| {
        move |variant: VariantId, quantity: u32| {
            let n = i64::from(quantity);
            let moved = Moved {
                held: held * n,
                committed: committed * n,
                on_hand: on_hand * n,
                blocked: 0,
            };
            (variant, moved)
        }
    };
    let (how, units) = match event {
        Order::OrderPlaced { lines, .. } => {
            let hold = of(1, 0, 0);
            return lines.iter().map(|line| hold(line.variant, line.quantity)).collect();
        }
        Order::LineAdded { line, .. } => return vec![of(1, 0, 0)(line.variant, line.quantity)],
        Order::LineChanged { variant, from, to, .. } => {
            let held = i64::from(*to) - i64::from(*from);
            return vec![(*variant, Moved { held, ..Moved::default() })];
        }
        Order::LineRemoved { units, .. } => {
            return vec![of(-1, 0, 0)(units.variant, units.quantity)];
        }
        Order::HoldExpired { units, .. } => (of(-1, 0, 0), units),
        Order::OrderCancelled { units, was_committed: false, .. } => (of(-1, 0, 0), units),
        Order::OrderCancelled { units, was_committed: true, .. } => (of(0, -1, 0), units),
        Order::OrderConfirmed { units, from_available: false, .. } => (of(-1, 1, 0), units),
        Order::OrderConfirmed { units, from_available: true, .. } => (of(0, 1, 0), units),
        Order::OrderHandedOver { units, .. } => (of(0, -1, -1), units),
        Order::OrderReturned { units, .. } => (of(0, 0, 1), units),
        Order::QuantityAsked { .. }
        | Order::AddressGiven { .. }
        | Order::SlotChosen { .. }
        | Order::HoldLockedForPayment { .. }
        | Order::HoldUnlocked { .. }
        | Order::HoldExtended { .. }
        | Order::CancellationRequested { .. }
        | Order::DeliveryFailed { .. }
        | Order::OrderClosed { .. } => return Vec::new(),
    };
    units.iter().map(|unit| how(unit.variant, unit.quantity)).collect()
}

impl Changes {
    fn catalogue(&mut self, told: &Told, event: &Catalogue) {
        let product = |id| (told.lane, told.shop, numbers::product(id));
        match event {
            Catalogue::ProductAdded { product: id, keyword, name, price, .. } => {
                let row = Product {
                    keyword: Some(keyword.to_string()),
                    name: Some(name.to_string()),
                    price: Some(price.0),
                    archived: false,
                };
                self.products.insert(product(*id), row);
            }
            Catalogue::ProductChanged { product: id, name, price, .. } => {
                let row = self.products.entry(product(*id)).or_default();
                row.name = name.as_ref().map(ToString::to_string).or(row.name.take());
                row.price = price.map(|price| price.0).or(row.price);
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

    fn moved(&mut self, told: &Told, variant: VariantId) -> &mut Moved {
        self.moved.entry((told.lane, told.shop, numbers::variant(variant))).or_default()
    }
}

async fn add_products(
    conn: &mut PgConnection,
    products: &BTreeMap<Key, Product>,
) -> Result<(), ApplyError> {
    let new: Vec<_> = products.iter().filter(|(_, row)| row.keyword.is_some()).collect();
    if new.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO reading.products
         SELECT * FROM unnest($1::smallint[], $2::uuid[], $3::bigint[], $4::text[], $5::text[],
                              $6::bigint[], $7::boolean[])",
    )
    .bind(new.iter().map(|(key, _)| key.0).collect::<Vec<_>>())
    .bind(new.iter().map(|(key, _)| key.1).collect::<Vec<_>>())
    .bind(new.iter().map(|(key, _)| key.2).collect::<Vec<_>>())
    .bind(new.iter().map(|(_, row)| row.keyword.as_deref()).collect::<Vec<_>>())
    .bind(new.iter().map(|(_, row)| row.name.as_deref()).collect::<Vec<_>>())
    .bind(new.iter().map(|(_, row)| row.price).collect::<Vec<_>>())
    .bind(new.iter().map(|(_, row)| row.archived).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    Ok(())
}

async fn change_products(
    conn: &mut PgConnection,
    products: &BTreeMap<Key, Product>,
) -> Result<(), ApplyError> {
    let old: Vec<_> = products.iter().filter(|(_, row)| row.keyword.is_none()).collect();
    if old.is_empty() {
        return Ok(());
    }
    let done = sqlx::query(
        "UPDATE reading.products r SET name = coalesce(u.name, r.name),
                price = coalesce(u.price, r.price), archived = r.archived OR u.archived
           FROM unnest($1::smallint[], $2::uuid[], $3::bigint[], $4::text[], $5::bigint[],
                       $6::boolean[]) AS u(lane, shop_id, product_id, name, price, archived)
          WHERE (r.lane, r.shop_id, r.product_id) = (u.lane, u.shop_id, u.product_id)",
    )
    .bind(old.iter().map(|(key, _)| key.0).collect::<Vec<_>>())
    .bind(old.iter().map(|(key, _)| key.1).collect::<Vec<_>>())
    .bind(old.iter().map(|(key, _)| key.2).collect::<Vec<_>>())
    .bind(old.iter().map(|(_, row)| row.name.as_deref()).collect::<Vec<_>>())
    .bind(old.iter().map(|(_, row)| row.price).collect::<Vec<_>>())
    .bind(old.iter().map(|(_, row)| row.archived).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    numbers::all(done.rows_affected(), old.len(), "product")
}

async fn add_variants(
    conn: &mut PgConnection,
    variants: &BTreeMap<Key, (i64, String)>,
) -> Result<(), ApplyError> {
    if variants.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO reading.stock
         SELECT u.*, 0, 0, 0, 0 FROM unnest($1::smallint[], $2::uuid[], $3::bigint[],
                                            $4::bigint[], $5::text[]) AS u",
    )
    .bind(variants.keys().map(|key| key.0).collect::<Vec<_>>())
    .bind(variants.keys().map(|key| key.1).collect::<Vec<_>>())
    .bind(variants.keys().map(|key| key.2).collect::<Vec<_>>())
    .bind(variants.values().map(|(product, _)| *product).collect::<Vec<_>>())
    .bind(variants.values().map(|(_, label)| label.as_str()).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    Ok(())
}

async fn move_units(
    conn: &mut PgConnection,
    moved: &BTreeMap<Key, Moved>,
) -> Result<(), ApplyError> {
    if moved.is_empty() {
        return Ok(());
    }
    let done = sqlx::query(
        "UPDATE reading.stock r SET on_hand = r.on_hand + u.on_hand, held = r.held + u.held,
                committed = r.committed + u.committed, blocked = r.blocked + u.blocked
           FROM unnest($1::smallint[], $2::uuid[], $3::bigint[], $4::bigint[], $5::bigint[],
                       $6::bigint[], $7::bigint[])
                AS u(lane, shop_id, variant_id, on_hand, held, committed, blocked)
          WHERE (r.lane, r.shop_id, r.variant_id) = (u.lane, u.shop_id, u.variant_id)",
    )
    .bind(moved.keys().map(|key| key.0).collect::<Vec<_>>())
    .bind(moved.keys().map(|key| key.1).collect::<Vec<_>>())
    .bind(moved.keys().map(|key| key.2).collect::<Vec<_>>())
    .bind(moved.values().map(|by| by.on_hand).collect::<Vec<_>>())
    .bind(moved.values().map(|by| by.held).collect::<Vec<_>>())
    .bind(moved.values().map(|by| by.committed).collect::<Vec<_>>())
    .bind(moved.values().map(|by| by.blocked).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    numbers::all(done.rows_affected(), moved.len(), "variant")
}

/// The stock of one variant, for [`crate::verify`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub(crate) struct Terms {
    pub variant: i64,
    pub product: i64,
    pub on_hand: i64,
    pub held: i64,
    pub committed: i64,
    pub blocked: i64,
}

/// All variants of one shop, by number.
pub(crate) async fn terms(
    conn: &mut PgConnection,
    (lane, shop): (i16, Uuid),
) -> Result<Vec<Terms>, sqlx::Error> {
    sqlx::query_as(
        "SELECT variant_id AS variant, product_id AS product, on_hand, held, committed, blocked
           FROM reading.stock WHERE lane = $1 AND shop_id = $2 ORDER BY variant_id",
    )
    .bind(lane)
    .bind(shop)
    .fetch_all(conn)
    .await
}

/// One bar of the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, sqlx::FromRow)]
pub struct StockCard {
    pub variant: i64,
    pub product: i64,
    pub keyword: String,
    pub name: String,
    /// Size and colour; empty for a product without variants.
    pub label: String,
    /// Minor units.
    pub price: i64,
    pub on_hand: i64,
    pub held: i64,
    pub committed: i64,
    pub blocked: i64,
    pub available: i64,
}

/// The bars of `only` these variants and products, or of all: archived ones then only while units
/// are still owed.
pub async fn cards(
    tx: &mut TenantTx,
    only: Option<(&[i64], &[i64])>,
) -> Result<Vec<StockCard>, sqlx::Error> {
    let (variants, products) = only.unzip();
    let (lane, shop) = tx.place();
    sqlx::query_as(
        "SELECT s.variant_id AS variant, s.product_id AS product, p.keyword, p.name, s.label,
                p.price, s.on_hand, s.held, s.committed, s.blocked,
                s.on_hand - s.held - s.committed - s.blocked AS available
           FROM reading.stock s JOIN reading.products p USING (lane, shop_id, product_id)
          WHERE s.lane = $1 AND s.shop_id = $2
            AND ($3::bigint[] IS NULL OR s.variant_id = ANY($3) OR s.product_id = ANY($4))
            AND (NOT p.archived OR s.held > 0 OR s.committed > 0 OR $3 IS NOT NULL)
          ORDER BY s.product_id, s.variant_id",
    )
    .bind(lane)
    .bind(shop)
    .bind(variants)
    .bind(products)
    .fetch_all(tx.conn())
    .await
}

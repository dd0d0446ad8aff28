//! What is bought together.
//!
//! The seller asks: who bought this, what else did she buy, more often than chance?
//!
//! A client counts once for a product, however often she bought it. Money that goes back un-counts
//! nothing: she wanted both, and that is what is asked here.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    catalogue::Event as Catalogue, client::Event as Client, event::Event, order::Event as Order,
};
use serde::Serialize;
use sqlx::{PgConnection, types::Json};
use uuid::Uuid;

use crate::{ApplyError, TenantTx, Told, numbers};

/// See [`crate::Model::version`].
pub const VERSION: i32 = 1;

/// Four tables.
///
/// `bought`: the products of each client's confirmed orders. `bought_together`: how many clients
/// bought both of two products, in both directions; of a product with itself, how many bought it.
/// `bought_buyers`: how many bought anything. `bought_variants`: of which product a variant is.
pub const TABLE: &str = "
CREATE TABLE bought (
    lane smallint NOT NULL, shop_id uuid NOT NULL, client_id uuid NOT NULL,
    products jsonb NOT NULL,
    PRIMARY KEY (lane, shop_id, client_id)
) WITH (fillfactor = 70);
CREATE TABLE bought_together (
    lane smallint NOT NULL, shop_id uuid NOT NULL, product_id bigint NOT NULL,
    other_id bigint NOT NULL, clients bigint NOT NULL,
    PRIMARY KEY (lane, shop_id, product_id, other_id)
) WITH (fillfactor = 70);
CREATE TABLE bought_buyers (
    lane smallint NOT NULL, shop_id uuid NOT NULL, clients bigint NOT NULL,
    PRIMARY KEY (lane, shop_id)
) WITH (fillfactor = 50);
CREATE TABLE bought_variants (
    lane smallint NOT NULL, shop_id uuid NOT NULL, variant_id bigint NOT NULL,
    product_id bigint NOT NULL,
    PRIMARY KEY (lane, shop_id, variant_id)
)";

/// Fewer clients who bought both are chance.
pub const LEAST: i64 = 5;

type Shop = (i16, Uuid);
type Whose = (i16, Uuid, Uuid);
type Key = (i16, Uuid, i64);

/// What a batch knows and changes.
#[derive(Debug, Default)]
struct Book {
    bought: BTreeMap<Whose, BTreeSet<i64>>,
    moved: BTreeSet<Whose>,
    variants: BTreeMap<Key, i64>,
    new_variants: BTreeSet<Key>,
    /// By how much a pair counts more: ((lane, shop), product, other).
    pairs: BTreeMap<(Shop, i64, i64), i64>,
    buyers: BTreeMap<Shop, i64>,
}

pub(crate) async fn apply(conn: &mut PgConnection, batch: &[&Told]) -> Result<(), ApplyError> {
    let (mut clients, mut variants) = (BTreeSet::<Whose>::new(), BTreeSet::<Key>::new());
    let mut idle = true;
    for told in batch {
        match &told.event {
            Ok(Event::Order(Order::OrderConfirmed { client, units, .. })) => {
                clients.insert((told.lane, told.shop, client.0));
                let variant = |id| (told.lane, told.shop, numbers::variant(id));
                variants.extend(units.iter().map(|units| variant(units.variant)));
            }
            Ok(Event::Client(Client::ClientsMerged { kept, merged })) => {
                clients.extend([kept, merged].map(|it| (told.lane, told.shop, it.0)));
            }
            Ok(Event::Catalogue(Catalogue::VariantAdded { .. })) => {}
            Ok(_) | Err(_) => continue,
        }
        idle = false;
    }
    if idle {
        return Ok(());
    }
    let mut book = Book {
        bought: load_bought(conn, &clients).await?,
        variants: load_variants(conn, &variants).await?,
        ..Book::default()
    };
    for told in batch {
        if let Ok(event) = &told.event {
            book.hear(told, event)?;
        }
    }
    book.save(conn).await
}

impl Book {
    fn hear(&mut self, told: &Told, event: &Event) -> Result<(), ApplyError> {
        match event {
            Event::Catalogue(Catalogue::VariantAdded { variant, product, .. }) => {
                let key = (told.lane, told.shop, numbers::variant(*variant));
                self.variants.insert(key, numbers::product(*product));
                self.new_variants.insert(key);
            }
            // An order that is paid again names no units: it was counted.
            Event::Order(Order::OrderConfirmed { client, units, .. }) => {
                let whose = (told.lane, told.shop, client.0);
                for units in units {
                    let id = numbers::variant(units.variant);
                    let product = self.variants.get(&(told.lane, told.shop, id)).copied();
                    let product = product.ok_or_else(|| ApplyError::unknown("variant", id))?;
                    let mut more = self.bought.get(&whose).cloned().unwrap_or_default();
                    if more.insert(product) {
                        self.becomes(whose, more);
                    }
                }
            }
            Event::Client(Client::ClientsMerged { kept, merged }) if kept != merged => {
                let of = |client| (told.lane, told.shop, client);
                let hers = self.bought.get(&of(merged.0)).cloned().unwrap_or_default();
                if !hers.is_empty() {
                    self.becomes(of(merged.0), BTreeSet::new());
                    let mut both = self.bought.get(&of(kept.0)).cloned().unwrap_or_default();
                    both.extend(hers);
                    self.becomes(of(kept.0), both);
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// A client bought these, and no others.
    fn becomes(&mut self, whose: Whose, products: BTreeSet<i64>) {
        let shop = (whose.0, whose.1);
        let before = self.bought.insert(whose, products.clone()).unwrap_or_default();
        self.moved.insert(whose);
        let is_buyer = |set: &BTreeSet<i64>| i64::from(!set.is_empty());
        *self.buyers.entry(shop).or_default() += is_buyer(&products) - is_buyer(&before);
        for (set, by) in [(&before, -1), (&products, 1)] {
            for product in set {
                for other in set {
                    *self.pairs.entry((shop, *product, *other)).or_default() += by;
                }
            }
        }
    }

    async fn save(mut self, conn: &mut PgConnection) -> Result<(), ApplyError> {
        self.pairs.retain(|_, by| *by != 0);
        self.buyers.retain(|_, by| *by != 0);
        save_variants(conn, &self).await?;
        save_bought(conn, &self).await?;
        save_pairs(conn, &self.pairs).await?;
        save_buyers(conn, &self.buyers).await?;
        let less = self.pairs.iter().filter(|(_, by)| **by < 0);
        let shops: BTreeSet<Shop> = less.map(|((shop, _, _), _)| *shop).collect();
        forget_none(conn, &shops).await
    }
}

async fn load_bought(
    conn: &mut PgConnection,
    clients: &BTreeSet<Whose>,
) -> Result<BTreeMap<Whose, BTreeSet<i64>>, ApplyError> {
    let rows: Vec<(i16, Uuid, Uuid, Json<BTreeSet<i64>>)> = sqlx::query_as(
        "SELECT lane, shop_id, client_id, b.products
           FROM unnest($1::smallint[], $2::uuid[], $3::uuid[]) AS u(lane, shop_id, client_id)
           JOIN bought b USING (lane, shop_id, client_id)",
    )
    .bind(clients.iter().map(|key| key.0).collect::<Vec<_>>())
    .bind(clients.iter().map(|key| key.1).collect::<Vec<_>>())
    .bind(clients.iter().map(|key| key.2).collect::<Vec<_>>())
    .fetch_all(conn)
    .await?;
    let keyed = |(lane, shop, client, Json(products))| ((lane, shop, client), products);
    Ok(rows.into_iter().map(keyed).collect())
}

async fn load_variants(
    conn: &mut PgConnection,
    variants: &BTreeSet<Key>,
) -> Result<BTreeMap<Key, i64>, ApplyError> {
    let rows: Vec<(i16, Uuid, i64, i64)> = sqlx::query_as(
        "SELECT lane, shop_id, variant_id, v.product_id
           FROM unnest($1::smallint[], $2::uuid[], $3::bigint[]) AS u(lane, shop_id, variant_id)
           JOIN bought_variants v USING (lane, shop_id, variant_id)",
    )
    .bind(variants.iter().map(|key| key.0).collect::<Vec<_>>())
    .bind(variants.iter().map(|key| key.1).collect::<Vec<_>>())
    .bind(variants.iter().map(|key| key.2).collect::<Vec<_>>())
    .fetch_all(conn)
    .await?;
    let keyed = |(lane, shop, variant, product)| ((lane, shop, variant), product);
    Ok(rows.into_iter().map(keyed).collect())
}

async fn save_variants(conn: &mut PgConnection, book: &Book) -> Result<(), ApplyError> {
    let new = book.new_variants.iter();
    let new: Vec<_> = new.filter_map(|key| Some((key, book.variants.get(key)?))).collect();
    if new.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO bought_variants
         SELECT * FROM unnest($1::smallint[], $2::uuid[], $3::bigint[], $4::bigint[])",
    )
    .bind(new.iter().map(|(key, _)| key.0).collect::<Vec<_>>())
    .bind(new.iter().map(|(key, _)| key.1).collect::<Vec<_>>())
    .bind(new.iter().map(|(key, _)| key.2).collect::<Vec<_>>())
    .bind(new.iter().map(|(_, product)| **product).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    Ok(())
}

async fn save_bought(conn: &mut PgConnection, book: &Book) -> Result<(), ApplyError> {
    let moved = book.moved.iter();
    let moved: Vec<_> = moved.filter_map(|key| Some((key, book.bought.get(key)?))).collect();
    if moved.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO bought AS r
         SELECT * FROM unnest($1::smallint[], $2::uuid[], $3::uuid[], $4::jsonb[])
         ON CONFLICT (lane, shop_id, client_id) DO UPDATE SET products = excluded.products",
    )
    .bind(moved.iter().map(|(key, _)| key.0).collect::<Vec<_>>())
    .bind(moved.iter().map(|(key, _)| key.1).collect::<Vec<_>>())
    .bind(moved.iter().map(|(key, _)| key.2).collect::<Vec<_>>())
    .bind(moved.iter().map(|(_, products)| Json(*products)).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    Ok(())
}

async fn save_pairs(
    conn: &mut PgConnection,
    pairs: &BTreeMap<(Shop, i64, i64), i64>,
) -> Result<(), ApplyError> {
    if pairs.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO bought_together AS r
         SELECT * FROM unnest($1::smallint[], $2::uuid[], $3::bigint[], $4::bigint[], $5::bigint[])
         ON CONFLICT (lane, shop_id, product_id, other_id)
            DO UPDATE SET clients = r.clients + excluded.clients",
    )
    .bind(pairs.keys().map(|(shop, _, _)| shop.0).collect::<Vec<_>>())
    .bind(pairs.keys().map(|(shop, _, _)| shop.1).collect::<Vec<_>>())
    .bind(pairs.keys().map(|(_, product, _)| *product).collect::<Vec<_>>())
    .bind(pairs.keys().map(|(_, _, other)| *other).collect::<Vec<_>>())
    .bind(pairs.values().copied().collect::<Vec<_>>())
    .execute(conn)
    .await?;
    Ok(())
}

async fn save_buyers(
    conn: &mut PgConnection,
    buyers: &BTreeMap<Shop, i64>,
) -> Result<(), ApplyError> {
    if buyers.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO bought_buyers AS r
         SELECT * FROM unnest($1::smallint[], $2::uuid[], $3::bigint[])
         ON CONFLICT (lane, shop_id) DO UPDATE SET clients = r.clients + excluded.clients",
    )
    .bind(buyers.keys().map(|shop| shop.0).collect::<Vec<_>>())
    .bind(buyers.keys().map(|shop| shop.1).collect::<Vec<_>>())
    .bind(buyers.values().copied().collect::<Vec<_>>())
    .execute(conn)
    .await?;
    Ok(())
}

/// What came and went leaves no row, in however many batches it did. Only where two clients became
/// one; a client who bought nothing is no pair of anything.
async fn forget_none(conn: &mut PgConnection, shops: &BTreeSet<Shop>) -> Result<(), ApplyError> {
    if shops.is_empty() {
        return Ok(());
    }
    for statement in [
        "DELETE FROM bought_together r USING unnest($1::smallint[], $2::uuid[]) AS u(lane, shop_id)
          WHERE (r.lane, r.shop_id) = (u.lane, u.shop_id) AND r.clients = 0",
        "DELETE FROM bought_buyers r USING unnest($1::smallint[], $2::uuid[]) AS u(lane, shop_id)
          WHERE (r.lane, r.shop_id) = (u.lane, u.shop_id) AND r.clients = 0",
    ] {
        sqlx::query(statement)
            .bind(shops.iter().map(|shop| shop.0).collect::<Vec<_>>())
            .bind(shops.iter().map(|shop| shop.1).collect::<Vec<_>>())
            .execute(&mut *conn)
            .await?;
    }
    Ok(())
}

/// A product that goes with another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, sqlx::FromRow)]
pub struct Suggestion {
    pub product: i64,
    pub keyword: String,
    pub name: String,
    /// Minor units.
    pub price: i64,
    /// How many bought both.
    pub clients: i64,
    /// How many times as often as chance would have it, thousandths: 1 000 is chance.
    pub lift: i64,
}

/// What goes with a product, the highest lift first: at least [`LEAST`] clients bought both, more
/// often than chance, and it is still sold. Whether it is in stock, and what it may cost, the asker
/// knows.
pub async fn suggestions(
    tx: &mut TenantTx,
    product: i64,
    limit: i64,
) -> Result<Vec<Suggestion>, sqlx::Error> {
    let (lane, shop) = tx.place();
    sqlx::query_as(
        "SELECT * FROM (
             SELECT t.other_id AS product, p.keyword, p.name, p.price, t.clients,
                    (1000 * t.clients * b.clients / (mine.clients * theirs.clients)) AS lift
               FROM bought_together t
               JOIN bought_buyers b USING (lane, shop_id)
               JOIN bought_together mine ON (mine.lane, mine.shop_id) = (t.lane, t.shop_id)
                    AND mine.product_id = t.product_id AND mine.other_id = t.product_id
               JOIN bought_together theirs ON (theirs.lane, theirs.shop_id) = (t.lane, t.shop_id)
                    AND theirs.product_id = t.other_id AND theirs.other_id = t.other_id
               JOIN products p ON (p.lane, p.shop_id) = (t.lane, t.shop_id)
                    AND p.product_id = t.other_id
              WHERE t.lane = $1 AND t.shop_id = $2 AND t.product_id = $3 AND t.other_id <> $3
                AND t.clients >= $4 AND NOT p.archived) AS found
          WHERE lift > 1000
          ORDER BY lift DESC, clients DESC, product LIMIT $5",
    )
    .bind(lane)
    .bind(shop)
    .bind(product)
    .bind(LEAST)
    .bind(limit)
    .fetch_all(tx.conn())
    .await
}

//! What a variant costs now: an offer is an order of one line at the product's price then.
//!
//! Kept by this model itself, because another model's table is not at the same event.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    catalogue::Event as Catalogue,
    event::Event,
    ids::{ProductId, VariantId},
    money::Amount,
    order::event::Line,
    waitlist::Event as Waitlist,
};
use sqlx::PgConnection;
use uuid::Uuid;

use super::Key;
use crate::{ApplyError, Told, numbers};

#[derive(Clone, Debug, sqlx::FromRow)]
struct Row {
    lane: i16,
    shop_id: Uuid,
    product_id: i64,
    price: i64,
    variants: Vec<i64>,
}

/// The prices that this batch needs or moves, as of the event it is at.
#[derive(Debug, Default)]
pub(super) struct Prices {
    rows: BTreeMap<Key, Row>,
    moved: BTreeSet<Key>,
    /// This batch has nothing to do with prices.
    idle: bool,
}

/// Those of the products the batch names, and of the variants it offers.
pub(super) async fn load(conn: &mut PgConnection, batch: &[&Told]) -> Result<Prices, ApplyError> {
    let (mut products, mut variants) = (BTreeSet::<Key>::new(), BTreeSet::<Key>::new());
    for told in batch {
        let key = |id| (told.lane, told.shop, id);
        match &told.event {
            Ok(Event::Catalogue(event)) => {
                products.extend(product(event).map(|id| key(numbers::product(id))));
            }
            Ok(Event::Waitlist(Waitlist::OfferMade { variant, .. })) => {
                variants.insert(key(numbers::variant(*variant)));
            }
            Ok(_) | Err(_) => {}
        }
    }
    if products.is_empty() && variants.is_empty() {
        return Ok(Prices { idle: true, ..Prices::default() });
    }
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT p.* FROM unnest($1::smallint[], $2::uuid[], $3::bigint[])
                AS u(lane, shop_id, product_id)
           JOIN prices p USING (lane, shop_id, product_id)
          UNION
         SELECT p.* FROM unnest($4::smallint[], $5::uuid[], $6::bigint[])
                AS u(lane, shop_id, variant_id)
           JOIN prices p ON (p.lane, p.shop_id) = (u.lane, u.shop_id)
                AND u.variant_id = ANY(p.variants)",
    )
    .bind(products.iter().map(|key| key.0).collect::<Vec<_>>())
    .bind(products.iter().map(|key| key.1).collect::<Vec<_>>())
    .bind(products.iter().map(|key| key.2).collect::<Vec<_>>())
    .bind(variants.iter().map(|key| key.0).collect::<Vec<_>>())
    .bind(variants.iter().map(|key| key.1).collect::<Vec<_>>())
    .bind(variants.iter().map(|key| key.2).collect::<Vec<_>>())
    .fetch_all(conn)
    .await?;
    let keyed = |row: Row| ((row.lane, row.shop_id, row.product_id), row);
    let rows = rows.into_iter().map(keyed).collect();
    Ok(Prices { rows, ..Prices::default() })
}

/// The product whose price or variants an event may change.
fn product(event: &Catalogue) -> Option<ProductId> {
    match event {
        Catalogue::ProductAdded { product, .. }
        | Catalogue::ProductChanged { product, price: Some(_), .. }
        | Catalogue::VariantAdded { product, .. } => Some(*product),
        Catalogue::ProductChanged { .. }
        | Catalogue::ProductArchived { .. }
        | Catalogue::StockRanLow { .. }
        | Catalogue::StockReceived { .. }
        | Catalogue::StockAdjusted { .. }
        | Catalogue::StockBlocked { .. } => None,
    }
}

impl Prices {
    /// Takes in what the catalogue says.
    pub(super) fn hear(&mut self, told: &Told, event: &Event) -> Result<(), ApplyError> {
        let Event::Catalogue(event) = event else { return Ok(()) };
        let Some(id) = product(event) else { return Ok(()) };
        let key = (told.lane, told.shop, numbers::product(id));
        if let Catalogue::ProductAdded { price, .. } = event {
            let (lane, shop_id, product_id) = key;
            let row = Row { lane, shop_id, product_id, price: price.0, variants: Vec::new() };
            self.rows.insert(key, row);
        }
        let row = self.rows.get_mut(&key).ok_or_else(|| ApplyError::unknown("product", key.2))?;
        match event {
            Catalogue::ProductChanged { price: Some(price), .. } => row.price = price.0,
            Catalogue::VariantAdded { variant, .. } => {
                row.variants.push(numbers::variant(*variant));
            }
            _ => {}
        }
        self.moved.insert(key);
        Ok(())
    }

    /// The one line of an offer made now.
    pub(super) fn line(
        &self,
        told: &Told,
        variant: VariantId,
        quantity: u32,
    ) -> Result<Line, ApplyError> {
        let id = numbers::variant(variant);
        let of_shop = (told.lane, told.shop, i64::MIN)..=(told.lane, told.shop, i64::MAX);
        let mut rows = self.rows.range(of_shop).map(|(_, row)| row);
        let row = rows.find(|row| row.variants.contains(&id));
        let row = row.ok_or_else(|| ApplyError::unknown("variant", id))?;
        let product = u32::try_from(row.product_id).ok().map(ProductId);
        Ok(Line {
            product: product.ok_or_else(|| ApplyError::unknown("product", row.product_id))?,
            variant,
            quantity,
            unit_price: Amount(row.price),
        })
    }

    /// True if this batch has nothing to do with prices.
    pub(super) fn is_idle(&self) -> bool {
        self.idle
    }

    /// Keeps what moved.
    pub(super) async fn save(self, conn: &mut PgConnection) -> Result<(), ApplyError> {
        let moved = self.rows.into_iter().filter(|(key, _)| self.moved.contains(key));
        let rows: Vec<Row> = moved.map(|(_, row)| row).collect();
        if rows.is_empty() {
            return Ok(());
        }
        let variants: Vec<serde_json::Value> =
            rows.iter().map(|row| row.variants.clone().into()).collect();
        sqlx::query(
            "INSERT INTO prices AS r
             SELECT u.lane, u.shop_id, u.product_id, u.price,
                    ARRAY(SELECT jsonb_array_elements_text(u.variants)::bigint)
               FROM unnest($1::smallint[], $2::uuid[], $3::bigint[], $4::bigint[], $5::jsonb[])
                    AS u(lane, shop_id, product_id, price, variants)
             ON CONFLICT (lane, shop_id, product_id) DO UPDATE SET price = excluded.price,
                 variants = excluded.variants",
        )
        .bind(rows.iter().map(|row| row.lane).collect::<Vec<_>>())
        .bind(rows.iter().map(|row| row.shop_id).collect::<Vec<_>>())
        .bind(rows.iter().map(|row| row.product_id).collect::<Vec<_>>())
        .bind(rows.iter().map(|row| row.price).collect::<Vec<_>>())
        .bind(variants)
        .execute(conn)
        .await?;
        Ok(())
    }
}

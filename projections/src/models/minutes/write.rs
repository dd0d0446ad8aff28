//! The curve's tables: what they know of a batch, and what it adds.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::PgConnection;
use uuid::Uuid;

use super::{
    Key,
    book::{Belongs, Book},
};
use crate::ApplyError;

pub(super) async fn orders(
    conn: &mut PgConnection,
    keys: &BTreeSet<Key>,
) -> Result<BTreeMap<Key, Belongs>, ApplyError> {
    if keys.is_empty() {
        return Ok(BTreeMap::new());
    }
    let rows: Vec<(i16, Uuid, i64, i64, Option<i64>, i64)> = sqlx::query_as(
        "SELECT lane, shop_id, order_id, o.live_id, o.product_id, o.quantity
           FROM unnest($1::smallint[], $2::uuid[], $3::bigint[]) AS u(lane, shop_id, order_id)
           JOIN minute_orders o USING (lane, shop_id, order_id)",
    )
    .bind(keys.iter().map(|key| key.0).collect::<Vec<_>>())
    .bind(keys.iter().map(|key| key.1).collect::<Vec<_>>())
    .bind(keys.iter().map(|key| key.2).collect::<Vec<_>>())
    .fetch_all(conn)
    .await?;
    let keyed = |(lane, shop, order, live, product, quantity)| {
        ((lane, shop, order), Belongs { live, product, quantity })
    };
    Ok(rows.into_iter().map(keyed).collect())
}

pub(super) async fn variants(
    conn: &mut PgConnection,
    keys: &BTreeSet<Key>,
) -> Result<BTreeMap<Key, i64>, ApplyError> {
    if keys.is_empty() {
        return Ok(BTreeMap::new());
    }
    let rows: Vec<(i16, Uuid, i64, i64)> = sqlx::query_as(
        "SELECT lane, shop_id, variant_id, v.product_id
           FROM unnest($1::smallint[], $2::uuid[], $3::bigint[]) AS u(lane, shop_id, variant_id)
           JOIN minute_variants v USING (lane, shop_id, variant_id)",
    )
    .bind(keys.iter().map(|key| key.0).collect::<Vec<_>>())
    .bind(keys.iter().map(|key| key.1).collect::<Vec<_>>())
    .bind(keys.iter().map(|key| key.2).collect::<Vec<_>>())
    .fetch_all(conn)
    .await?;
    let keyed = |(lane, shop, variant, product)| ((lane, shop, variant), product);
    Ok(rows.into_iter().map(keyed).collect())
}

pub(super) async fn add_variants(conn: &mut PgConnection, book: &Book) -> Result<(), ApplyError> {
    let new: Vec<_> =
        book.variants.iter().filter(|(key, _)| book.new_variants.contains(key)).collect();
    if new.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO minute_variants
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

pub(super) async fn add_orders(conn: &mut PgConnection, book: &Book) -> Result<(), ApplyError> {
    let new: Vec<_> = book.orders.iter().filter(|(key, _)| book.new_orders.contains(key)).collect();
    if new.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO minute_orders
         SELECT * FROM unnest($1::smallint[], $2::uuid[], $3::bigint[], $4::bigint[], $5::bigint[],
                              $6::bigint[])",
    )
    .bind(new.iter().map(|(key, _)| key.0).collect::<Vec<_>>())
    .bind(new.iter().map(|(key, _)| key.1).collect::<Vec<_>>())
    .bind(new.iter().map(|(key, _)| key.2).collect::<Vec<_>>())
    .bind(new.iter().map(|(_, of)| of.live).collect::<Vec<_>>())
    .bind(new.iter().map(|(_, of)| of.product).collect::<Vec<_>>())
    .bind(new.iter().map(|(_, of)| of.quantity).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn add_minutes(conn: &mut PgConnection, book: &Book) -> Result<(), ApplyError> {
    if book.came.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO minutes AS r
         SELECT * FROM unnest($1::smallint[], $2::uuid[], $3::bigint[], $4::timestamptz[],
                              $5::bigint[], $6::bigint[], $7::bigint[])
         ON CONFLICT (lane, shop_id, live_id, minute) DO UPDATE SET
             orders = r.orders + excluded.orders, payments = r.payments + excluded.payments,
             amount = r.amount + excluded.amount",
    )
    .bind(book.came.keys().map(|key| key.0).collect::<Vec<_>>())
    .bind(book.came.keys().map(|key| key.1).collect::<Vec<_>>())
    .bind(book.came.keys().map(|key| key.2).collect::<Vec<_>>())
    .bind(book.came.keys().map(|key| key.3).collect::<Vec<_>>())
    .bind(book.came.values().map(|came| came.orders).collect::<Vec<_>>())
    .bind(book.came.values().map(|came| came.payments).collect::<Vec<_>>())
    .bind(book.came.values().map(|came| came.amount).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn add_units(conn: &mut PgConnection, book: &Book) -> Result<(), ApplyError> {
    if book.units.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO minute_units AS r
         SELECT * FROM unnest($1::smallint[], $2::uuid[], $3::bigint[], $4::timestamptz[],
                              $5::bigint[], $6::bigint[])
         ON CONFLICT (lane, shop_id, live_id, minute, product_id) DO UPDATE SET
             units = r.units + excluded.units",
    )
    .bind(book.units.keys().map(|(key, _)| key.0).collect::<Vec<_>>())
    .bind(book.units.keys().map(|(key, _)| key.1).collect::<Vec<_>>())
    .bind(book.units.keys().map(|(key, _)| key.2).collect::<Vec<_>>())
    .bind(book.units.keys().map(|(key, _)| key.3).collect::<Vec<_>>())
    .bind(book.units.keys().map(|(_, product)| *product).collect::<Vec<_>>())
    .bind(book.units.values().copied().collect::<Vec<_>>())
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn add_showings(conn: &mut PgConnection, book: &Book) -> Result<(), ApplyError> {
    if book.showings.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO showings
         SELECT * FROM unnest($1::smallint[], $2::uuid[], $3::bigint[], $4::bigint[],
                              $5::timestamptz[], $6::bigint[])",
    )
    .bind(book.showings.iter().map(|(live, ..)| live.0).collect::<Vec<_>>())
    .bind(book.showings.iter().map(|(live, ..)| live.1).collect::<Vec<_>>())
    .bind(book.showings.iter().map(|(live, ..)| live.2).collect::<Vec<_>>())
    .bind(book.showings.iter().map(|shown| shown.1).collect::<Vec<_>>())
    .bind(book.showings.iter().map(|shown| shown.2).collect::<Vec<_>>())
    .bind(book.showings.iter().map(|shown| shown.3).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    Ok(())
}

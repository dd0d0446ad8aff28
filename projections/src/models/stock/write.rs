//! Products, variants and moved units, into the tables.

use std::collections::BTreeMap;

use sqlx::PgConnection;

use super::{Key, Product, moves::Moved};
use crate::{ApplyError, numbers};

pub(super) async fn add_products(
    conn: &mut PgConnection,
    products: &BTreeMap<Key, Product>,
) -> Result<(), ApplyError> {
    let new: Vec<_> = products.iter().filter(|(_, row)| row.keyword.is_some()).collect();
    if new.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO products
         SELECT * FROM unnest($1::smallint[], $2::uuid[], $3::bigint[], $4::text[], $5::text[],
                              $6::bigint[], $7::boolean[], $8::text[])",
    )
    .bind(new.iter().map(|(key, _)| key.0).collect::<Vec<_>>())
    .bind(new.iter().map(|(key, _)| key.1).collect::<Vec<_>>())
    .bind(new.iter().map(|(key, _)| key.2).collect::<Vec<_>>())
    .bind(new.iter().map(|(_, row)| row.keyword.as_deref()).collect::<Vec<_>>())
    .bind(new.iter().map(|(_, row)| row.name.as_deref()).collect::<Vec<_>>())
    .bind(new.iter().map(|(_, row)| row.price).collect::<Vec<_>>())
    .bind(new.iter().map(|(_, row)| row.archived).collect::<Vec<_>>())
    .bind(new.iter().map(|(_, row)| row.photo.as_deref()).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn change_products(
    conn: &mut PgConnection,
    products: &BTreeMap<Key, Product>,
) -> Result<(), ApplyError> {
    let old: Vec<_> = products.iter().filter(|(_, row)| row.keyword.is_none()).collect();
    if old.is_empty() {
        return Ok(());
    }
    let done = sqlx::query(
        "UPDATE products r SET name = coalesce(u.name, r.name),
                price = coalesce(u.price, r.price), photo = coalesce(u.photo, r.photo),
                archived = r.archived OR u.archived
           FROM unnest($1::smallint[], $2::uuid[], $3::bigint[], $4::text[], $5::bigint[],
                       $6::boolean[], $7::text[])
                AS u(lane, shop_id, product_id, name, price, archived, photo)
          WHERE (r.lane, r.shop_id, r.product_id) = (u.lane, u.shop_id, u.product_id)",
    )
    .bind(old.iter().map(|(key, _)| key.0).collect::<Vec<_>>())
    .bind(old.iter().map(|(key, _)| key.1).collect::<Vec<_>>())
    .bind(old.iter().map(|(key, _)| key.2).collect::<Vec<_>>())
    .bind(old.iter().map(|(_, row)| row.name.as_deref()).collect::<Vec<_>>())
    .bind(old.iter().map(|(_, row)| row.price).collect::<Vec<_>>())
    .bind(old.iter().map(|(_, row)| row.archived).collect::<Vec<_>>())
    .bind(old.iter().map(|(_, row)| row.photo.as_deref()).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    numbers::all(done.rows_affected(), old.len(), "product")
}

pub(super) async fn add_variants(
    conn: &mut PgConnection,
    variants: &BTreeMap<Key, (i64, String)>,
) -> Result<(), ApplyError> {
    if variants.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO stock
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

pub(super) async fn move_units(
    conn: &mut PgConnection,
    moved: &BTreeMap<Key, Moved>,
) -> Result<(), ApplyError> {
    if moved.is_empty() {
        return Ok(());
    }
    let done = sqlx::query(
        "UPDATE stock r SET on_hand = r.on_hand + u.on_hand, held = r.held + u.held,
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

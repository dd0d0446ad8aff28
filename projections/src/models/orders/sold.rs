//! Units of paid orders by live and variant: a page asks for them many times a second.

use std::collections::BTreeMap;

use sqlx::PgConnection;
use uuid::Uuid;

use super::{Key, Row};
use crate::{ApplyError, numbers};

/// Units by (lane, shop, live) and variant.
pub(super) type Units = BTreeMap<(Key, i64), i64>;

/// What these rows count for.
pub(super) fn of(rows: &BTreeMap<Key, Row>) -> Units {
    let mut units = Units::new();
    for row in rows.values().filter(|row| row.collected > 0) {
        let Some(live) = row.live_id else { continue };
        for line in row.lines.iter() {
            let key = ((row.lane, row.shop_id, live), numbers::variant(line.variant));
            *units.entry(key).or_default() += i64::from(line.quantity);
        }
    }
    units
}

/// Writes by how much the same rows count for more or less.
pub(super) async fn save(
    conn: &mut PgConnection,
    before: Units,
    mut now: Units,
) -> Result<(), ApplyError> {
    for (key, units) in before {
        *now.entry(key).or_default() -= units;
    }
    now.retain(|_, units| *units != 0);
    if now.is_empty() {
        return Ok(());
    }
    let keys = || now.keys().map(|(live, variant)| (*live, *variant));
    let lanes: Vec<i16> = keys().map(|((lane, _, _), _)| lane).collect();
    let shops: Vec<Uuid> = keys().map(|((_, shop, _), _)| shop).collect();
    let lives: Vec<i64> = keys().map(|((_, _, live), _)| live).collect();
    let variants: Vec<i64> = keys().map(|(_, variant)| variant).collect();
    sqlx::query(
        "INSERT INTO sold AS r
         SELECT * FROM unnest($1::smallint[], $2::uuid[], $3::bigint[], $4::bigint[], $5::bigint[])
         ON CONFLICT (lane, shop_id, live_id, variant_id)
            DO UPDATE SET units = r.units + excluded.units",
    )
    .bind(&lanes)
    .bind(&shops)
    .bind(&lives)
    .bind(&variants)
    .bind(now.values().copied().collect::<Vec<_>>())
    .execute(&mut *conn)
    .await?;
    if now.values().all(|units| *units > 0) {
        return Ok(());
    }
    // What came and went leaves no row, in however many batches it did.
    sqlx::query(
        "DELETE FROM sold r
          USING unnest($1::smallint[], $2::uuid[], $3::bigint[], $4::bigint[])
                AS u(lane, shop_id, live_id, variant_id)
          WHERE (r.lane, r.shop_id, r.live_id, r.variant_id)
                = (u.lane, u.shop_id, u.live_id, u.variant_id) AND r.units = 0",
    )
    .bind(lanes)
    .bind(shops)
    .bind(lives)
    .bind(variants)
    .execute(conn)
    .await?;
    Ok(())
}

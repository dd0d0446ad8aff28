//! Are the new tables what the old ones are? Row by row, in the database, at equal positions.

use std::fmt;

use sqlx::{AssertSqlSafe, PgConnection};
use uuid::Uuid;

use crate::{Model, tables::quoted};

use super::{RebuildError, stage};

/// A table in both generations.
#[derive(Clone, Debug)]
pub(super) struct Subject {
    model: &'static str,
    table: String,
}

/// A shop whose rows are not the same in both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Differing {
    pub table: String,
    pub lane: i16,
    pub shop: Uuid,
    /// Rows in the old table, and in the new one.
    pub rows: (i64, i64),
    /// A row as the old table has it, and one as the new one has it, where the other has not.
    pub example: (Option<String>, Option<String>),
}

impl fmt::Display for Differing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            table,
            lane,
            shop,
            rows: (old, new),
            example: (was, is),
        } = self;
        write!(
            f,
            "{table}, shop {shop} (lane {lane}): {old} rows were, {new} are"
        )?;
        if let Some(was) = was {
            write!(f, "; only old: {was}")?;
        }
        if let Some(is) = is {
            write!(f, "; only new: {is}")?;
        }
        Ok(())
    }
}

/// What is compared.
#[derive(Clone, Copy, Debug)]
pub(super) enum Scope<'a> {
    Lanes(&'a [i16]),
    Shops(&'a [Uuid]),
}

/// The tables of those models that are live in the same version: others may differ.
pub(super) async fn subjects(
    conn: &mut PgConnection,
    models: &[&'static Model],
) -> Result<Vec<Subject>, RebuildError> {
    let mut subjects = Vec::new();
    for model in models {
        let live: Option<i32> =
            sqlx::query_scalar("SELECT version FROM reading.version WHERE model = $1")
                .bind(model.name)
                .fetch_optional(&mut *conn)
                .await?;
        if live == Some(model.version) {
            let tables = stage::of(conn, model).await?;
            let subject = |table| Subject {
                model: model.name,
                table,
            };
            subjects.extend(tables.into_iter().map(subject));
        }
    }
    Ok(subjects)
}

/// The shops that differ, table by table. A shop that is parked in one generation and not at the
/// same event in the other has every right to.
pub(super) async fn differing(
    conn: &mut PgConnection,
    subjects: &[Subject],
    scope: Scope<'_>,
) -> Result<Vec<Differing>, RebuildError> {
    // A large lane may be looked at longer than a statement usually may.
    sqlx::raw_sql("SET LOCAL statement_timeout = '60s'")
        .execute(&mut *conn)
        .await?;
    let mut found = Vec::new();
    for subject in subjects {
        found.extend(one_table(conn, subject, scope).await?);
    }
    Ok(found)
}

/// Each shop's rows as one number, whatever their order.
const BY_SHOP: &str = "
SELECT lane, shop_id, coalesce(old.n, 0), coalesce(new.n, 0)
  FROM (SELECT lane, shop_id, count(*) AS n, sum(hashtextextended(t::text, 0)::numeric) AS h
          FROM reading.{table} t WHERE {scope} GROUP BY lane, shop_id) old
  FULL JOIN
       (SELECT lane, shop_id, count(*) AS n, sum(hashtextextended(t::text, 0)::numeric) AS h
          FROM reading_next.{table} t WHERE {scope} GROUP BY lane, shop_id) new
       USING (lane, shop_id)
 WHERE (old.n, old.h) IS DISTINCT FROM (new.n, new.h)
   AND NOT EXISTS (
       SELECT FROM (SELECT shop_id, pos FROM public.park WHERE projection = $2) was
         FULL JOIN (SELECT shop_id, pos FROM reading_next.park WHERE projection = $2) will
              USING (shop_id)
        WHERE shop_id = coalesce(old.shop_id, new.shop_id)
          AND was.pos IS DISTINCT FROM will.pos)
 ORDER BY lane, shop_id LIMIT 20";

async fn one_table(
    conn: &mut PgConnection,
    subject: &Subject,
    scope: Scope<'_>,
) -> Result<Vec<Differing>, RebuildError> {
    let column = match scope {
        Scope::Lanes(_) => "lane = ANY($1)",
        Scope::Shops(_) => "shop_id = ANY($1)",
    };
    let table = quoted(&subject.table);
    let sql = BY_SHOP
        .replace("{table}", &table)
        .replace("{scope}", column);
    let asked = sqlx::query_as(AssertSqlSafe(sql));
    let asked = match scope {
        Scope::Lanes(lanes) => asked.bind(lanes),
        Scope::Shops(shops) => asked.bind(shops),
    };
    let rows: Vec<(i16, Uuid, i64, i64)> = asked.bind(subject.model).fetch_all(&mut *conn).await?;
    let mut found = Vec::new();
    for (lane, shop, old, new) in rows {
        let only = |one: &str, other: &str| {
            format!(
                "SELECT left(t::text, 300) FROM {one}.{table} t WHERE lane = $1 AND shop_id = $2
                  AND t::text NOT IN (SELECT o::text FROM {other}.{table} o
                                       WHERE lane = $1 AND shop_id = $2) LIMIT 1"
            )
        };
        let was = example(conn, only("reading", "reading_next"), (lane, shop)).await?;
        let is = example(conn, only("reading_next", "reading"), (lane, shop)).await?;
        found.push(Differing {
            table: subject.table.clone(),
            lane,
            shop,
            rows: (old, new),
            example: (was, is),
        });
    }
    Ok(found)
}

async fn example(
    conn: &mut PgConnection,
    sql: String,
    (lane, shop): (i16, Uuid),
) -> Result<Option<String>, sqlx::Error> {
    sqlx::query_scalar(AssertSqlSafe(sql))
        .bind(lane)
        .bind(shop)
        .fetch_optional(conn)
        .await
}

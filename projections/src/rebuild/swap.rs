//! The new tables take the place of the old ones: one transaction, for a moment alone.

use std::collections::BTreeSet;

use sqlx::{AssertSqlSafe, PgConnection};
use tokio::time::Instant;
use uuid::Uuid;

use crate::{
    ApplyError, Parked, Told,
    runner::{
        park,
        tick::{self, Pace},
    },
    tables::{SET, quoted},
};

use super::{
    RebuildError, Rebuilt, Work,
    catchup::{self, Compared},
    compare::{self, Scope},
    replay, stage,
};

/// Swaps, or leaves everything as it was.
pub(super) async fn swap(
    work: &Work<'_>,
    compared: &Compared,
    rebuilt: &mut Rebuilt,
) -> Result<(), RebuildError> {
    match once(work, compared, rebuilt, Pace::Whole).await {
        Err(RebuildError::Apply(error)) if error.is_poison() => {
            once(work, compared, rebuilt, Pace::ByShop).await
        }
        done => done,
    }
}

async fn once(
    work: &Work<'_>,
    compared: &Compared,
    rebuilt: &mut Rebuilt,
    pace: Pace,
) -> Result<(), RebuildError> {
    let mut tx = work.lease.generation().begin(work.pool).await?;
    // First what nobody waits for: no vacuum shall be in the way when readers do.
    sqlx::raw_sql("SET LOCAL synchronous_commit = on; SET LOCAL lock_timeout = '2s'")
        .execute(&mut *tx)
        .await?;
    let moved = Moved::of(&mut tx, work).await?;
    moved.lock(&mut tx, "SHARE UPDATE EXCLUSIVE").await?;
    hold(&mut tx, work.lease.holder).await?;
    // The runners wait from here on; pages still read the old tables.
    sqlx::query(
        "SELECT lane FROM public.checkpoint WHERE projection = $1 ORDER BY lane FOR UPDATE",
    )
    .bind(SET)
    .execute(&mut *tx)
    .await?;
    let (events, shops) = last_events(&mut tx, compared, pace).await?;
    let differing = match shops.as_slice() {
        [] => Vec::new(),
        shops => compare::differing(&mut tx, &compared.subjects, Scope::Shops(shops)).await?,
    };
    if !differing.is_empty() && !work.plan.replace {
        return Err(RebuildError::Differs(differing));
    }
    let parked = parks(&mut tx, work).await?;
    // Pages wait from here on.
    let started = Instant::now();
    sqlx::raw_sql(
        "SET LOCAL lock_timeout = '500ms';
         LOCK TABLE public.reading_gate IN ACCESS EXCLUSIVE MODE",
    )
    .execute(&mut *tx)
    .await?;
    moved.lock(&mut tx, "ACCESS EXCLUSIVE").await?;
    moved.swap(&mut tx).await?;
    write_down(&mut tx, work).await?;
    tx.commit().await?;
    rebuilt.swap = started.elapsed();
    rebuilt.events += events;
    rebuilt.differing.extend(differing);
    rebuilt.parked = parked;
    Ok(())
}

/// The lease is ours until the end of the transaction.
async fn hold(conn: &mut PgConnection, holder: Uuid) -> Result<(), RebuildError> {
    let ours: Option<bool> = sqlx::query_scalar(
        "SELECT true FROM rebuild
          WHERE holder = $1 AND lease_until > clock_timestamp() FOR UPDATE",
    )
    .bind(holder)
    .fetch_optional(conn)
    .await?;
    ours.map(|_yes| ()).ok_or(ApplyError::LeaseLost.into())
}

/// Applies what came since the last look. Returns how many events, and the shops that moved since
/// they were compared.
async fn last_events(
    conn: &mut PgConnection,
    compared: &Compared,
    pace: Pace,
) -> Result<(i64, Vec<Uuid>), RebuildError> {
    let places = replay::places(conn).await?;
    let (_, events) = catchup::rest(conn, i64::MAX).await?;
    let list: Vec<&Told> = events.iter().collect();
    let moves = tick::moves(&list, |lane| places.get(&lane).map_or(0, |(next, _)| *next));
    if !moves.is_empty() {
        let won = tick::within(conn, pace, &list, &moves).await?;
        if won.len() != moves.len() {
            return Err(ApplyError::LeaseLost.into());
        }
    }
    let lanes: Vec<(i16, i64)> = places
        .iter()
        .filter_map(|(lane, (_, live))| {
            let at = *compared.at.get(lane)?;
            (at < *live).then_some((*lane, at))
        })
        .collect();
    if lanes.is_empty() || compared.subjects.is_empty() {
        return Ok((i64::try_from(events.len()).unwrap_or(0), Vec::new()));
    }
    let (lanes, after): (Vec<i16>, Vec<i64>) = lanes.into_iter().unzip();
    let shops: Vec<Uuid> = sqlx::query_scalar(
        "SELECT DISTINCT e.shop_id FROM unnest($1::smallint[], $2::bigint[]) AS u(lane, after)
           JOIN event e ON e.lane = u.lane AND e.pos > u.after",
    )
    .bind(lanes)
    .bind(after)
    .fetch_all(conn)
    .await?;
    Ok((i64::try_from(events.len()).unwrap_or(0), shops))
}

/// The shops parked in the new generation. Who was not parked before is a person's decision.
async fn parks(conn: &mut PgConnection, work: &Work<'_>) -> Result<Vec<Parked>, RebuildError> {
    let parked = park::listed(conn).await?;
    let before: Vec<(String, Uuid)> = sqlx::query_as("SELECT projection, shop_id FROM public.park")
        .fetch_all(conn)
        .await?;
    let before: BTreeSet<(String, Uuid)> = before.into_iter().collect();
    let is_new = |park: &&Parked| !before.contains(&(park.projection.clone(), park.shop_id));
    let new: Vec<Parked> = parked.iter().filter(is_new).cloned().collect();
    if !new.is_empty() && !work.plan.accept_parked {
        return Err(RebuildError::Parked(new));
    }
    Ok(parked)
}

/// The tables that change places.
struct Moved {
    old: Vec<String>,
    new: Vec<String>,
}

impl Moved {
    async fn of(conn: &mut PgConnection, work: &Work<'_>) -> Result<Self, RebuildError> {
        let (mut old, mut new) = (Vec::new(), Vec::new());
        for model in work.models {
            let tables = stage::of(conn, model).await?;
            let was: Option<Vec<String>> =
                sqlx::query_scalar("SELECT tables FROM reading.version WHERE model = $1")
                    .bind(model.name)
                    .fetch_optional(&mut *conn)
                    .await?
                    .flatten();
            old.extend(was.unwrap_or_default());
            new.extend(tables);
        }
        Ok(Self { old, new })
    }

    async fn lock(&self, conn: &mut PgConnection, mode: &str) -> Result<(), sqlx::Error> {
        let names = self
            .old
            .iter()
            .map(|table| format!("reading.{}", quoted(table)));
        let names: Vec<String> = names.collect();
        if names.is_empty() {
            return Ok(());
        }
        let lock = format!("LOCK TABLE {} IN {mode} MODE", names.join(", "));
        sqlx::raw_sql(AssertSqlSafe(lock)).execute(conn).await?;
        Ok(())
    }

    async fn swap(&self, conn: &mut PgConnection) -> Result<(), sqlx::Error> {
        let moved = |from: &str, to: &str, table: &String| {
            format!("ALTER TABLE {from}.{} SET SCHEMA {to};", quoted(table))
        };
        let old = self
            .old
            .iter()
            .map(|table| moved("reading", "reading_old", table));
        let new = self
            .new
            .iter()
            .map(|table| moved("reading_next", "reading", table));
        let sql: String = old.chain(new).collect();
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(conn).await?;
        Ok(())
    }
}

/// Versions and parked shops move along; what only the rebuild needed is gone.
async fn write_down(conn: &mut PgConnection, work: &Work<'_>) -> Result<(), RebuildError> {
    for sql in [
        "DELETE FROM public.park WHERE projection = ANY($1)",
        "INSERT INTO public.park (projection, lane, shop_id, pos, error, at)
         SELECT projection, lane, shop_id, pos, error, at FROM reading_next.park
          WHERE projection = ANY($1)",
        "INSERT INTO reading.version (model, version, tables)
         SELECT model, version, tables FROM reading_next.version WHERE model = ANY($1)
         ON CONFLICT (model) DO UPDATE SET version = excluded.version, tables = excluded.tables",
    ] {
        sqlx::query(sql)
            .bind(work.names())
            .execute(&mut *conn)
            .await?;
    }
    for table in stage::OWN_TABLES {
        let drop = format!("DROP TABLE reading_next.{table}");
        sqlx::raw_sql(AssertSqlSafe(drop))
            .execute(&mut *conn)
            .await?;
    }
    sqlx::query(
        "UPDATE public.rebuild SET phase = 'done', holder = NULL, lease_until = '-infinity',
                note = NULL, changed_at = clock_timestamp() WHERE holder = $1",
    )
    .bind(work.lease.holder)
    .execute(conn)
    .await?;
    Ok(())
}

//! The raw limits of this PostgreSQL, measured in the same run as ours (performance.md, L1 and
//! L2): a plain table with two indexes, single-row commits by 32 clients, and batches of 1 000.

use std::time::{Duration, Instant};

use sqlx::{Connection as _, PgConnection};
use uuid::Uuid;

const TABLE: &str = "create table if not exists raw_event (
    position bigserial primary key, shop int not null, stream uuid not null, seq bigint not null,
    id uuid not null, kind text not null, payload jsonb not null,
    recorded_at timestamptz not null default now(), unique (shop, stream, seq))";
const ONE: &str = "insert into raw_event (shop, stream, seq, id, kind, payload)
    values ($1, $2, $3, $4, $5, $6::jsonb)";
const MANY: &str = "insert into raw_event (shop, stream, seq, id, kind, payload)
    select * from unnest($1::int[], $2::uuid[], $3::bigint[], $4::uuid[], $5::text[],
        $6::text[]::jsonb[])";

/// Some 350 bytes of JSON, as a reservation is.
fn payload(n: u64) -> String {
    format!(
        "{{\"order_id\":\"{:032x}\",\"buyer\":\"buyer-{n:012}\",\"product\":\"product-000001\",\
         \"shop\":\"shop-0001\",\"quantity\":1,\"unit_price\":129900,\"currency\":\"XOF\",\
         \"channel\":\"live\",\"session\":\"live-session-2026-11-21-0001\",\
         \"expires_at\":\"2026-11-21T08:15:00.000Z\",\"note\":\"{}\"}}",
        u128::from(n),
        "une-note-de-remplissage-".repeat(4)
    )
}

/// Drops a database and lets the disk come to rest.
pub(super) async fn afresh(admin: &str, database: &'static str) -> Result<(), sqlx::Error> {
    let mut connection = PgConnection::connect(admin).await?;
    let drop = format!("drop database if exists {database} with (force)");
    sqlx::raw_sql(sqlx::AssertSqlSafe(drop))
        .execute(&mut connection)
        .await?;
    sqlx::query("checkpoint").execute(&mut connection).await?;
    connection.close().await
}

/// Makes the table.
pub(super) async fn prepare(url: &str) -> Result<(), sqlx::Error> {
    let mut connection = PgConnection::connect(url).await?;
    sqlx::query(TABLE).execute(&mut connection).await?;
    sqlx::query("truncate raw_event")
        .execute(&mut connection)
        .await?;
    sqlx::query("checkpoint").execute(&mut connection).await?;
    Ok(())
}

/// Single-row commits per second by so many clients.
pub(super) async fn single(url: &str, clients: u64, lasts: Duration) -> Result<f64, sqlx::Error> {
    prepare(url).await?;
    let mut workers = tokio::task::JoinSet::new();
    let start = Instant::now();
    for client in 0..clients {
        let url = url.to_owned();
        workers.spawn(async move {
            let mut connection = PgConnection::connect(&url).await?;
            let (mut done, mut since) = (0_u64, None);
            while start.elapsed() < lasts + Duration::from_secs(1) {
                // The first second warms up and is not counted.
                if since.is_none() && start.elapsed() >= Duration::from_secs(1) {
                    (done, since) = (0, Some(Instant::now()));
                }
                let id = Uuid::from_u128(u128::from(client) << 64 | u128::from(done + 1));
                sqlx::query(ONE)
                    .bind(1_i32)
                    .bind(crate::identity::new())
                    .bind(1_i64)
                    .bind(id)
                    .bind("reserved")
                    .bind(payload(done))
                    .execute(&mut connection)
                    .await?;
                done += 1;
            }
            let measured = since.map_or(lasts, |since| since.elapsed());
            Ok::<f64, sqlx::Error>(super::rate(done, measured))
        });
    }
    let mut sum = 0.0;
    while let Some(worker) = workers.join_next().await {
        sum += worker.map_err(|error| sqlx::Error::Protocol(error.to_string()))??;
    }
    Ok(sum)
}

/// Events per second by one writer in batches of 1 000.
pub(super) async fn batched(url: &str, lasts: Duration) -> Result<f64, sqlx::Error> {
    prepare(url).await?;
    let mut connection = PgConnection::connect(url).await?;
    let start = Instant::now();
    let mut done = 0_u64;
    while start.elapsed() < lasts {
        let rows = 0..1_000_u64;
        let stream = crate::identity::new();
        sqlx::query(MANY)
            .bind(vec![1_i32; 1_000])
            .bind(vec![stream; 1_000])
            .bind((0..1_000_i64).collect::<Vec<_>>())
            .bind(
                rows.clone()
                    .map(|_| crate::identity::new())
                    .collect::<Vec<_>>(),
            )
            .bind(vec!["reserved"; 1_000])
            .bind(rows.map(payload).collect::<Vec<_>>())
            .execute(&mut connection)
            .await?;
        done += 1_000;
    }
    Ok(super::rate(done, start.elapsed()))
}

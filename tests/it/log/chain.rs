//! What a superuser with the triggers switched off changes is found, by stream and sequence.

use eventstore::chain::{verify_all, verify_stream};
use tests::cluster::database;
use uuid::Uuid;

use super::stock::{Ask, Stock, What, look, start};

async fn tamper(pool: &sqlx::PgPool, sql: &'static str) {
    let mut connection = pool.acquire().await.expect("a connection");
    for step in [
        "SET session_replication_role = replica",
        sql,
        "SET session_replication_role = origin",
    ] {
        sqlx::raw_sql(step)
            .execute(&mut *connection)
            .await
            .expect("tampered");
    }
}

#[tokio::test]
async fn tampering_is_found_and_named() {
    let db = database().await;
    let log = start(
        db.url(),
        "a",
        Stock {
            units: 50,
            promises: false,
            hold: None,
        },
    )
    .await;
    let streams = [Uuid::from_u128(1), Uuid::from_u128(2), Uuid::from_u128(3)];
    for n in 0..30_u128 {
        let stream = streams[usize::try_from(n % 3).unwrap()];
        log.submit(stream, Ask::new(n + 1, What::Reserve))
            .await
            .expect("answered");
    }
    log.shutdown().await;
    let pool = look(db.url()).await;
    let whole = verify_all(&pool, 2, |_| ()).await.expect("verified");
    assert_eq!(
        (whole.events, whole.streams, whole.is_whole()),
        (30, 3, true)
    );

    // One space in a body.
    tamper(&pool, "UPDATE event SET body = (body::text || ' ')::json WHERE seq = 4 AND shop_id = '00000000-0000-0000-0000-000000000002'").await;
    let report = verify_all(&pool, 2, |_| ()).await.expect("verified");
    assert_eq!(report.breaks.len(), 1);
    assert_eq!(
        (report.breaks[0].stream, report.breaks[0].seq),
        (Some(streams[1]), 4)
    );
    assert!(
        verify_stream(&pool, streams[0])
            .await
            .expect("verified")
            .is_whole()
    );
    assert_eq!(
        verify_stream(&pool, streams[1])
            .await
            .expect("verified")
            .breaks[0]
            .seq,
        4
    );

    // One event less.
    tamper(
        &pool,
        "DELETE FROM event WHERE seq = 7 AND shop_id = '00000000-0000-0000-0000-000000000001'",
    )
    .await;
    let report = verify_all(&pool, 2, |_| ()).await.expect("verified");
    let named = |stream| {
        report
            .breaks
            .iter()
            .find(|one| one.stream == stream)
            .map(|one| one.seq)
    };
    assert_eq!(named(Some(streams[0])), Some(7));
    assert!(named(None).is_some(), "the lane has a hole as well");

    // The last one less: only the head knows.
    tamper(
        &pool,
        "DELETE FROM event WHERE seq = 10 AND shop_id = '00000000-0000-0000-0000-000000000003'",
    )
    .await;
    let report = verify_all(&pool, 2, |_| ()).await.expect("verified");
    assert!(report.breaks.len() >= 3, "{report:?}");
}

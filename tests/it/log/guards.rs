//! Append-only by grants and triggers; one shop per reader.

use eventstore::Role;
use eventstore::photos::{self, Photo};
use tests::cluster::database;
use uuid::Uuid;

use super::stock::{Ask, Stock, What, look, start};

/// A log whose streams have five units each, and promises.
async fn opened(url: &str) -> std::sync::Arc<eventstore::Log<Stock>> {
    let stock = Stock {
        units: 5,
        promises: true,
        hold: None,
    };
    start(url, "a", stock).await
}

#[tokio::test]
async fn nobody_changes_the_log() {
    let db = database().await;
    let log = opened(db.url()).await;
    log.submit(Uuid::from_u128(1), Ask::new(1, What::Reserve))
        .await
        .expect("answered");
    let changes = [
        "UPDATE event SET actor = 'me'",
        "DELETE FROM event",
        "TRUNCATE event",
        "TRUNCATE receipt",
    ];
    for change in changes {
        let refused = sqlx::raw_sql(change).execute(log.pool()).await;
        let code = refused
            .expect_err(change)
            .into_database_error()
            .expect("a database error");
        assert_eq!(code.code().as_deref(), Some("42501"), "{change}");
    }
    // Not even who owns the tables, nor a superuser in a hurry.
    let pool = look(db.url()).await;
    for change in &changes[..3] {
        let refused = sqlx::raw_sql(*change).execute(&pool).await;
        let said = refused.expect_err(change).to_string();
        assert!(said.contains("append-only"), "{change}: {said}");
    }
    log.shutdown().await;
}

#[tokio::test]
async fn a_reader_sees_the_shop_it_names_and_nothing_else() {
    let db = database().await;
    let log = opened(db.url()).await;
    let (mine, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
    for (id, stream) in [(1, mine), (2, other), (3, other)] {
        log.submit(stream, Ask::new(id, What::Reserve))
            .await
            .expect("answered");
    }
    let options = db.url().parse().expect("a url");
    let readers = eventstore::pool(&options, "a", Role::Reader, 1);
    let count = "SELECT count(*) FROM event";
    for _again in 0..2 {
        let unset: i64 = sqlx::query_scalar(count)
            .fetch_one(&readers)
            .await
            .expect("counted");
        assert_eq!(unset, 0, "without a shop nothing is visible");
        let mut transaction = readers.begin().await.expect("begun");
        sqlx::query("SELECT set_config('livepay.shop', $1, true)")
            .bind(mine.to_string())
            .execute(&mut *transaction)
            .await
            .expect("set");
        let one: i64 = sqlx::query_scalar(count)
            .fetch_one(&mut *transaction)
            .await
            .expect("counted");
        let promises: i64 = sqlx::query_scalar("SELECT count(*) FROM outbox")
            .fetch_one(&mut *transaction)
            .await
            .expect("counted");
        assert_eq!((one, promises), (1, 1));
        transaction.rollback().await.expect("rolled back");
    }
    for table in ["receipt", "client_key", "snapshot", "inbox", "contact"] {
        let sql = sqlx::AssertSqlSafe(format!("SELECT count(*) FROM {table}"));
        assert!(
            sqlx::query(sql).fetch_one(&readers).await.is_err(),
            "{table} is not for readers"
        );
    }
    log.shutdown().await;
}

#[tokio::test]
async fn a_picture_is_seen_by_its_shop_and_changed_by_nobody() {
    let db = database().await;
    let log = opened(db.url()).await;
    let (mine, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
    let photo = Photo {
        media: "image/png".to_owned(),
        bytes: vec![1, 2, 3],
    };
    for (shop, hash) in [(mine, [7; 32]), (other, [7; 32]), (other, [8; 32])] {
        for _again in 0..2 {
            let kept = photos::keep(log.pool(), shop, &hash, &photo).await;
            assert!(kept.expect("kept"));
        }
    }
    let options = db.url().parse().expect("a url");
    let readers = eventstore::pool(&options, "a", Role::Reader, 1);
    let mut transaction = readers.begin().await.expect("begun");
    sqlx::query("SELECT set_config('livepay.shop', $1, true)")
        .bind(mine.to_string())
        .execute(&mut *transaction)
        .await
        .expect("set");
    for (shop, hash, seen) in [
        (mine, [7; 32], Some(photo)),
        (mine, [8; 32], None),
        (other, [7; 32], None),
        (other, [8; 32], None),
    ] {
        let shown = photos::show(&mut transaction, shop, &hash).await;
        assert_eq!(shown.expect("asked"), seen, "{shop} {hash:?}");
    }
    let count: i64 = sqlx::query_scalar("SELECT count(*) FROM photo")
        .fetch_one(&mut *transaction)
        .await
        .expect("counted");
    assert_eq!(count, 1, "also without naming the shop in the query");
    drop(transaction);
    for change in ["UPDATE photo SET bytes = ''", "DELETE FROM photo"] {
        let refused = sqlx::raw_sql(change).execute(log.pool()).await;
        let code = refused
            .expect_err(change)
            .into_database_error()
            .expect("a database error");
        assert_eq!(code.code().as_deref(), Some("42501"), "{change}");
    }
    log.shutdown().await;
}

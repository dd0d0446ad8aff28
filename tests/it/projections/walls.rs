//! The walls between shops, in every table.

use projections::TenantTx;
use uuid::Uuid;

use super::scene::{FIRST, Scene, opened, placed, shop_id};

const SHOP: Uuid = Uuid::from_u128(0x51);

#[tokio::test]
async fn one_shop_never_sees_another() {
    let scene = Scene::new().await;
    scene.tell(SHOP, opened()).await;
    scene.tell(SHOP, vec![placed(FIRST, 1)]).await;
    let other = shop_id(0x52).0;
    scene.tell(other, opened()).await;
    scene.settled().await;

    let mut tx = TenantTx::begin(&scene.pool, other).await.unwrap();
    for table in [
        "shops",
        "lives",
        "clients",
        "trust",
        "products",
        "stock",
        "offered",
        "orders",
        "prices",
        "attempts",
        "refunds",
        "waitlists",
        "head_starts",
    ] {
        let ask = format!("SELECT count(*) FROM reading.{table} WHERE shop_id = $1");
        let seen: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(ask))
            .bind(SHOP)
            .fetch_one(tx.conn())
            .await
            .unwrap();
        assert_eq!(seen, 0, "{table}");
    }
    let own: i64 = sqlx::query_scalar("SELECT count(*) FROM reading.stock")
        .fetch_one(tx.conn())
        .await
        .unwrap();
    assert_eq!(own, 2);
    let write = sqlx::query("DELETE FROM reading.stock")
        .execute(tx.conn())
        .await;
    assert!(write.is_err(), "a reader writes nothing");
    drop(tx);

    let mut nobody = scene.pool.begin().await.unwrap();
    sqlx::query("SET LOCAL ROLE livepay_reader")
        .execute(&mut *nobody)
        .await
        .unwrap();
    let seen: i64 = sqlx::query_scalar("SELECT count(*) FROM reading.orders")
        .fetch_one(&mut *nobody)
        .await
        .unwrap();
    assert_eq!(seen, 0, "without a shop named, nothing is seen");
}

#[tokio::test]
async fn whoever_writes_read_models_can_promise_nothing() {
    let scene = Scene::new().await;
    let may = "SELECT relname::text FROM pg_class
                WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
                  AND has_table_privilege('livepay_projector', oid,
                                          'INSERT, UPDATE, DELETE, TRUNCATE')
                ORDER BY 1";
    let may: Vec<String> = sqlx::query_scalar(may)
        .fetch_all(&scene.pool)
        .await
        .unwrap();
    let own = ["checkpoint", "park", "reading_gate", "rebuild", "skipped"];
    assert_eq!(may, own, "no outbox, no event, no receipt");
}

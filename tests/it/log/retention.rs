//! What is not kept for ever goes after its 35 days, and nothing else does.

use eventstore::{Role, retention};
use sqlx::PgPool;
use tests::cluster::database;

#[tokio::test]
async fn receipts_and_day_keys_go_after_35_days_and_not_before() {
    let database = database().await;
    let admin = PgPool::connect(database.url()).await.unwrap();
    let setting = "
        insert into receipt (lane, shop_id, command_id, pos, seq, at, outcome)
            select 7, gen_random_uuid(), gen_random_uuid(), 1, 1, now() - d * interval '1 day', '{}'
              from generate_series(0, 69) as d;
        insert into day_key select (now() - d * interval '1 day')::date, 'x'
              from generate_series(0, 69) as d;
        insert into silence
            select 7, now() - (d + 1) * interval '1 day', now() - d * interval '1 day'
              from generate_series(0, 69) as d;
        insert into inbox (node, n, door, sha, at_day, body, state)
            select 'n', d, 'd', d::text::bytea, (now() - d * interval '1 day')::date, 'sealed', 1
              from generate_series(0, 69) as d";
    sqlx::raw_sql(setting).execute(&admin).await.unwrap();
    let pool = eventstore::pool(&database.url().parse().unwrap(), "r", Role::Writer, 1);
    let gone = retention::run(&pool).await.unwrap();
    assert_eq!((gone.receipts, gone.days), (35, 34));
    assert_eq!(gone.silences, 35);
    assert_eq!(gone.bodies, 33, "the rows stay, their bodies go");
    let left: i64 = sqlx::query_scalar("select count(*) from inbox")
        .fetch_one(&admin)
        .await
        .unwrap();
    assert_eq!(left, 70, "a POST from then is still known");
    assert_eq!(
        retention::run(&pool).await.unwrap(),
        retention::Gone::default()
    );
}

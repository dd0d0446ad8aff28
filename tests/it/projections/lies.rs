//! Whatever the tables say that the log does not is found, and named.

use domain::{
    client,
    command::Command,
    ids::{ClientId, OrderId},
    payment::observation::Status,
};
use projections::verify;
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::day::Day;

/// The table that lies, how, and the word that must be in what is found.
const LIES: [(&str, &str, &str); 12] = [
    (
        "stock",
        "UPDATE reading.stock SET held = held + 1 WHERE variant_id = 1",
        "stock",
    ),
    (
        "orders",
        "UPDATE reading.orders SET total = total + 1 WHERE order_id = 1",
        "order 1",
    ),
    (
        "orders",
        "UPDATE reading.orders SET state = 'paid' WHERE order_id = 1",
        "order 1",
    ),
    (
        "orders",
        "DELETE FROM reading.orders WHERE order_id = 1",
        "orders",
    ),
    (
        "attempts",
        "UPDATE reading.attempts SET got = got + 1",
        "attempt 1",
    ),
    (
        "attempts",
        "UPDATE reading.attempts SET confirmed = 0",
        "attempt 1",
    ),
    (
        "refunds",
        "UPDATE reading.refunds SET state = 'confirmed'",
        "open refunds",
    ),
    (
        "refunds",
        "UPDATE reading.refunds SET amount = amount - 1",
        "refund 1",
    ),
    (
        "clients",
        "UPDATE reading.clients SET flagged = NOT flagged",
        "client",
    ),
    (
        "trust",
        "DELETE FROM reading.trust WHERE kind = 'score'",
        "trust",
    ),
    (
        "waitlists",
        "UPDATE reading.waitlists SET quantity = quantity + 1",
        "waitlist",
    ),
    ("shops", "DELETE FROM reading.shops", "the tables do not"),
];

/// Awa paid too much for all dresses in M, Binta waits for two, and somebody was judged.
async fn lived() -> Day {
    let mut day = Day::begins().await;
    day.says(1, "3 robe1 M").await;
    day.says(2, "2 robe1 M").await;
    day.says(1, "WAVE").await;
    day.provider(1, Status::Succeeded, 29_000).await;
    assert!(day.story.shop.orders.open.contains_key(&OrderId(1)));
    let (client, reason) = (ClientId(Uuid::from_u128(2)), "slow".into());
    let judged = client::Command::Override {
        client,
        score: Some(40),
        reason,
    };
    day.does(Command::Client(judged)).await;
    day
}

#[tokio::test]
async fn a_lie_in_the_tables_is_found() {
    let day = lived().await;
    let pool = &day.scene.pool;
    let run = async |sql: String| {
        sqlx::raw_sql(AssertSqlSafe(sql))
            .execute(pool)
            .await
            .unwrap();
    };
    for (table, lie, word) in LIES {
        day.look().await.end().await.unwrap();
        run(format!("CREATE TABLE kept AS TABLE reading.{table}")).await;
        run(lie.to_owned()).await;
        let found = verify::replay(pool, None).await.unwrap().difference;
        let what = found.unwrap_or_else(|| panic!("not found: {lie}")).what;
        assert!(what.contains(word), "{lie}: {what}");
        run(format!(
            "TRUNCATE reading.{table}; INSERT INTO reading.{table} TABLE kept; DROP TABLE kept"
        ))
        .await;
    }
    run("UPDATE reading.stock SET held = on_hand + 1 WHERE variant_id = 2".to_owned()).await;
    let found = verify::stock_never_negative(pool).await.unwrap().unwrap();
    assert!(found.what.contains("variant 2"), "{}", found.what);
}

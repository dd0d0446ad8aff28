//! The ground under the other tests: databases apart, a cluster that survives a crash.

use sqlx::{Connection as _, PgConnection};
use tests::cluster::{Cluster, database};

async fn one(url: &str, question: &'static str) -> String {
    let mut connection = PgConnection::connect(url).await.unwrap();
    let answer = sqlx::query_scalar(question)
        .fetch_one(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
    answer
}

async fn run(url: &str, statements: &'static str) {
    let mut connection = PgConnection::connect(url).await.unwrap();
    sqlx::raw_sql(statements)
        .execute(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
}

#[tokio::test]
async fn two_tests_get_two_migrated_databases() {
    let (one_of_them, other) = tokio::join!(database(), database());
    run(one_of_them.url(), "CREATE TABLE mine (x int)").await;
    let question = "SELECT concat(to_regclass('mine'), ' ', to_regclass('lane_head'))";
    assert_eq!(one(one_of_them.url(), question).await, "mine lane_head");
    assert_eq!(one(other.url(), question).await, " lane_head");
    assert_eq!(
        one(other.tcp_url(), "SELECT current_database()::text").await,
        other.name()
    );
}

#[tokio::test]
async fn a_commit_survives_a_power_cut_and_the_url_stays_good() {
    let mut cluster = Cluster::fresh().await;
    let shop = cluster.database().await.unwrap();
    run(
        shop.url(),
        "CREATE TABLE fact (x text); INSERT INTO fact VALUES ('kept')",
    )
    .await;
    cluster.stop_immediate().await.unwrap();
    assert!(PgConnection::connect(shop.url()).await.is_err());
    cluster.start().await.unwrap();
    assert_eq!(one(shop.url(), "SELECT x FROM fact").await, "kept");
    cluster.stop().await.unwrap();
}

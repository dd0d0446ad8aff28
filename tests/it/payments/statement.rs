//! The provider's lines as they are kept: which word wins, whatever order they come in.

use eventstore::Role;
use eventstore::statement::{Entry, Origin, Statement};
use sqlx::PgPool;
use tests::cluster::{Database, database};
use uuid::Uuid;

const LIST: Origin = Origin {
    source: "list",
    believed: true,
};
const HINT: Origin = Origin {
    source: "webhook",
    believed: false,
};

async fn statement() -> (Database, PgPool, Statement) {
    let database = database().await;
    let options = database.url().parse().unwrap();
    let pool = eventstore::pool(&options, "statement", Role::Writer, 2);
    let statement = Statement::new(pool.clone());
    (database, pool, statement)
}

fn line(status: &str) -> Entry {
    Entry {
        transaction: "t-1".to_owned(),
        kind: "payment".to_owned(),
        reference: Some("R-1".to_owned()),
        shop: Some(Uuid::from_u128(7)),
        attempt: Some(1),
        status: status.to_owned(),
        amount: Some(15_000),
        fees: Some(225),
        currency: Some("XOF".to_owned()),
        at: None,
        source: String::new(),
        tries: 0,
    }
}

fn refund(status: &str) -> Entry {
    Entry {
        kind: "refund".to_owned(),
        ..line(status)
    }
}

async fn kept(pool: &PgPool) -> (String, String, Option<i64>, bool) {
    let sql = "select kind, status, amount, believed from provider_transaction";
    sqlx::query_as(sql).fetch_one(pool).await.unwrap()
}

#[tokio::test]
async fn success_is_sticky_until_the_money_goes_back() {
    for (told, ends) in [
        (vec!["failed", "succeeded"], "succeeded"),
        (vec!["succeeded", "failed"], "succeeded"),
        (vec!["succeeded", "pending", "reversed"], "reversed"),
        (vec!["reversed", "succeeded"], "reversed"),
        (vec!["authorized", "cancelled"], "cancelled"),
    ] {
        let (_database, pool, statement) = statement().await;
        for status in &told {
            statement.keep("a", &[line(status)], LIST).await.unwrap();
        }
        assert_eq!(kept(&pool).await.1, ends, "{told:?}");
        // The same on one page, one after the other.
        let page: Vec<Entry> = told.iter().map(|status| line(status)).collect();
        statement.keep("b", &page, LIST).await.unwrap();
        let sql = "select status from provider_transaction where account = 'b'";
        let status: String = sqlx::query_scalar(sql).fetch_one(&pool).await.unwrap();
        assert_eq!(status, ends, "{told:?}");
    }
}

#[tokio::test]
async fn a_hint_never_changes_what_was_read_and_gives_way_to_it() {
    let (_database, pool, statement) = statement().await;
    let lie = Entry {
        amount: Some(1),
        ..line("succeeded")
    };
    statement
        .keep("a", std::slice::from_ref(&lie), HINT)
        .await
        .unwrap();
    assert!(
        statement.due("a", 10).await.unwrap().is_empty(),
        "not money"
    );
    statement.keep("a", &[line("failed")], LIST).await.unwrap();
    let truth = (
        "payment".to_owned(),
        "failed".to_owned(),
        Some(15_000),
        true,
    );
    assert_eq!(kept(&pool).await, truth);
    statement.keep("a", &[lie], HINT).await.unwrap();
    assert_eq!(kept(&pool).await, truth);
}

#[tokio::test]
async fn a_refund_told_under_the_payments_id_is_that_payment_reversed() {
    let (_database, pool, statement) = statement().await;
    statement
        .keep("a", &[line("succeeded")], LIST)
        .await
        .unwrap();
    statement
        .keep("a", &[refund("processing")], LIST)
        .await
        .unwrap();
    assert_eq!(kept(&pool).await.1, "succeeded", "not gone back yet");
    statement
        .keep("a", &[refund("succeeded")], LIST)
        .await
        .unwrap();
    let (kind, status, ..) = kept(&pool).await;
    assert_eq!((kind.as_str(), status.as_str()), ("payment", "reversed"));
    // The other way round: the refund is heard of first.
    sqlx::query("update provider_transaction set account = 'old'")
        .execute(&pool)
        .await
        .unwrap();
    statement
        .keep("a", &[refund("succeeded")], LIST)
        .await
        .unwrap();
    statement
        .keep("a", &[line("reversed")], LIST)
        .await
        .unwrap();
    let sql = "select kind, status from provider_transaction where account = 'a'";
    let now: (String, String) = sqlx::query_as(sql).fetch_one(&pool).await.unwrap();
    assert_eq!(now, ("payment".to_owned(), "reversed".to_owned()));
}

#[tokio::test]
async fn what_is_read_again_writes_nothing_and_what_is_taken_in_is_not_due() {
    let (_database, pool, statement) = statement().await;
    let version = "select xmin::text from provider_transaction";
    statement
        .keep("a", &[line("succeeded")], LIST)
        .await
        .unwrap();
    let first: String = sqlx::query_scalar(version).fetch_one(&pool).await.unwrap();
    statement
        .keep("a", &[line("succeeded")], LIST)
        .await
        .unwrap();
    let second: String = sqlx::query_scalar(version).fetch_one(&pool).await.unwrap();
    assert_eq!(first, second, "the row was left alone");
    assert_eq!(statement.due("a", 10).await.unwrap().len(), 1);
    assert!(statement.due("b", 10).await.unwrap().is_empty());
    statement.met("a", "t-1", "succeeded").await.unwrap();
    assert!(statement.due("a", 10).await.unwrap().is_empty());
    statement
        .keep("a", &[line("reversed")], LIST)
        .await
        .unwrap();
    assert_eq!(statement.due("a", 10).await.unwrap().len(), 1, "news again");
}

#[tokio::test]
async fn money_nobody_knows_is_told_once_and_counted_until_somebody_does() {
    let (_database, _pool, statement) = statement().await;
    let foreign = Entry {
        transaction: "t-2".to_owned(),
        shop: None,
        attempt: None,
        ..line("succeeded")
    };
    let unread = Entry {
        transaction: "t-3".to_owned(),
        amount: None,
        ..line("succeeded")
    };
    let payout = Entry {
        transaction: "t-4".to_owned(),
        kind: "payout".to_owned(),
        shop: None,
        ..line("succeeded")
    };
    let all = [line("succeeded"), foreign, unread, payout];
    statement.keep("a", &all, LIST).await.unwrap();
    assert_eq!(statement.unmatched().await.unwrap(), 2);
    let mut told: Vec<String> = Vec::new();
    for alarm in statement.alarm("a").await.unwrap() {
        told.push(alarm.transaction);
    }
    told.sort();
    assert_eq!(told, ["t-2", "t-3"]);
    assert!(statement.alarm("a").await.unwrap().is_empty(), "once");
    // One of ours that no shop knows is asked about four times before it counts.
    for tries in 1..=4 {
        assert_eq!(statement.unmatched().await.unwrap(), 2, "{tries}");
        statement.stranger("a", "t-1").await.unwrap();
    }
    assert_eq!(statement.unmatched().await.unwrap(), 3);
    assert_eq!(statement.alarm("a").await.unwrap().len(), 1);
    statement.met("a", "t-1", "succeeded").await.unwrap();
    assert_eq!(statement.unmatched().await.unwrap(), 2);
}

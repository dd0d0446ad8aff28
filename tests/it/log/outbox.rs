//! Promises: class, then age; first in first out in a conversation; one in flight; leases.

use std::time::Duration;

use eventstore::outbox::{Claimed, Outbox, OutboxId, Outcome, Room, Status, Verdict};
use eventstore::{Role, pool};
use tests::cluster::{Database, database};

use super::stock::{look, number};

const LONG: Duration = Duration::from_mins(1);
const KINDS: [&str; 1] = ["Message"];

/// As the commit writes them: n, class, conversation, age in seconds, not after (from now).
type Row = (i32, i16, Option<u128>, i32, Option<i32>);

async fn given(db: &Database, rows: &[Row]) -> Outbox {
    let admin = look(db.url()).await;
    for (n, class, recipient, age, not_after) in rows {
        sqlx::query(
            "INSERT INTO outbox (lane, batch, n, shop_id, sender, recipient, class, kind, body, at, \
             due_at, not_after) SELECT 0, 1, $1, $2, 'number', $3, $4, 'Message', '{}', t, t, \
             clock_timestamp() + make_interval(secs => $6) \
             FROM (SELECT clock_timestamp() - make_interval(secs => $5) AS t) s",
        )
        .bind(n)
        .bind(uuid::Uuid::nil())
        .bind(recipient.map(uuid::Uuid::from_u128))
        .bind(class)
        .bind(f64::from(*age))
        .bind(not_after.map(f64::from))
        .execute(&admin)
        .await
        .expect("given");
    }
    outbox(db, "a")
}

fn outbox(db: &Database, node: &str) -> Outbox {
    Outbox::new(
        pool(&db.url().parse().expect("a url"), node, Role::Writer, 2),
        node,
    )
}

async fn claim(outbox: &Outbox, lease: Duration) -> Vec<Claimed> {
    claim_up_to(outbox, 10, lease).await
}

async fn claim_up_to(outbox: &Outbox, room: i32, lease: Duration) -> Vec<Claimed> {
    let rooms = ["number", "other"].map(|sender| Room {
        sender: sender.to_owned(),
        room,
    });
    outbox.claim(&rooms, &KINDS, lease).await.expect("claimed")
}

/// Whether the verdict counted.
async fn settle(outbox: &Outbox, claimed: &Claimed, verdict: Verdict) -> bool {
    let outcomes = [Outcome::of(claimed, verdict)];
    outbox.settle(&outcomes).await.expect("settled") == 1
}

fn sent(provider_ref: &str) -> Verdict {
    Verdict::Sent {
        provider_ref: Some(provider_ref.to_owned()),
    }
}

fn status(id: Option<OutboxId>, provider_ref: &str, rank: i16) -> Status {
    Status {
        id,
        provider_ref: provider_ref.to_owned(),
        rank,
        error: (rank == 100).then(|| "code 131026".to_owned()),
    }
}

fn order(claimed: &[Claimed]) -> Vec<i32> {
    claimed.iter().map(|one| one.id.n).collect()
}

#[tokio::test]
async fn money_first_but_never_past_an_older_word_in_the_same_conversation() {
    let db = database().await;
    let rows = [
        (1, 2, Some(1), 50, None), // the oldest of conversation 1
        (2, 0, Some(1), 40, None), // money, but behind it
        (3, 0, Some(2), 30, None), // money
        (4, 1, Some(3), 45, None),
        (5, 1, None, 20, None), // no conversation: no order
        (6, 1, None, 10, None),
    ];
    let outbox = given(&db, &rows).await;
    let first = claim(&outbox, LONG).await;
    assert_eq!(order(&first), [3, 4, 5, 6, 1]);
    assert!(
        claim(&outbox, LONG).await.is_empty(),
        "one in flight per conversation"
    );
    let last = first.last().expect("five");
    assert!(settle(&outbox, last, sent("ref-1")).await);
    assert_eq!(order(&claim(&outbox, LONG).await), [2]);
}

#[tokio::test]
async fn a_sender_gets_no_more_than_its_room_and_the_rest_keeps_its_order() {
    let db = database().await;
    let rows = [
        (1, 2, Some(1), 50, None),
        (2, 1, Some(2), 40, None),
        (3, 0, Some(3), 30, None),
        (4, 1, Some(2), 20, None),
        (5, 1, None, 10, None),
    ];
    let outbox = given(&db, &rows).await;
    assert!(claim_up_to(&outbox, 0, LONG).await.is_empty());
    assert_eq!(order(&claim_up_to(&outbox, 2, LONG).await), [3, 2]);
    assert_eq!(order(&claim_up_to(&outbox, 1, LONG).await), [5]);
    assert_eq!(order(&claim_up_to(&outbox, 9, LONG).await), [1]);
}

#[tokio::test]
async fn words_of_one_instant_go_in_the_order_of_their_batch() {
    let db = database().await;
    let rows = [
        (2, 1, Some(1), 10, None),
        (3, 0, Some(1), 10, None),
        (1, 2, Some(1), 10, None),
    ];
    let outbox = given(&db, &rows).await;
    sqlx::raw_sql("UPDATE outbox SET at = now() - interval '10 s', due_at = now()")
        .execute(&look(db.url()).await)
        .await
        .expect("one instant");
    for n in 1..=3 {
        let claimed = claim(&outbox, LONG).await;
        assert_eq!(order(&claimed), [n]);
        assert!(settle(&outbox, &claimed[0], sent(&format!("ref-{n}"))).await);
    }
}

#[tokio::test]
async fn two_nodes_never_claim_the_same_and_a_lost_lease_cannot_complete() {
    let db = database().await;
    let rows: Vec<_> = (1..=40)
        .map(|n| (n, 1, Some(u128::try_from(n % 20).unwrap()), 100 - n, None))
        .collect();
    let (a, b) = (given(&db, &rows).await, outbox(&db, "b"));
    let (left, right) = tokio::join!(claim(&a, LONG), claim(&b, LONG));
    let mut all = order(&left);
    all.extend(order(&right));
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), left.len() + right.len());
    assert!(
        all.iter().all(|n| *n <= 20),
        "an older word of the conversation was passed"
    );

    let db = database().await;
    let a = given(&db, &[(1, 1, Some(1), 10, None)]).await;
    let b = outbox(&db, "b");
    let lapsed = claim(&a, Duration::from_millis(30)).await;
    tokio::time::sleep(Duration::from_millis(60)).await;
    let again = claim(&b, LONG).await;
    assert_eq!(
        (again.len(), again[0].interrupted, again[0].attempts),
        (1, true, 2)
    );
    assert!(
        !settle(&a, &lapsed[0], sent("late")).await,
        "the lease was lost"
    );
    assert!(settle(&b, &again[0], sent("ref")).await);
    let dead = Verdict::Dead {
        error: "twice".to_owned(),
    };
    assert!(!settle(&b, &again[0], dead).await, "completed once");
    let kept = "SELECT count(*) FROM outbox WHERE state = 2 AND provider_ref = 'ref'";
    assert_eq!(number(&look(db.url()).await, kept).await, 1);
}

#[tokio::test]
async fn late_words_are_dropped_retries_wait_statuses_only_rise() {
    let db = database().await;
    let outbox = given(
        &db,
        &[(1, 1, Some(1), 10, Some(-1)), (2, 1, Some(1), 5, Some(60))],
    )
    .await;
    let senders = ["number".to_owned(), "other".to_owned()];
    assert_eq!(outbox.drop_late(&senders).await.expect("dropped"), 1);
    let claimed = claim(&outbox, LONG).await;
    assert_eq!(
        order(&claimed),
        [2],
        "the late one no longer stands in the way"
    );
    let admin = look(db.url()).await;
    let late = "SELECT count(*) FROM outbox WHERE state = 3 AND error = 'too late' AND n = 1";
    assert_eq!(number(&admin, late).await, 1);

    let again = Verdict::Again {
        after: Duration::from_hours(24),
        error: "throttled".to_owned(),
    };
    assert!(settle(&outbox, &claimed[0], again).await);
    assert!(claim(&outbox, LONG).await.is_empty());
    sqlx::raw_sql("UPDATE outbox SET due_at = now() WHERE n = 2")
        .execute(&admin)
        .await
        .expect("due");
    let claimed = claim(&outbox, LONG).await;
    assert_eq!(claimed[0].attempts, 2);
    assert_eq!(claimed[0].error.as_deref(), Some("throttled"));
    assert!(!claimed[0].interrupted, "a retry is no interruption");

    // Nobody knows whether it was sent, until a status with our id proves it.
    assert!(settle(&outbox, &claimed[0], Verdict::Unknown).await);
    assert_eq!(outbox.counts().await.expect("counted")[0].state, 5);
    let id = Some(claimed[0].id);
    let rose = async |words: &[Status]| outbox.statuses(words).await.expect("taken in");
    assert_eq!(
        rose(&[status(None, "ref", 1)]).await,
        0,
        "nobody knows this message yet"
    );
    let both = [status(id, "ref", 2), status(id, "ref", 1)];
    assert_eq!(rose(&both).await, 1);
    let proved = "SELECT count(*) FROM outbox WHERE n = 2 AND state = 2 AND status = 2 \
                  AND provider_ref = 'ref'";
    assert_eq!(number(&admin, proved).await, 1);
    assert_eq!(rose(&[status(None, "ref", 1)]).await, 0, "never falls");
    assert_eq!(rose(&[status(None, "ref", 3)]).await, 1);
    let read = "SELECT count(*) FROM outbox WHERE n = 2 AND state = 2 AND status = 3";
    assert_eq!(number(&admin, read).await, 1);

    assert_eq!(rose(&[status(None, "ref", 100)]).await, 1);
    assert_eq!(rose(&[status(id, "ref", 4)]).await, 0, "failed is final");
    let failed = "SELECT count(*) FROM outbox WHERE n = 2 AND state = 4 AND status = 100 \
                  AND error = 'code 131026'";
    assert_eq!(number(&admin, failed).await, 1);
    let late = "SELECT count(*) FROM outbox WHERE n = 1 AND state = 3 AND status = 0";
    assert_eq!(number(&admin, late).await, 1, "its neighbour is untouched");
}

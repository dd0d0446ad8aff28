//! The twin in memory answers as the log does: same outcomes, same places, same facts.

use chrono::DateTime;
use eventstore::{Answered, Doorway, Lane, Recorded, memory};
use tests::cluster::database;
use uuid::Uuid;

use super::stock::{Ask, Stock, What, master, start};

fn stock() -> Stock {
    Stock {
        units: 3,
        promises: true,
        hold: None,
    }
}

async fn play(door: &impl Doorway<Ask>) -> (Vec<Answered>, Vec<Recorded>) {
    let stream = Uuid::from_u128(1);
    let mut answers = Vec::new();
    let asks = [
        (1, What::Reserve),
        (2, What::Reserve),
        (2, What::Reserve), // again
        (3, What::Reserve),
        (4, What::Reserve), // nothing left
        (5, What::Cancel),
        (4, What::Reserve), // the same answer as before
        (6, What::Reserve),
    ];
    for (id, what) in asks {
        answers.push(
            door.submit(stream, Ask::new(id, what))
                .await
                .expect("answered"),
        );
    }
    let events = door.read_stream(stream, 1, 10).await.expect("read");
    assert_eq!(
        door.read_lane(Lane::of(stream), 1, 10).await.expect("read"),
        events
    );
    (answers, events)
}

#[tokio::test]
async fn memory_and_database_agree() {
    let db = database().await;
    let log = start(db.url(), "a", stock()).await;
    let twin = memory::Log::new(stock(), master(), DateTime::UNIX_EPOCH);
    let (answers, events) = play(&*log).await;
    let (twin_answers, twin_events) = play(&twin).await;
    assert_eq!(answers, twin_answers);
    assert_eq!(
        answers
            .iter()
            .map(|one| one.repeated)
            .filter(|one| *one)
            .count(),
        2
    );
    let facts = |events: &[Recorded]| -> Vec<_> {
        events
            .iter()
            .map(|e| (e.seq, e.pos, e.id, e.kind.clone(), e.body.clone()))
            .collect()
    };
    assert_eq!(facts(&events), facts(&twin_events));
    assert_eq!(events.len(), 4);
    assert_eq!(twin.take_promises().len(), 4);
    log.shutdown().await;
}

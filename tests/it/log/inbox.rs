//! A POST is kept once, whatever the noise, and worked on in order until it is done or dead.

use std::collections::HashSet;
use std::sync::Arc;

use eventstore::inbox::{Accepted, Inbox};
use eventstore::registry::{Contact, Registry};
use eventstore::{Role, pool};
use tests::cluster::{Database, database};
use uuid::Uuid;

use super::stock::{look, master, number};

async fn inbox(db: &Database, node: &str) -> Inbox {
    let writers = pool(&db.url().parse().expect("a url"), node, Role::Writer, 4);
    Inbox::start(writers, node, master())
        .await
        .expect("the inbox starts")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_posts_at_once_and_their_repeats_are_kept_once() {
    let db = database().await;
    let inbox = inbox(&db, "a").await;
    let mut posts = Vec::new();
    for n in 0..1_000 {
        let inbox = inbox.clone();
        // Every tenth is a repeat of its neighbour.
        let body = format!("body {}", n - i32::from(n % 10 == 9)).into_bytes();
        posts.push(tokio::spawn(async move {
            inbox.accept("whatsapp", body).await.expect("kept")
        }));
    }
    let mut kept = HashSet::new();
    let mut seen = 0;
    for post in posts {
        match post.await.expect("no post failed") {
            Accepted::New { n, .. } => assert!(kept.insert(n), "a number twice"),
            Accepted::Seen => seen += 1,
        }
    }
    assert_eq!((kept.len(), seen), (900, 100));
    // The same bytes through another door are another POST.
    let other = inbox
        .accept("bictorys", b"body 0".to_vec())
        .await
        .expect("kept");
    assert!(matches!(other, Accepted::New { .. }));
    assert_eq!(
        inbox
            .accept("bictorys", b"body 0".to_vec())
            .await
            .expect("seen"),
        Accepted::Seen
    );

    let pool = look(db.url()).await;
    assert_eq!(number(&pool, "SELECT count(*) FROM inbox").await, 901);
    let clear = "SELECT count(*) FROM inbox WHERE encode(body, 'escape') LIKE '%body%'";
    assert_eq!(number(&pool, clear).await, 0, "bodies are sealed");
    let items = inbox.take(&[], 2_000).await.expect("read");
    assert_eq!(items.len(), 901);
    assert!(items.is_sorted_by_key(|item| (item.received_at, item.n)));
    assert!(items.iter().all(|item| {
        item.body
            .as_deref()
            .is_some_and(|body| body.starts_with(b"body "))
    }));
    sqlx::raw_sql("DELETE FROM day_key")
        .execute(&pool)
        .await
        .expect("destroyed");
    let later = Inbox::start(inbox_pool(&db), "a", master())
        .await
        .expect("starts");
    assert!(
        later.take(&[], 1).await.expect("read")[0].body.is_none(),
        "the day is gone"
    );
}

fn inbox_pool(db: &Database) -> sqlx::PgPool {
    pool(&db.url().parse().expect("a url"), "a", Role::Writer, 2)
}

/// Three POSTs: their numbers.
async fn given(inbox: &Inbox) -> Vec<i64> {
    let mut numbers = Vec::new();
    for body in ["one", "two", "three"] {
        let Accepted::New { n, .. } = inbox.accept("whatsapp", body.into()).await.expect("kept")
        else {
            panic!("new")
        };
        numbers.push(n);
    }
    numbers
}

#[tokio::test]
async fn tries_are_counted_and_dead_letters_kept_until_they_are_revived() {
    let db = database().await;
    let first = inbox(&db, "first").await;
    let numbers = given(&first).await;
    let others = &numbers[1..];
    for attempt in 1..=5 {
        let tried = first.take(others, 10).await.expect("taken");
        let tried: Vec<_> = tried.iter().map(|item| (item.n, item.attempts)).collect();
        assert_eq!(tried, [(numbers[0], attempt)]);
    }
    assert!(first.dead_letters(10).await.expect("listed").is_empty());
    assert!(first.take(others, 10).await.expect("asked").is_empty());
    let parked = first.dead_letters(10).await.expect("listed");
    let parked: Vec<_> = parked
        .iter()
        .map(|item| (item.n, item.error.as_deref()))
        .collect();
    assert_eq!(parked, [(numbers[0], Some("tried too often"))]);
    assert!(first.take(others, 10).await.expect("asked").is_empty());
    assert!(first.dead(numbers[1], "not JSON").await.expect("marked"));
    assert_eq!(
        first.done(&numbers[..2]).await.expect("asked"),
        0,
        "dead is dead"
    );
    let dead = first.dead_letters(10).await.expect("listed");
    assert_eq!(dead.len(), 2);
    assert!(
        dead.iter()
            .any(|item| item.error.as_deref() == Some("not JSON"))
    );
    for n in &numbers[..2] {
        assert!(first.revive("first", *n).await.expect("revived"));
    }
    let open = first.take(&[], 10).await.expect("taken");
    let open: Vec<_> = open.iter().map(|item| (item.n, item.attempts)).collect();
    let fresh: Vec<_> = numbers.iter().map(|n| (*n, 1)).collect();
    assert_eq!(open, fresh, "tries forgotten");
}

#[tokio::test]
async fn a_lapsed_nodes_open_items_are_adopted_in_order() {
    let db = database().await;
    let (first, second) = (inbox(&db, "first").await, inbox(&db, "second").await);
    let numbers = given(&first).await;
    assert!(first.dead(numbers[0], "not JSON").await.expect("marked"));
    second
        .accept("whatsapp", b"four".to_vec())
        .await
        .expect("kept");
    let admin = look(db.url()).await;
    sqlx::raw_sql(
        "INSERT INTO node (id, url, speaks, lease_until) \
         VALUES ('first', 'http://first', 1, clock_timestamp() + interval '1 hour')",
    )
    .execute(&admin)
    .await
    .expect("alive");
    assert_eq!(second.adopt(10).await.expect("asked"), 0, "it lives");
    sqlx::raw_sql("UPDATE node SET lease_until = clock_timestamp() - interval '1 s'")
        .execute(&admin)
        .await
        .expect("lapsed");

    // The open items of `first` become `second`'s, in order; its dead letter stays where it is.
    assert_eq!(second.adopt(1).await.expect("adopted"), 1);
    assert_eq!(second.adopt(10).await.expect("adopted"), 1);
    assert_eq!(second.adopt(10).await.expect("adopted"), 0);
    let items = second.take(&[], 10).await.expect("read");
    let bodies: Vec<_> = items
        .iter()
        .map(|item| item.body.clone().unwrap())
        .collect();
    assert_eq!(
        bodies,
        [b"two".to_vec(), b"three".to_vec(), b"four".to_vec()]
    );
    for item in &items {
        assert_eq!(item.node, "second");
        assert_eq!(second.done(&[item.n]).await.expect("marked"), 1);
    }
    assert!(second.take(&[], 10).await.expect("read").is_empty());
}

#[tokio::test]
async fn the_registry_seals_and_a_contacts_window_never_moves_back() {
    let db = database().await;
    let registry = Registry::new(inbox_pool(&db), "a", Arc::clone(&master()));
    registry
        .put_account("acc", "bictorys", b"secret key")
        .await
        .expect("put");
    registry
        .put_number("num", None, b"token")
        .await
        .expect("put");
    assert_eq!(
        registry.accounts().await.expect("listed")[0].secret,
        b"secret key"
    );
    assert_eq!(
        registry
            .lease_numbers(&["num".to_owned()])
            .await
            .expect("leased"),
        ["num"]
    );

    let at = |second: i64| chrono::DateTime::from_timestamp(1_700_000_000 + second, 0).unwrap();
    let contact = |second: i64, person: &str, shop| Contact {
        id: Uuid::from_u128(1),
        number_id: "num".to_owned(),
        person: person.as_bytes().to_vec(),
        last_in_at: at(second),
        last_shop: shop,
        lang: None,
    };
    let shop = Some(Uuid::from_u128(9));
    registry
        .touch(&[contact(8, "Aw", None), contact(10, "Awa", shop)])
        .await
        .expect("touched");
    registry
        .touch(&[contact(5, "an older name", None)])
        .await
        .expect("touched");
    let ids = [1, 2].map(Uuid::from_u128);
    let known = registry.contacts(&ids).await.expect("read");
    assert_eq!(known, [contact(10, "Awa", shop)]);
    let wolof = Contact {
        lang: Some("wo".to_owned()),
        ..contact(11, "Awa", None)
    };
    registry.touch(&[wolof]).await.expect("touched");
    registry
        .touch(&[contact(12, "Awa", None)])
        .await
        .expect("touched");
    let known = registry.contacts(&ids).await.expect("read");
    assert_eq!(known[0].lang.as_deref(), Some("wo"), "what is known stays");
    assert_eq!((known[0].last_in_at, known[0].last_shop), (at(12), shop));
    let pool = look(db.url()).await;
    let clear = "SELECT count(*) FROM contact WHERE encode(sealed, 'escape') LIKE '%Awa%'";
    assert_eq!(number(&pool, clear).await, 0);
}

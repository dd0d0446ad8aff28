//! The doors of the neighbours: proof, sizes, repeats, batches, nonsense.

use serde_json::{Value, json};
use tests::world::{World, signature, texts};

const MOVES: &str = "select count(*) from event where kind in
    ('OrderPlaced', 'LineAdded', 'LineChanged', 'LineRemoved', 'OrderCancelled')";
const ORDERS: &str = "select count(*) from event where kind = 'OrderPlaced'";
const DEAD: &str = "select count(*) from inbox where state = 2";
const OPEN: &str = "select count(*) from inbox where state = 0";

fn text(user: &str, wamid: &str, words: &str) -> (String, String, String) {
    (user.to_owned(), wamid.to_owned(), words.to_owned())
}

#[tokio::test]
async fn what_is_not_proven_is_401_and_nothing_is_stored() {
    let world = World::start().await;
    world.until(OPEN, 0).await;
    let before = world.count("select count(*) from inbox").await;
    let url = world.livepay("/webhooks/whatsapp");
    let raw = texts(&world.number().await, &[text("SN.1", "wamid.1", "ROBE1")]);
    let forged = signature(&raw, "another secret");
    for proof in [None, Some(forged.as_str()), Some("sha256=zz"), Some("")] {
        let mut request = world.http.post(&url).body(raw.clone());
        if let Some(proof) = proof {
            request = request.header("x-hub-signature-256", proof);
        }
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status().as_u16(), 401, "{proof:?}");
        assert_eq!(answer.headers()["content-type"], "application/problem+json");
        let problem: Value = answer.json().await.unwrap();
        assert_eq!(problem["code"], "unsigned");
    }
    let psp = world.livepay("/webhooks/psp/bictorys");
    let forged = world
        .http
        .post(&psp)
        .header("x-secret-key", "no")
        .body("{}")
        .send()
        .await;
    assert_eq!(forged.unwrap().status().as_u16(), 401);
    assert_eq!(world.count("select count(*) from inbox").await, before);
    world.stop().await;
}

#[tokio::test]
async fn a_body_over_the_limit_is_413() {
    let world = World::start().await;
    let raw = vec![b' '; (3 << 20) + 1];
    assert_eq!(world.ring(&raw).await, 413);
    let fits = vec![b' '; 3 << 20];
    assert_eq!(world.ring(&fits).await, 200, "3 MiB is what Meta documents");
    world.stop().await;
}

#[tokio::test]
async fn undecodable_json_under_a_valid_signature_is_200_and_a_dead_letter() {
    let world = World::start().await;
    assert_eq!(world.ring(b"{\"entry\": nonsense").await, 200);
    world.until(DEAD, 1).await;
    // One poison item in a batch keeps its neighbours alive.
    let number = world.number().await;
    let mut batch: Value =
        serde_json::from_slice(&texts(&number, &[text("SN.5", "wamid.ok", "ROBE1")])).unwrap();
    let messages = batch["entry"][0]["changes"][0]["value"]["messages"]
        .as_array_mut()
        .unwrap();
    messages.insert(0, json!({ "id": 7, "type": ["poison"] }));
    assert_eq!(world.ring(batch.to_string().as_bytes()).await, 200);
    world.until(DEAD, 2).await;
    world.until(ORDERS, 1).await;
    world.stop().await;
}

#[tokio::test]
async fn the_same_message_however_often_is_one_order() {
    let world = World::start().await;
    let number = world.number().await;
    let raw = texts(&number, &[text("SN.2", "wamid.same", "ROBE1")]);
    // The same POST, at the same moment, many times.
    let rings = (0..20).map(|_| world.ring(&raw));
    for status in futures_util::future::join_all(rings).await {
        assert_eq!(status, 200);
    }
    // The same message in other POSTs: alone, and among others.
    for n in 0..5 {
        let other = text(&format!("SN.2{n}"), &format!("wamid.other{n}"), "bonjour");
        let raw = texts(&number, &[other, text("SN.2", "wamid.same", "ROBE1")]);
        assert_eq!(world.ring(&raw).await, 200);
    }
    world.until(OPEN, 0).await;
    assert_eq!(world.count(ORDERS).await, 1);
    let held = "select held from reading.stock order by variant_id limit 1";
    world.until(held, 1).await;
    world.stop().await;
}

#[tokio::test]
async fn a_thousand_messages_in_one_post() {
    let world = World::start().await;
    let number = world.number().await;
    let many: Vec<_> = (0..1_000)
        .map(|n| text(&format!("SN.9{n}"), &format!("wamid.{n}"), "FOULARD"))
        .collect();
    assert_eq!(world.ring(&texts(&number, &many)).await, 200);
    world.until(OPEN, 0).await;
    // Twenty scarves: twenty orders, and every other buyer is told.
    assert_eq!(world.count(ORDERS).await, 20);
    let told = "select count(*) from outbox where kind = 'say'
        and body::text like '%waitlist_joined%'";
    assert_eq!(world.count(told).await, 980);
    let receipts = "select count(distinct command_id) from receipt where command_id in
        (select command_id from event)";
    assert!(world.count(receipts).await >= 1_000);
    world.stop().await;
}

#[tokio::test]
async fn nonsense_gets_a_clear_french_sentence_and_loses_nothing() {
    let world = World::start().await;
    let mut phone = world.phone("Khady Fall", false).await;
    let held = phone.ask("ROBE1").await;
    assert!(
        held["text"].as_str().unwrap().contains("Robe Wax"),
        "{held}"
    );
    world.until(OPEN, 0).await;
    let moved = world.count(MOVES).await;
    for (said, expected) in [
        ("ROBE9", "ROBE9"),
        ("0 robe1", "0"),
        ("-3 ROBE1", "-3"),
        ("ROBE1 x 999999999999", "999999999999"),
        ("2,5 robe1", "2,5"),
    ] {
        let answer = phone.ask(said).await;
        let words = answer["text"].as_str().unwrap();
        assert!(words.contains(expected), "{said}: {words}");
    }
    assert_eq!(
        world.count(MOVES).await,
        moved,
        "nothing was held, changed or freed"
    );
    // Look-alike letters are what they look like (Cyrillic О, В, Е).
    let alike = phone.ask("R\u{041E}\u{0412}\u{0415}1 x2").await;
    assert!(
        alike["text"].as_str().unwrap().contains("Robe Wax"),
        "{alike}"
    );
    // A button of an order that is no more.
    phone.tap(&held, "ANNULER").await;
    let late = phone.tap(&held, "PAYER").await;
    assert!(late["text"].as_str().unwrap().contains("annulée"), "{late}");
    world.stop().await;
}

#[tokio::test]
async fn every_example_of_metas_is_taken_and_none_does_harm() {
    let world = World::start().await;
    world.until(OPEN, 0).await;
    let before = world.count("select count(*) from inbox").await;
    let folder = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../adapters/src/whatsapp/fixtures"
    );
    let mut sent = 0;
    for kind in ["webhooks", "webhooks-docs"] {
        for entry in std::fs::read_dir(format!("{folder}/{kind}")).unwrap() {
            let raw = std::fs::read(entry.unwrap().path()).unwrap();
            assert_eq!(world.ring(&raw).await, 200);
            sent += 1;
        }
    }
    assert!(sent > 50, "the examples are there: {sent}");
    world.until(OPEN, 0).await;
    let stored = world.count("select count(*) from inbox").await - before;
    assert!(stored > 50, "each body is kept once: {stored} of {sent}");
    // They are written to numbers that are not ours, or are no messages: nobody ordered.
    assert_eq!(world.count(ORDERS).await, 0);
    world.stop().await;
}

#[tokio::test]
async fn the_handshake_echoes_the_challenge_to_whoever_knows_the_token() {
    let world = World::start().await;
    let ask = |token: &str| {
        let url = world.livepay("/webhooks/whatsapp");
        let query = format!("hub.mode=subscribe&hub.challenge=12%2034&hub.verify_token={token}");
        world.http.get(format!("{url}?{query}")).send()
    };
    let good = ask("sandbox-verify-token").await.unwrap();
    assert_eq!(good.status().as_u16(), 200);
    assert_eq!(good.text().await.unwrap(), "12 34");
    assert_eq!(ask("wrong").await.unwrap().status().as_u16(), 403);
    world.stop().await;
}

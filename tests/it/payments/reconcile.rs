//! Their list against our orders, over everything that can come of a payment.

use std::process::Command;

use chrono::TimeDelta;
use serde_json::{Value, json};
use server::reconcile::{self, Question, Reconciliation, Verdict};
use tests::world::{MASTER, World};

use super::bank;

async fn compare(world: &World, mine: bool) -> Reconciliation {
    let node = world.demo.node();
    let question = Question {
        since: node.now() - TimeDelta::days(7),
        shop: mine.then(|| world.demo.shop()),
    };
    reconcile::run(&node.reading, &node.statement, &question)
        .await
        .unwrap()
}

/// Waits until the comparison is as it should be.
async fn until(world: &World, wanted: impl Fn(&Reconciliation) -> bool) -> Reconciliation {
    let end = std::time::Instant::now() + tests::world::PATIENCE;
    loop {
        let found = compare(world, false).await;
        if wanted(&found) {
            return found;
        }
        assert!(std::time::Instant::now() < end, "{found:#?}");
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
}

fn verdicts(found: &Reconciliation) -> Vec<Verdict> {
    let mut all: Vec<Verdict> = found.findings.iter().map(|one| one.verdict).collect();
    all.sort();
    all
}

#[tokio::test]
async fn every_franc_of_the_provider_is_found_with_us_or_named() {
    let world = World::start().await;
    for (name, keyword, act) in [
        ("Aminata Diallo", "ROBE1", json!({ "act": "pay" })),
        (
            "Binta Sow",
            "SAC2",
            json!({ "act": "pay_amount", "amount": 500 }),
        ),
        ("Khady Fall", "BIJOU1", json!({ "act": "fail" })),
    ] {
        let mut buyer = world.phone(name, false).await;
        let reference = bank::order(&mut buyer, keyword).await;
        buyer.act(&reference, act).await;
        buyer.hear().await;
    }
    let whole = until(&world, |found| {
        let matched: u64 = found.groups.iter().map(|group| group.matched.count).sum();
        matched == 1 && verdicts(found) == [Verdict::AmountDiffers]
    })
    .await;
    assert!(whole.is_whole(), "another amount is known to its shop");
    let [group] = whole.groups.as_slice() else {
        panic!("{whole:?}")
    };
    assert_eq!(group.shop, Some(world.demo.shop().0));
    assert_eq!((group.matched.amount, group.matched.fees), (15_000, 225));
    assert_eq!(group.amount_differs.amount, 500);
    let other = &whole.findings[0];
    assert_eq!((other.asked, other.amount), (Some(12_000), Some(500)));
    // Somebody else's money at the same account.
    let charge = bank::charge(&world, "their-order-9", 5_000).await;
    bank::act(&world, &charge, json!({ "act": "pay" })).await;
    let found = until(&world, |found| !found.is_whole()).await;
    assert_eq!(
        verdicts(&found),
        [Verdict::AmountDiffers, Verdict::TheirsOnly]
    );
    let stray = found
        .groups
        .iter()
        .find(|group| group.shop.is_none())
        .unwrap();
    assert_eq!(stray.theirs_only.amount, 5_000);
    let mine = compare(&world, true).await;
    assert!(mine.is_whole(), "a shop does not see what names no shop");
    // A line the provider lost: what we counted has nothing on the other side.
    sqlx::query("delete from provider_transaction where amount = 15000")
        .execute(&world.db)
        .await
        .unwrap();
    let found = compare(&world, true).await;
    assert_eq!(
        verdicts(&found),
        [Verdict::AmountDiffers, Verdict::OursOnly]
    );
    let ours = found
        .findings
        .iter()
        .find(|one| one.verdict == Verdict::OursOnly);
    assert_eq!(ours.unwrap().asked, Some(15_000));
    assert_eq!(
        ours.unwrap().account,
        world.demo.node().accounts["bictorys"].id
    );
    world.stop().await;
}

#[tokio::test]
async fn the_command_line_says_it_to_people_and_to_programs() {
    let database = tests::cluster::database().await;
    let world = World::on(database.url()).await;
    let charge = bank::charge(&world, "their-order-9", 5_000).await;
    bank::act(&world, &charge, json!({ "act": "pay" })).await;
    until(&world, |found| !found.is_whole()).await;
    world.stop().await;
    let livepay = |words: &[&str]| {
        let mut command = Command::new(tests::process::binary());
        command
            .args(words)
            .env("DATABASE_URL", database.url())
            .env("LIVEPAY_MASTER_KEY", MASTER);
        command.output().unwrap()
    };
    let run = |more: &[&str]| livepay(&[&["payments", "reconcile"], more].concat());
    let doctor = String::from_utf8(livepay(&["doctor"]).stdout).unwrap();
    assert!(doctor.contains("1 paiement(s) sans commande"), "{doctor}");
    let words = run(&[]);
    assert_eq!(words.status.code(), Some(1), "{words:?}");
    let text = String::from_utf8(words.stdout).unwrap();
    assert!(
        text.contains("only theirs: 5000 XOF") && text.contains("their-order-9"),
        "{text}"
    );
    let json = run(&["--json", "--days", "1"]);
    let found: Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(found["findings"][0]["verdict"], "theirs_only");
    assert_eq!(found["findings"][0]["amount"], 5_000);
    let shop = server::identity::new().to_string();
    let other = run(&["--shop", &shop]);
    assert!(
        other.status.success(),
        "a shop without payments is whole: {other:?}"
    );
    let help = run(&["--help"]);
    let help = String::from_utf8(help.stdout).unwrap();
    assert!(help.contains("livepay payments reconcile --json"), "{help}");
}

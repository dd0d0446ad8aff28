//! A live from its start to its summary, in a browser, while two hundred people buy and the line
//! to the page is cut again and again.

use std::path::Path;
use std::process::Stdio;

use domain::command::{Actor, Command, Envelope};
use domain::ids::{CommandId, VariantId};
use domain::policy::Rule;
use server::check;
use server::simulate::{self, Shop, SimulateConfig};
use tests::world::World;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};

/// Holds of a minute and no last call, so that the live ends a moment after FIN.
const RULES: [(Rule, i64); 7] = [
    (Rule::HoldLive, 1),
    (Rule::HoldHighTrust, 1),
    (Rule::HoldTierBonus, 0),
    (Rule::NoLeakFloor, 1),
    (Rule::LockMinutes, 1),
    (Rule::OfferMinutes, 1),
    (Rule::LastCallMinutes, 0),
];

/// Of the demo's six products.
const VARIANTS: u32 = 11;

async fn tell(world: &World, command: Command) {
    let id = server::identity::new();
    let envelope = Envelope {
        id: CommandId(id),
        shop: world.demo.shop(),
        actor: Actor::System,
        correlation: id,
        fresh: true,
        command,
    };
    world.demo.node().door.bring(envelope).await.unwrap();
}

/// Enough for a crowd, and not for all of it.
async fn stock(world: &World) {
    for (rule, to) in RULES {
        let change = domain::shop::Command::ChangePolicy { rule, to };
        tell(world, Command::Shop(change)).await;
    }
    for variant in 1..=VARIANTS {
        let receive = domain::catalogue::Command::ReceiveStock {
            variant: VariantId(variant),
            quantity: 12,
        };
        tell(world, Command::Catalogue(receive)).await;
    }
}

/// So many buyers begin within so many seconds.
async fn crowd(world: &World, buyers: usize, seconds: u64) -> simulate::Journal {
    let shop = Shop {
        shop: serde_json::json!(world.demo.shop()),
        // The vendor is played by the browser.
        name: None,
        sign_in: None,
        phone_number_id: world.number().await,
        keywords: ["ROBE1", "SAC2", "BIJOU1", "FOULARD"]
            .map(str::to_owned)
            .to_vec(),
        display_phone_number: None,
        waba_id: None,
        token: None,
    };
    let config = SimulateConfig {
        livepay_url: world.demo.livepay_url(),
        sandbox_url: world.demo.phones_url(),
        buyers,
        seconds,
        seed: 4,
        progress: false,
        ..SimulateConfig::default()
    };
    simulate::run_in(&config, vec![shop]).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_live_is_run_from_a_phone_while_a_crowd_buys_and_the_line_is_cut() {
    let world = World::start().await;
    stock(&world).await;
    let pages = Path::new(env!("CARGO_MANIFEST_DIR")).join("../server/dashboard");
    let out = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/screenshots");
    std::fs::create_dir_all(&out).unwrap();
    let mut page = tokio::process::Command::new("node")
        .current_dir(pages)
        .args(["e2e/crowd.mjs", "--board", &world.demo.sign_in_url()])
        .args(["--kills", if tests::all() { "200" } else { "20" }])
        .arg("--out")
        .arg(out)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut answer = page.stdin.take().unwrap();
    let mut said = BufReader::new(page.stdout.take().unwrap()).lines();
    let mut complaints = page.stderr.take().unwrap();
    let mut journal = None;
    while let Some(line) = said.next_line().await.unwrap() {
        tests::figure(&line);
        if let "FEW" | "CROWD" = line.as_str() {
            let many = if line == "FEW" { (30, 10) } else { (200, 20) };
            journal = Some(crowd(&world, many.0, many.1).await);
            // If it is gone it has said why.
            drop(answer.write_all(b"CALM\n").await);
        }
    }
    let mut error = String::new();
    complaints.read_to_string(&mut error).await.unwrap();
    assert!(page.wait().await.unwrap().success(), "{error}");
    let verdict = check::ask(&world.demo.livepay_url(), &journal.unwrap()).await;
    let verdict = verdict.unwrap();
    assert!(verdict.is_good(), "{verdict}");
    world.stop().await;
}

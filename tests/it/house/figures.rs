//! The crowd's lives, finished, and every figure of their summaries counted again from the log.

use std::time::{Duration, Instant};

use domain::{
    command::{Actor, Command, Envelope},
    ids::{CommandId, OrderId, ShopId},
    live::{self, Summary},
    order::{self, event::CancelledBy},
};
use projections::{TenantTx, summaries};
use server::simulate::{self, SimulateConfig};
use tests::world::World;
use uuid::Uuid;

use crate::projections::figures;

/// Nothing a live waits for takes longer once its carts are given up.
const PATIENCE: Duration = Duration::from_mins(1);

async fn bring(world: &World, shop: Uuid, command: Command) {
    let id = server::identity::new();
    let envelope = Envelope {
        id: CommandId(id),
        shop: ShopId(shop),
        actor: Actor::Vendor("owner".to_owned()),
        correlation: id,
        fresh: true,
        command,
    };
    // A refusal is an answer, too: what is paid meanwhile is not cancelled.
    world.demo.node().door.bring(envelope).await.unwrap();
}

/// Orders of the live that hold it up, and may be given up.
async fn open(world: &World, shop: Uuid) -> Vec<i64> {
    sqlx::query_scalar(
        "SELECT order_id FROM reading.orders
          WHERE shop_id = $1 AND live_id = 1 AND state IN ('wished', 'held', 'paying', 'offered')",
    )
    .bind(shop)
    .fetch_all(&world.db)
    .await
    .unwrap()
}

/// FIN, and what is still in a cart is given up.
async fn summary(world: &World, shop: Uuid) -> Summary {
    bring(world, shop, Command::Live(live::Command::Finish)).await;
    let until = Instant::now() + PATIENCE;
    loop {
        let mut tx = TenantTx::begin(&world.demo.node().pages, shop)
            .await
            .unwrap();
        let found = summaries::summary(&mut tx, 1, false).await.unwrap();
        tx.end().await.unwrap();
        if let Some(found) = found {
            return found;
        }
        assert!(Instant::now() < until, "the live of {shop} does not end");
        for order in open(world, shop).await {
            let cancel = order::Command::Cancel {
                order: OrderId(u64::try_from(order).unwrap()),
                by: CancelledBy::Vendor,
            };
            bring(world, shop, Command::Order(cancel)).await;
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_figures_of_a_crowds_lives_are_those_of_their_log() {
    let world = World::start().await;
    let shops = if tests::all() { 10 } else { 2 };
    let config = SimulateConfig {
        livepay_url: world.demo.livepay_url(),
        sandbox_url: world.demo.phones_url(),
        buyers: 30 * shops,
        shops,
        seconds: 8,
        seed: 23,
        progress: false,
        ..SimulateConfig::default()
    };
    let journal = simulate::run(&config).await.unwrap();
    let mut paid = 0;
    for shop in &journal.shops {
        let shop: Uuid = serde_json::from_value(shop.shop.clone()).unwrap();
        let summary = summary(&world, shop).await;
        assert!(summary.placed > 0, "{summary:?}");
        figures::same(&world.db, shop, &summary).await;
        paid += summary.paid;
    }
    assert!(paid > 0, "nobody paid");
    world.stop().await;
}

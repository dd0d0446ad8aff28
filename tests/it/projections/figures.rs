//! The figures of a live counted by another way: a script over the raw log, `summary.sql`.

use chrono::TimeDelta;
use domain::{
    command::Command,
    ids::{OrderId, ProductId},
    live::{self, Summary},
    order::{self, event::CancelledBy},
    payment::observation::Status,
};
use projections::summaries;
use serde_json::{Value, json};
use sqlx::PgPool;
use uuid::Uuid;

use super::day::Day;

/// What the script says of a live.
async fn counted(pool: &PgPool, shop: Uuid, live: i64, settled: bool) -> Value {
    sqlx::query_scalar(include_str!("summary.sql"))
        .bind(shop)
        .bind(live)
        .bind(settled)
        .fetch_one(pool)
        .await
        .unwrap()
}

/// The same figures of a summary.
fn told(summary: &Summary) -> Value {
    let products = summary.products.iter().map(|it| {
        // As the script writes it: seconds with six decimals.
        let out = it.out_at.map(|at| {
            let (seconds, micros) = (at.timestamp(), at.timestamp_subsec_micros());
            serde_json::from_str::<Value>(&format!("{seconds}.{micros:06}")).unwrap()
        });
        let figures = json!([
            it.sold.units,
            it.sold.amount.0,
            it.offered,
            out,
            it.out_seconds,
            it.lost.0
        ]);
        (it.sold.product.0.to_string(), figures)
    });
    let peak = summary.peak.as_ref();
    json!({
        "placed": summary.placed, "paid": summary.paid, "expired": summary.expired,
        "cancelled": summary.cancelled, "open": summary.open, "gross": summary.gross.0,
        "net": summary.net.0, "pay_median": summary.pay_median, "pay_p90": summary.pay_p90,
        "conversion": summary.conversion, "seconds": summary.seconds,
        "returning_clients": summary.returning_clients, "new_clients": summary.new_clients,
        "lost": summary.lost.0, "best": summary.best.as_ref().map(|best| best.product.0),
        "peak": peak.map(|it| json!([it.minute.timestamp(), it.orders, it.shown])),
        "products": products.collect::<serde_json::Map<_, _>>(),
    })
}

/// Every figure of a summary is what the log says.
pub(crate) async fn same(pool: &PgPool, shop: Uuid, summary: &Summary) {
    let live = i64::from(summary.live.0);
    let counted = counted(pool, shop, live, summary.settled).await;
    assert_eq!(told(summary), counted, "shop {shop}, live {live}");
}

/// A live as the rules tell it: offers, time that runs out, late money, a reversal, and its end.
#[tokio::test]
async fn a_day_of_the_rules_is_counted_as_its_log_says() {
    let mut day = Day::begins().await;
    let show = live::Command::Show {
        product: ProductId(1),
    };
    day.does(Command::Live(show)).await;
    day.says(1, "3 robe1 M").await;
    day.says(2, "2 robe1 M").await;
    day.says(3, "robe1 L").await;
    day.says(3, "WAVE").await;
    day.provider(1, Status::Succeeded, 9_500).await;
    day.says(1, "ANNULER").await;
    day.says(2, "PAYER").await;
    day.says(4, "2 sac2").await;
    day.says(4, "1 robe1 L").await;
    day.says(4, "3 sac2").await;
    day.says(4, "WAVE").await;
    day.later(TimeDelta::minutes(3)).await;
    day.provider(2, Status::Succeeded, 38_000).await;
    day.provider(1, Status::Reversed, 9_500).await;
    day.says(5, "sac2").await;
    day.says(5, "WAVE").await;
    day.later(TimeDelta::minutes(40)).await;
    day.provider(3, Status::Succeeded, 9_500).await;
    day.does(Command::Live(live::Command::Finish)).await;
    day.later(TimeDelta::hours(1)).await;
    let shop = day.story.shop.id.0;
    let mut tx = day.look().await;
    let hot = summaries::summary(&mut tx, 1, false)
        .await
        .unwrap()
        .unwrap();
    tx.end().await.unwrap();
    same(&day.scene.pool, shop, &hot).await;
    assert!(hot.placed >= 4 && hot.paid >= 2, "{hot:?}");
    let give_up = order::Command::Cancel {
        order: OrderId(4),
        by: CancelledBy::Vendor,
    };
    day.does(Command::Order(give_up)).await;
    day.later(TimeDelta::hours(30)).await;
    let mut tx = day.look().await;
    let settled = summaries::summary(&mut tx, 1, true).await.unwrap().unwrap();
    tx.end().await.unwrap();
    same(&day.scene.pool, shop, &settled).await;
    assert!(settled.settled && settled.net < hot.net, "{settled:?}");
}

//! The figures of a live counted by another way: a script over the raw log, `summary.sql`.

use domain::live::Summary;
use serde_json::{Value, json};
use sqlx::PgPool;
use uuid::Uuid;

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

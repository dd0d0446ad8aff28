//! For whoever watches over us: alive, ready, and figures in Prometheus' text form.

use std::fmt::Write as _;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use projections::deadlines;

use super::Problem;
use crate::node::Node;

/// `GET /healthz`: the process runs.
pub(super) async fn alive() -> &'static str {
    "ok\n"
}

/// `GET /readyz`: the database answers and somebody owns the lanes. What needs a person and does
/// not make us less ready follows on a line of its own.
pub(super) async fn ready(State(node): State<Node>) -> Result<String, Problem> {
    let answers = sqlx::query("select 1").execute(&node.pool).await.is_ok();
    if !answers || node.stopping() {
        return Err(Problem::Unavailable);
    }
    let mut out = "ready\n".to_owned();
    if let Ok(many @ 1..) = node.statement.unmatched().await {
        let _never = writeln!(out, "payments without an order: {many}");
    }
    if let Ok(sleeping) = deadlines::sleeping(&node.pool).await
        && sleeping.overdue > 0
    {
        let _never = writeln!(out, "sleeping shops not woken: {}", sleeping.overdue);
    }
    Ok(out)
}

/// `GET /metrics`.
pub(super) async fn metrics(State(node): State<Node>) -> Response {
    let mut out = String::new();
    let mut line = |name: &str, help: &str, value: i64| {
        let _never = writeln!(
            out,
            "# HELP {name} {help}\n# TYPE {name} gauge\n{name} {value}"
        );
    };
    let lanes = i64::try_from(node.door.log().owned_lanes().len()).unwrap_or_default();
    line("livepay_lanes_owned", "Lanes this node writes.", lanes);
    for (name, help, sql) in FIGURES {
        if let Ok(value) = sqlx::query_scalar::<_, i64>(sql)
            .fetch_one(&node.pool)
            .await
        {
            line(name, help, value);
        }
    }
    if let Ok(sleeping) = deadlines::sleeping(&node.pool).await {
        let next = sleeping.next.map_or(0, |next| next.timestamp());
        line("livepay_shops_asleep", "Sleeping shops.", sleeping.shops);
        line("livepay_shops_next_due", "When the next is due.", next);
        let help = "Sleeping shops that nobody woke in time: an alarm.";
        line("livepay_shops_overdue", help, sleeping.overdue);
    }
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], out).into_response()
}

const FIGURES: [(&str, &str, &str); 6] = [
    (
        "livepay_events",
        "Events in the log.",
        "select coalesce(sum(pos), 0)::bigint from lane_head",
    ),
    (
        "livepay_inbox_open",
        "Webhooks stored and not done.",
        "select count(*) from inbox where state = 0",
    ),
    (
        "livepay_inbox_dead",
        "Webhooks nobody could read.",
        "select count(*) from inbox where state = 2",
    ),
    (
        "livepay_outbox_waiting",
        "Promises not kept yet.",
        "select count(*) from outbox where state < 2",
    ),
    (
        "livepay_payments_unmatched",
        "Payments at the provider that belong to no order.",
        "select count(*) from unmatched_money",
    ),
    (
        "livepay_payments_untold",
        "Payments at the provider that their shop has not taken in yet.",
        "select count(*) from provider_transaction where status in ('succeeded', 'reversed')
            and met is distinct from status and believed and shop_id is not null
            and kind in ('payment', 'refund')",
    ),
];

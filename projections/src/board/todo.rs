//! What to do now: where money is at risk, the largest sum first.

use chrono::{DateTime, Utc};
use domain::{
    catalogue::Event as Catalogue, event::Event, order::Event as Order, payment::Event as Payment,
};
use serde::Serialize;
use uuid::Uuid;

use crate::TenantTx;

/// How many the page shows.
const SHOWN: i64 = 3;

/// How much there is to do, and the first of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Todo {
    /// All there is.
    pub total: i64,
    /// The first three.
    pub items: Vec<TodoCard>,
}

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, sqlx::FromRow)]
pub struct TodoCard {
    /// `owed` (the operator took money back), `refund` (due by hand, or overdue), `cancellation`
    /// (a client asks to cancel what is paid), `paid_late` (money waits for its payer's choice) or
    /// `waitlist` (people wait for a product).
    pub kind: String,
    /// Of the refund; of the product for `waitlist`; else of the order.
    pub id: i64,
    /// At risk, minor units; for `waitlist` what those who wait would pay.
    pub amount: i64,
    #[serde(skip)]
    pub client_id: Option<Uuid>,
    /// As the event holds it; `None` for a client who was forgotten.
    #[serde(skip)]
    pub sealed_name: Option<String>,
    /// Her name in clear, once opened.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[sqlx(default)]
    pub client: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub product: Option<i64>,
    /// The variant of the product most units are waited for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub variant: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keyword: Option<String>,
    /// How many people wait.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<i64>,
    /// By when it should be back, or decided; of `owed` when it was ordered, of `waitlist` when the
    /// first one asked.
    pub at: DateTime<Utc>,
}

/// Whether an event may move what is to be done.
pub(super) fn moves(event: &Event) -> bool {
    match event {
        Event::Waitlist(_) => true,
        Event::Catalogue(event) => matches!(event, Catalogue::ProductChanged { .. }),
        Event::Order(event) => matches!(
            event,
            Order::OrderCancelled { .. }
                | Order::OrderConfirmed { .. }
                | Order::CancellationRequested { .. }
                | Order::CancellationRefused { .. }
                | Order::ChoiceAsked { .. }
                | Order::ChoiceMade { .. }
                | Order::ChoiceLapsed { .. }
                | Order::OrderReopened { .. }
        ),
        Event::Payment(event) => matches!(
            event,
            Payment::PaymentReversed { .. }
                | Payment::PaymentConfirmed { .. }
                | Payment::PaymentArrivedLate { .. }
                | Payment::LatePaymentHonoured { .. }
                | Payment::RefundDue { .. }
                | Payment::RefundTaken { .. }
                | Payment::RefundRequested { .. }
                | Payment::RefundOverdue { .. }
                | Payment::RefundSent { .. }
                | Payment::RefundConfirmed { .. }
                | Payment::RefundFailed { .. }
        ),
        _ => false,
    }
}

/// Each kind is a few rows of a partial index; the waiting are those whom nothing is offered.
const WORK: &str = r#"
WITH work AS (
    SELECT 'owed' AS kind, order_id AS id, total AS amount, order_id AS "order",
           NULL::bigint AS product, NULL::bigint AS variant, NULL::bigint AS count,
           placed_at AS at
      FROM troubled JOIN orders USING (lane, shop_id, order_id)
     WHERE lane = $1 AND shop_id = $2 AND state = 'owed'
     UNION ALL
    SELECT 'paid_late', order_id, (SELECT coalesce(sum(got - confirmed - due_back), 0)::bigint
                                     FROM attempts a
                                    WHERE a.lane = o.lane AND a.shop_id = o.shop_id
                                      AND a.order_id = o.order_id),
           order_id, NULL, NULL, NULL, coalesce(deadline, placed_at)
      FROM troubled JOIN orders o USING (lane, shop_id, order_id)
     WHERE lane = $1 AND shop_id = $2 AND state = 'choosing'
     UNION ALL
    SELECT 'refund', refund_id, amount, order_id, NULL, NULL, NULL, until
      FROM refunds
     WHERE lane = $1 AND shop_id = $2 AND state <> 'confirmed'
       AND (state IN ('due', 'failed') OR overdue_at IS NOT NULL)
     UNION ALL
    SELECT 'cancellation', order_id, o.collected, order_id, NULL, NULL, NULL, x.decide_by
      FROM cancellations x JOIN orders o USING (lane, shop_id, order_id)
     WHERE x.lane = $1 AND x.shop_id = $2 AND x.state = 'asked'
     UNION ALL
    SELECT 'waitlist', product_id, sum(w.units * p.price)::bigint, NULL, product_id,
           (array_agg(w.variant_id ORDER BY w.units DESC, w.variant_id))[1],
           sum(w.clients)::bigint, min(w.at)
      FROM (SELECT variant_id, sum(quantity - offered - declined)::bigint AS units,
                   count(*) AS clients, min(asked_at) AS at
              FROM waitlists
             WHERE lane = $1 AND shop_id = $2 AND NOT closed AND quantity > offered + declined
             GROUP BY variant_id) w
      JOIN stock s ON s.lane = $1 AND s.shop_id = $2 AND s.variant_id = w.variant_id
      JOIN products p USING (lane, shop_id, product_id)
     GROUP BY product_id
), first AS (
    SELECT *, count(*) OVER () AS total FROM work ORDER BY amount DESC, at, kind, id LIMIT $3
)
SELECT f.kind, f.id, f.amount, o.client_id, c.name AS sealed_name, f."order", f.product, f.variant,
       p.keyword, f.count, f.at, f.total
  FROM first f
  LEFT JOIN orders o ON o.lane = $1 AND o.shop_id = $2 AND o.order_id = f."order"
  LEFT JOIN clients c ON c.lane = $1 AND c.shop_id = $2 AND c.client_id = o.client_id
  LEFT JOIN products p ON p.lane = $1 AND p.shop_id = $2 AND p.product_id = f.product
 ORDER BY f.amount DESC, f.at, f.kind, f.id"#;

#[derive(sqlx::FromRow)]
struct Found {
    #[sqlx(flatten)]
    card: TodoCard,
    total: i64,
}

/// What there is to do.
pub(super) async fn todo(tx: &mut TenantTx) -> Result<Todo, sqlx::Error> {
    let (lane, shop) = tx.place();
    let found: Vec<Found> = sqlx::query_as(WORK)
        .bind(lane)
        .bind(shop)
        .bind(SHOWN)
        .fetch_all(tx.conn())
        .await?;
    Ok(Todo {
        total: found.first().map_or(0, |first| first.total),
        items: found.into_iter().map(|found| found.card).collect(),
    })
}

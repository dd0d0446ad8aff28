//! What the payment page needs of an attempt.

use domain::ids::{AttemptId, ShopId};
use domain::money::Amount;
use projections::TenantTx;

use crate::http::Payment;
use crate::node::Node;

/// What the payment page shows of an attempt; `None` for one nobody knows.
pub async fn payment(
    node: &Node,
    shop: ShopId,
    attempt: AttemptId,
) -> Result<Option<Payment>, sqlx::Error> {
    let mut tx = TenantTx::begin(&node.pages, shop.0).await?;
    let Some(card) = projections::attempts::card(&mut tx, attempt).await? else {
        return Ok(None);
    };
    let Some(order) = projections::orders::cards(&mut tx, Some(&[card.order_id]), 1)
        .await?
        .pop()
    else {
        return Ok(None);
    };
    let words = node.shop_words(shop.0).await;
    let line = |line: &projections::orders::LineCard| {
        let label = if line.label.is_empty() {
            String::new()
        } else {
            format!(" {}", line.label)
        };
        let amount = adapters::words::money(Amount(line.amount), words.currency);
        format!("{} × {}{label} · {amount}", line.quantity, line.name)
    };
    // Owed again, it can be paid by a charge that brought nothing yet, without any deadline.
    let again = order.state == "owed" && card.state == "created";
    let state = if again {
        "paying".to_owned()
    } else {
        order.state
    };
    Ok(Some(Payment {
        shop: words.name.clone(),
        order: format!("LP-{}", card.order_id),
        lines: order.lines.iter().map(line).collect(),
        total: adapters::words::money(Amount(card.amount), words.currency),
        method: card.method,
        deadline: order.deadline,
        state,
        link: card.link,
    }))
}

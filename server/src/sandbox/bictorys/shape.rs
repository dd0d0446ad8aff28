//! How the provider writes a transaction: floats for amounts, times without a zone.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

use super::charge::{Charge, Transaction};

/// `2026-08-08 18:45:44.10254`: no `T`, no zone, five digits of a second.
pub(super) fn time(at: DateTime<Utc>) -> String {
    let text = at.format("%Y-%m-%d %H:%M:%S%.6f").to_string();
    text.get(..text.len().saturating_sub(1))
        .unwrap_or_default()
        .to_owned()
}

/// Whole francs as the JSON float the provider writes.
fn float(francs: i64) -> Value {
    // Amounts of francs are far below 2^53; one that does not fit an i32 is written as an integer.
    i32::try_from(francs).map_or_else(|_| json!(francs), |francs| json!(f64::from(francs)))
}

/// A line of the list call: the amount the payer paid.
pub(super) fn listed(charge: &Charge, transaction: &Transaction) -> Value {
    json!({
        "id": transaction.id,
        "type": "checkout",
        "paymentReference": charge.reference,
        "merchantReference": charge.merchant_reference,
        "pspName": transaction.method,
        "status": transaction.status,
        "amount": float(transaction.amount),
        "currency": charge.currency,
        "merchantFees": float(transaction.fees),
        "timestamp": time(transaction.at),
    })
}

/// The detail call; `net` takes the merchant's fees off the amount, as documented.
pub(super) fn detailed(charge: &Charge, transaction: &Transaction, net: bool) -> Value {
    let mut body = listed(charge, transaction);
    let amount = if net {
        transaction.amount - transaction.fees
    } else {
        transaction.amount
    };
    if let Some(object) = body.as_object_mut() {
        object.insert("amount".to_owned(), float(amount));
        object.insert("customerFees".to_owned(), float(0));
    }
    body
}

/// The webhook's flat object: `kind` is `payment` or `refund`.
pub(super) fn webhook(charge: &Charge, transaction: &Transaction, kind: &str) -> Value {
    let customer = charge
        .customer
        .clone()
        .unwrap_or_else(|| Value::Object(Map::new()));
    json!({
        "id": transaction.id,
        "merchantId": "33333333-3333-4333-8333-333333333333",
        "type": kind,
        "customerId": "44444444-4444-4444-8444-444444444444",
        "customerObject": customer,
        "pspName": transaction.method,
        "paymentMeans": "22177*****01",
        "paymentChannel": "Online",
        "amount": transaction.amount,
        "currency": charge.currency,
        "settledAmount": transaction.amount - transaction.fees,
        "settledCurrency": charge.currency,
        "merchantFees": transaction.fees,
        "customerFees": 0,
        "paymentReference": charge.reference,
        "merchantReference": charge.merchant_reference,
        "orderType": "flat",
        "orderDetails": [],
        "status": transaction.status,
        "originIp": "203.0.113.7",
        "timestamp": time(transaction.at),
    })
}

//! How the provider writes a transaction: floats for amounts, times without a zone.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

use super::charge::{Charge, Transaction};
use super::webhook::Told;

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

/// A line of the list call: the amount the payer paid, or what is left of it without the fees.
pub(super) fn listed(charge: &Charge, transaction: &Transaction) -> Value {
    json!({
        "id": transaction.id,
        "type": "checkout",
        "paymentReference": charge.reference,
        "merchantReference": charge.merchant_reference,
        "pspName": transaction.method,
        "status": transaction.status,
        "amount": float(told(transaction, transaction.net)),
        "currency": charge.currency,
        "merchantFees": float(transaction.fees),
        "timestamp": time(transaction.at),
    })
}

/// A refund as `type=refund` lists it.
pub(super) fn refunded(charge: &Charge, transaction: &Transaction, id: &str) -> Value {
    let mut body = listed(charge, transaction);
    if let Some(object) = body.as_object_mut() {
        object.insert("id".to_owned(), json!(id));
        object.insert("type".to_owned(), json!("refund"));
        object.insert("status".to_owned(), json!("succeeded"));
    }
    body
}

/// Francs, with or without the fees.
fn told(transaction: &Transaction, net: bool) -> i64 {
    let fees = if net { transaction.fees } else { 0 };
    transaction.amount.saturating_sub(fees)
}

/// The detail call; `net` takes the merchant's fees off the amount, as documented.
pub(super) fn detailed(charge: &Charge, transaction: &Transaction, net: bool) -> Value {
    let mut body = listed(charge, transaction);
    let amount = told(transaction, net || transaction.net);
    if let Some(object) = body.as_object_mut() {
        object.insert("amount".to_owned(), float(amount));
        object.insert("customerFees".to_owned(), float(0));
    }
    body
}

/// The webhook's flat object.
pub(super) fn webhook(charge: &Charge, transaction: &Transaction, told: Told) -> Value {
    let kind = if told == Told::Payment {
        "payment"
    } else {
        "refund"
    };
    let own = transaction
        .refund
        .as_deref()
        .filter(|_| told == Told::OwnRefund);
    let status = own.map_or(json!(transaction.status), |_| json!("succeeded"));
    let customer = charge
        .customer
        .clone()
        .unwrap_or_else(|| Value::Object(Map::new()));
    json!({
        "id": own.unwrap_or(&transaction.id),
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
        "status": status,
        "originIp": "203.0.113.7",
        "timestamp": time(transaction.at),
    })
}

//! The provider's webhooks: the shared secret in clear, the optional signature, three tries.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

use super::charge::{Charge, Status, Transaction};
use super::shape;
use crate::sandbox::clock::now;
use crate::sandbox::hub::Hub;
use crate::sandbox::seal;

/// Delivery tries in all: one and three more.
const TRIES: u32 = 4;

/// Tells the merchant about the newest transaction; `kind` is `payment` or `refund`.
pub(super) fn announce(hub: &Arc<Hub>, charge: &Charge, kind: &str) {
    let Some(transaction) = charge.last() else {
        return;
    };
    let faults = hub.faults();
    let (lost, twice) = {
        let mut random = hub.random();
        let twice = random.chance(faults.duplicate_webhooks);
        (
            random.chance(faults.lose_psp_webhooks),
            twice.then(|| random.millis(0, 2_000)),
        )
    };
    if lost {
        hub.counters().psp_webhooks_lost += 1;
        return;
    }
    let body = shape::webhook(charge, transaction, kind);
    let delay = Duration::from_millis(faults.psp_delay_ms);
    if let Some(later) = twice {
        send(hub, body.clone(), delay + later, hub.config.bictorys_hmac);
    }
    send(hub, body, delay, hub.config.bictorys_hmac);
}

/// Says that money came when none did. It cannot be signed: the liar only knows the shared secret.
pub(super) fn lie(hub: &Arc<Hub>, charge: &Charge, amount: i64) {
    let id = charge
        .last()
        .map_or_else(|| charge.id.clone(), |t| t.id.clone());
    let transaction = Transaction {
        id,
        status: Status::Succeeded,
        amount,
        fees: 0,
        method: charge
            .payment_type
            .clone()
            .unwrap_or_else(|| "wave_money".to_owned()),
        at: now(),
        acted: true,
    };
    send(
        hub,
        shape::webhook(charge, &transaction, "payment"),
        Duration::ZERO,
        false,
    );
}

fn send(hub: &Arc<Hub>, body: Value, delay: Duration, signed: bool) {
    let hub = Arc::clone(hub);
    let mut stopped = hub.stopped();
    tokio::spawn(async move {
        tokio::select! {
            _ = stopped.wait_for(|stop| *stop) => {}
            () = deliver(&hub, body.to_string(), delay, signed) => {}
        }
    });
}

async fn deliver(hub: &Hub, body: String, delay: Duration, signed: bool) {
    tokio::time::sleep(delay).await;
    for attempt in 0..TRIES {
        if attempt > 0 {
            tokio::time::sleep(Duration::from_millis(500 << attempt.min(6))).await;
        }
        let mut request = hub
            .http
            .post(format!("{}/webhooks/psp/bictorys", hub.config.livepay_url))
            .header("content-type", "application/json")
            .header("x-secret-key", &hub.config.bictorys_secret);
        if signed {
            let timestamp = now().timestamp_millis().to_string();
            let parts = [timestamp.as_bytes(), b".", body.as_bytes()];
            let signature = seal::hmac_hex(&hub.config.bictorys_secret, &parts);
            request = request
                .header("x-webhook-timestamp", timestamp)
                .header("x-webhook-signature", signature);
        }
        let answer = request.body(body.clone()).send().await;
        if answer.is_ok_and(|answer| answer.status().is_success()) {
            hub.counters().psp_webhooks_acknowledged += 1;
            return;
        }
    }
    hub.counters().psp_webhooks_given_up += 1;
}

//! The provider's webhooks: the shared secret in clear, the optional signature, three tries.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use tokio::sync::watch;

use super::charge::{Charge, Status, Transaction};
use super::shape;
use crate::sandbox::clock::now;
use crate::sandbox::hub::Hub;
use crate::sandbox::misbehaviour::{Hit, Misbehaviour, Moment};
use crate::sandbox::seal;

/// Delivery tries in all: one and three more.
const TRIES: u32 = 4;

/// What a webhook is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    /// A payment of whatever status.
    Payment,
    /// A refund, told with the payment's id.
    Refund,
    /// A refund, told as a transaction of its own.
    OwnRefund,
}

/// A webhook about to leave.
struct Letter {
    body: Value,
    delay: Duration,
    /// Waits for the next webhook to overtake it, at most this long.
    overtaken: Option<Duration>,
    signed: bool,
}

/// Tells the merchant about a transaction, as well or as badly as it comes.
pub(super) fn announce(hub: &Arc<Hub>, charge: &Charge, transaction: &str, told: Told) {
    let Some(transaction) = charge.transaction(transaction) else {
        return;
    };
    let mut letter = Letter {
        body: shape::webhook(charge, transaction, told),
        delay: Duration::from_millis(hub.faults().psp_delay_ms),
        overtaken: None,
        signed: hub.config.bictorys_hmac,
    };
    if let Some(hit) = hub.misbehaves(Moment::Webhook, &charge.names(Some(&transaction.id))) {
        match hit.what {
            Misbehaviour::WebhookLost => {
                hub.counters().psp_webhooks_lost += 1;
                return;
            }
            Misbehaviour::WebhookDoubled => {
                let later = hub.random().millis(0, 2_000);
                let copy = Letter {
                    body: letter.body.clone(),
                    delay: letter.delay + later,
                    ..letter
                };
                send(hub, copy);
            }
            Misbehaviour::WebhookLate => letter.delay += hit.duration(),
            Misbehaviour::WebhookReordered => letter.overtaken = Some(hit.duration()),
            _ => letter.alter(hit),
        }
    }
    send(hub, letter);
}

impl Letter {
    /// Another body under the right secret. Whoever altered it cannot sign.
    fn alter(&mut self, hit: Hit) {
        self.signed = false;
        let Some(object) = self.body.as_object_mut() else {
            return;
        };
        if hit.what == Misbehaviour::WebhookAmountAltered {
            let true_amount = object.get("amount").and_then(Value::as_i64).unwrap_or(0);
            let amount = hit.value.unwrap_or(true_amount.saturating_mul(10));
            object.insert("amount".to_owned(), amount.into());
            object.insert("settledAmount".to_owned(), amount.into());
        } else {
            let succeeded = object.get("status").and_then(Value::as_str) == Some("succeeded");
            let status = if succeeded { "failed" } else { "succeeded" };
            object.insert("status".to_owned(), status.into());
        }
    }
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
        net: false,
        refund: None,
    };
    let letter = Letter {
        body: shape::webhook(charge, &transaction, Told::Payment),
        delay: Duration::ZERO,
        overtaken: None,
        signed: false,
    };
    send(hub, letter);
}

fn send(hub: &Arc<Hub>, letter: Letter) {
    let hub = Arc::clone(hub);
    let mut stopped = hub.stopped();
    // What leaves from now on may overtake it.
    let told = hub.told.subscribe();
    tokio::spawn(async move {
        tokio::select! {
            _ = stopped.wait_for(|stop| *stop) => {}
            () = deliver(&hub, letter, told) => {}
        }
    });
}

async fn deliver(hub: &Hub, letter: Letter, mut told: watch::Receiver<u64>) {
    tokio::time::sleep(letter.delay).await;
    if let Some(patience) = letter.overtaken {
        // Nobody came: it leaves all the same.
        drop(tokio::time::timeout(patience, told.changed()).await);
    }
    let body = letter.body.to_string();
    let mut acknowledged = false;
    for attempt in 0..TRIES {
        if attempt > 0 {
            tokio::time::sleep(Duration::from_millis(500 << attempt.min(6))).await;
        }
        acknowledged = post(hub, &body, letter.signed).await;
        // One try is enough to have been overtaken by it.
        hub.told.send_modify(|told| *told += 1);
        if acknowledged {
            break;
        }
    }
    let mut counters = hub.counters();
    if acknowledged {
        counters.psp_webhooks_acknowledged += 1;
    } else {
        counters.psp_webhooks_given_up += 1;
    }
}

/// One try; true when it was answered 2xx.
async fn post(hub: &Hub, body: &str, signed: bool) -> bool {
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
    let answer = request.body(body.to_owned()).send().await;
    answer.is_ok_and(|answer| answer.status().is_success())
}

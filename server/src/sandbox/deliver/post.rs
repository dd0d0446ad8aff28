//! One POST to the server's webhook door, until it answers exactly 200.

use std::time::{Duration, Instant};

use axum::body::Bytes;

use super::Delivery;
use crate::sandbox::hub::Hub;
use crate::sandbox::journal::Acknowledged;
use crate::sandbox::misbehaviour::Moment;

/// Signed bytes; a retry sends the very same ones.
#[derive(Debug, Clone)]
pub(in crate::sandbox) struct Post {
    body: Bytes,
    signature: String,
    /// The messages inside, with the phone each came from.
    messages: Vec<(String, Acknowledged)>,
    updates: usize,
    tries: u32,
    /// This is already the second copy of an acknowledged POST.
    copy: bool,
}

impl Post {
    pub(super) fn new(
        body: String,
        signature: String,
        messages: Vec<(String, Acknowledged)>,
        updates: usize,
    ) -> Self {
        Self {
            body: Bytes::from(body),
            signature,
            messages,
            updates,
            tries: 0,
            copy: false,
        }
    }
}

/// Posts once; what was not acknowledged comes back to the postman with a growing delay.
pub(super) async fn send(hub: &Hub, mut post: Post) {
    hub.counters().webhooks_posted += 1;
    let answer = hub
        .http
        .post(format!("{}/webhooks/whatsapp", hub.config.livepay_url))
        .header("content-type", "application/json")
        .header("user-agent", "facebookexternalua")
        .header("x-hub-signature-256", format!("sha256={}", post.signature))
        .body(post.body.clone())
        .send()
        .await;
    // Anything else than 200 is a failure for Meta: not even 202 or 204.
    if answer.is_ok_and(|answer| answer.status() == reqwest::StatusCode::OK) {
        acknowledged(hub, post);
        return;
    }
    hub.counters().webhooks_refused += 1;
    post.tries += 1;
    let due = Instant::now() + back_off(post.tries);
    hub.post(Delivery::Again { post, due });
}

fn acknowledged(hub: &Hub, mut post: Post) {
    {
        let mut counters = hub.counters();
        counters.webhooks_acknowledged += 1;
        counters.updates_acknowledged += u64::try_from(post.updates).unwrap_or(0);
    }
    {
        let mut journal = hub.journal();
        for (_, key) in &post.messages {
            journal.record(key.clone());
        }
    }
    for (phone, key) in &post.messages {
        hub.tick(phone, &key.wamid, "delivered");
    }
    let names: Vec<&str> = post
        .messages
        .iter()
        .map(|(phone, _)| phone.as_str())
        .collect();
    let again = !post.copy && hub.misbehaves(Moment::Post, &names).is_some();
    if again {
        let later = hub.random().millis(0, 2_000);
        post.copy = true;
        hub.post(Delivery::Again {
            post,
            due: Instant::now() + later,
        });
    }
}

/// At once, then 200 ms doubling up to 10 s (the real one goes on for seven days).
fn back_off(tries: u32) -> Duration {
    if tries <= 1 {
        return Duration::from_millis(20);
    }
    let doubled = 200_u64.saturating_mul(1 << tries.saturating_sub(2).min(10));
    Duration::from_millis(doubled.min(10_000))
}

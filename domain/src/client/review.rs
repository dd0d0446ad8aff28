//! Her trust, looked at again when something about it happened.

use crate::ids::ClientId;
use crate::message::Message;
use crate::order::{first_paid, hold};
use crate::shop::Shop;
use crate::story::Story;
use crate::trust::{Badge, Tier};

use super::Client;

/// What a review brought that she is told once.
#[derive(Debug, Default)]
pub(crate) struct News {
    /// What she just earned.
    pub(crate) badges: Vec<Badge>,
    /// The tier she just reached, higher than before.
    pub(crate) reached: Option<Tier>,
}

/// Computes her score, flag, tier and badges again, and tells what changed. To be called after
/// every fact that counts: an order confirmed, expired, honoured late or reversed.
pub(crate) fn review(_story: &mut Story<'_>, _client: ClientId) -> News {
    News::default()
}

/// POURQUOI: her score line by line, what it does to her holds, and the way back from whatever
/// restricts her.
pub(crate) fn explain(shop: &Shop, client: &Client) -> Message {
    Message::Why {
        score: client.trust(),
        minutes: hold::terms(shop, client).minutes,
        tier: client.tier,
        reasons: Vec::new(),
        overridden: client.overridden.is_some(),
        flagged: client.flagged,
        first_paid: first_paid::applies(shop, client),
        way_back: None,
    }
}

//! How long a hold lasts, with every term of why.

use chrono::{DateTime, TimeDelta, Utc};

use crate::client::Client;
use crate::policy::Rule;
use crate::shop::Shop;
use crate::time::after;
use crate::trust::Tier;

use super::event::HoldTerms;

/// The terms for a client now: the segment's base, cut by low trust, raised by high trust, and a
/// little more from tier silver on.
pub(crate) fn terms(shop: &Shop, client: &Client) -> HoldTerms {
    let policy = &shop.policy;
    let base = policy.base_hold(shop.segment());
    let score = i64::from(client.trust());
    let low = client.doubted() || score < policy.get(Rule::LowTrust);
    let cut_to = low.then(|| policy.count(Rule::HoldLowTrust));
    let high = !low && score >= policy.get(Rule::HighTrust);
    let raised_to = high.then(|| policy.count(Rule::HoldHighTrust).max(base));
    let bonus = !low && client.tier >= Tier::Silver;
    let tier_bonus = if bonus {
        policy.count(Rule::HoldTierBonus)
    } else {
        0
    };
    let minutes = cut_to
        .or(raised_to)
        .unwrap_or(base)
        .saturating_add(tier_bonus);
    HoldTerms {
        base,
        cut_to,
        raised_to,
        tier_bonus,
        minutes,
    }
}

/// The end of a hold that starts now.
pub(crate) fn deadline(now: DateTime<Utc>, minutes: u32) -> DateTime<Utc> {
    after(now, TimeDelta::minutes(i64::from(minutes)))
}

//! POURQUOI: her score line by line, what it does to her holds, and the way back from whatever
//! restricts her. It works for everybody, also for who is blocked.

use chrono::NaiveDate;

use crate::message::{Message, WhyShown};
use crate::order::{first_paid, hold};
use crate::policy::Rule;
use crate::shop::Shop;
use crate::trust::facts::Facts;
use crate::trust::policy::Version;
use crate::trust::score::score;
use crate::trust::{Reason, ReasonCode, START};

use super::Client;

/// More paid orders than this are no way back: she had better write to the vendor.
const WAY_MOST: u32 = 100;

/// What she is told. The lines are those of the computed score, which the vendor's word may lie
/// over; the score is the one that counts.
pub(crate) fn explain(shop: &Shop, client: &Client) -> Message {
    let restricted = restricts(shop, client, client.score, client.flagged);
    let way_back = restricted.then(|| way_back(shop, client)).flatten();
    // Paid orders help nobody whose orders are not taken.
    let refused = i64::from(client.trust()) < shop.policy.get(Rule::MinTrustScore);
    let shut_out = client.blocked || refused;
    Message::Why(WhyShown {
        score: client.trust(),
        minutes: hold::terms(shop, client).minutes,
        tier: client.tier,
        reasons: reasons(client),
        overridden: client.overridden.is_some(),
        flagged: client.flagged,
        first_paid: first_paid::applies(shop, client),
        way_back: way_back.filter(|_| !client.blocked),
        seller: shut_out || (restricted && way_back.is_none()),
        blocked: client.blocked,
    })
}

/// The lines of her score, as of when it was last looked at and under the policy of then.
pub(crate) fn reasons(client: &Client) -> Vec<Reason> {
    let Some(judged) = client.record.judged else {
        return vec![Reason {
            code: ReasonCode::Start,
            points: i16::from(START),
        }];
    };
    score(&client.record.facts, judged.version.policy(), judged.on).reasons
}

/// Whether a computed score and flag restrict her: shorter holds, no holds, or no orders.
fn restricts(shop: &Shop, client: &Client, score: u8, flagged: bool) -> bool {
    let trust = i64::from(client.overridden.unwrap_or(score));
    let low = trust < shop.policy.get(Rule::LowTrust);
    let refused = trust < shop.policy.get(Rule::MinTrustScore);
    let doubted = flagged && client.overridden.is_none();
    low || refused || doubted
}

/// The least number of paid orders that lifts every restriction, by trying. Nothing is promised
/// that depends on how fast or how much she pays; where such orders alone never do, nothing.
fn way_back(shop: &Shop, client: &Client) -> Option<u32> {
    let judged = client.record.judged;
    let on = judged.map_or_else(NaiveDate::default, |judged| judged.on);
    let policy = Version::of(&shop.policy).policy();
    let mut facts: Facts = client.record.facts.clone();
    (1..=WAY_MOST).find(|_| {
        facts.paid = facts.paid.saturating_add(1);
        let today = facts.days.entry(on).or_default();
        today.paid = today.paid.saturating_add(1);
        let then = score(&facts, policy, on);
        !restricts(shop, client, then.value, then.flagged)
    })
}

//! Her trust, looked at again when something about it happened.

use chrono::NaiveDate;

use crate::ids::{ClientId, LiveId};
use crate::order::Phase;
use crate::story::Story;
use crate::trust::policy::Version;
use crate::trust::score::score;
use crate::trust::{Badge, Tier};

use super::record::Record;
use super::{Client, Event};

/// Paid orders that earn [`Badge::Loyal`].
const LOYAL: u32 = 3;
/// Paid orders without an expiry after the first of them that earn [`Badge::Verified`].
const VERIFIED: u32 = 5;

/// What a review brought that she is told once.
#[derive(Debug, Default)]
pub(crate) struct News {
    /// What she just earned.
    pub(crate) badges: Vec<Badge>,
    /// The tier she just reached, higher than before.
    pub(crate) reached: Option<Tier>,
}

/// Computes her score, flag, tier and badges again, and tells what changed. To be called after
/// every fact that counts: an order confirmed, expired, honoured late, reopened or reversed, an
/// override, two clients merged.
pub(crate) fn review(story: &mut Story<'_>, client: ClientId) -> News {
    let client = story.shop.clients.resolve(client);
    rescore(story, client);
    let reached = retier(story, client);
    let badges = award(story, client);
    News { badges, reached }
}

fn rescore(story: &mut Story<'_>, client: ClientId) {
    let version = Version::of(&story.shop.policy);
    let Some(known) = story.shop.clients.get(client) else {
        return;
    };
    let on: NaiveDate = story.now.date_naive();
    let now = score(&known.record.facts, version.policy(), on);
    let from = known.score;
    if now.value == from && now.flagged == known.flagged {
        return;
    }
    story.fact(Event::TrustScoreChanged {
        client,
        from,
        to: now.value,
        policy: version.name().to_owned(),
        reasons: now.reasons,
        flagged: now.flagged,
    });
}

/// Gives the tier she reached; one she lost is told when she asks.
fn retier(story: &mut Story<'_>, client: ClientId) -> Option<Tier> {
    let known = story.shop.clients.get(client)?;
    let (from, to) = (known.tier, Tier::of(known.paid(), known.trust()));
    if from == to {
        return None;
    }
    story.fact(Event::TierChanged { client, from, to });
    (to > from).then_some(to)
}

/// Every badge once; the first buyer of a live once per live.
fn award(story: &mut Story<'_>, client: ClientId) -> Vec<Badge> {
    let mut told = Vec::new();
    let Some(known) = story.shop.clients.get(client) else {
        return told;
    };
    let live = first_of(story, known);
    let earned: Vec<Badge> = earned(&known.record).collect();
    if live.is_some() {
        let badge = Badge::FirstBuyer;
        story.fact(Event::BadgeEarned {
            client,
            badge,
            live,
        });
        told.push(badge);
    }
    for badge in earned {
        story.fact(Event::BadgeEarned {
            client,
            badge,
            live: None,
        });
        told.push(badge);
    }
    told
}

/// What she has earned and does not have.
fn earned(record: &Record) -> impl Iterator<Item = Badge> {
    let all = [
        (Badge::Loyal, record.facts.paid >= LOYAL),
        (Badge::FastPayer, record.quick > 0),
        // Five in a row: none of her holds ran out after the first of them.
        (Badge::Verified, record.streak >= VERIFIED),
    ];
    let new = |(badge, earned): &(Badge, bool)| *earned && !record.badges.contains(badge);
    all.into_iter().filter(new).map(|(badge, _)| badge)
}

/// The live in which her newest paid order was the first one confirmed of all, unless somebody
/// was its first buyer already: an order paid again after a reversal makes no second one.
fn first_of(story: &Story<'_>, known: &Client) -> Option<LiveId> {
    let order = known.purchases.first()?.order;
    let order = story.shop.orders.open.get(&order)?;
    let live = order.live.filter(|_| order.phase == Phase::Confirmed)?;
    let session = story.shop.live.sessions.get(&live)?;
    (session.paid == 1 && !session.first_buyer).then_some(live)
}

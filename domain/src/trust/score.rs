//! A score: a pure function of what is counted, a policy, and the day. No floats.

use chrono::NaiveDate;

use super::facts::Facts;
use super::policy::{Flag, HonourRate, Points, Sum, TrustPolicy};
use super::{Reason, ReasonCode};

/// The best there is.
const MOST: i64 = 100;

/// What a policy says about a client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Score {
    /// 0–100.
    pub value: u8,
    /// Looks like a fake buyer.
    pub flagged: bool,
    /// Every line of the sum, in the order they are told. Their sum, clamped to 0–100, is the
    /// score.
    pub reasons: Vec<Reason>,
}

/// The score on a UTC day; only policies that forget look at it.
pub fn score(facts: &Facts, policy: &TrustPolicy, on: NaiveDate) -> Score {
    let flagged = flagged(facts, policy.flag);
    let reasons = match &policy.sum {
        Sum::Points(points) => add_up(facts, points, flagged),
        Sum::HonourRate(rate) => vec![Reason {
            code: ReasonCode::HonourRate,
            points: honoured(facts, rate, on),
        }],
    };
    Score {
        value: total(&reasons),
        flagged,
        reasons,
    }
}

/// The sum of the lines, clamped.
pub fn total(reasons: &[Reason]) -> u8 {
    let add = |sum: i64, reason: &Reason| sum.saturating_add(i64::from(reason.points));
    let sum = reasons.iter().fold(0, add).clamp(0, MOST);
    u8::try_from(sum).unwrap_or(0)
}

fn flagged(facts: &Facts, flag: Flag) -> bool {
    facts.expired > flag.expired_over && facts.paid < flag.paid_under
}

fn add_up(facts: &Facts, points: &Points, flagged: bool) -> Vec<Reason> {
    let allowed = points.fast_seconds.saturating_mul(u64::from(facts.timed));
    let quick = facts.timed > 0 && facts.seconds < allowed;
    let only = |holds: bool, points: i16| if holds { points } else { 0 };
    let paid = times(points.per_paid, facts.paid).min(points.paid_most);
    let lines = [
        (ReasonCode::Start, points.start),
        (ReasonCode::Paid, paid),
        (ReasonCode::PaysFast, only(quick, points.fast)),
        (
            ReasonCode::Spent,
            only(facts.spent > points.spent_over, points.spent),
        ),
        (
            ReasonCode::Expired,
            times(points.per_expired, facts.expired),
        ),
        (ReasonCode::SuspectedFakeBuyer, only(flagged, points.flag)),
    ];
    let line = |(code, points)| Reason { code, points };
    let told = lines.into_iter().filter(|(_, points)| *points != 0);
    told.map(line).collect()
}

fn times(points: i16, count: u32) -> i16 {
    let count = i16::try_from(count).unwrap_or(i16::MAX);
    points.saturating_mul(count)
}

/// The smoothed share of honoured holds, 0–100.
fn honoured(facts: &Facts, rate: &HonourRate, on: NaiveDate) -> i16 {
    let (mut paid, mut expired) = (0_u64, 0_u64);
    for (day, count) in &facts.days {
        let days = on.signed_duration_since(*day).num_days();
        let weight = rate.weight(u64::try_from(days).unwrap_or(0));
        let weigh = |orders: u32| weight.saturating_mul(u64::from(orders));
        paid = paid.saturating_add(weigh(count.paid));
        expired = expired.saturating_add(weigh(count.expired));
    }
    let part = paid.saturating_add(rate.paid_prior);
    let whole = paid.saturating_add(expired).saturating_add(rate.prior);
    let thousandths = part.saturating_mul(1_000).checked_div(whole);
    i16::try_from(thousandths.unwrap_or(0) / 10).unwrap_or(0)
}

//! The whole play, decided before it begins: who comes when, with which habit, to which shop, for
//! what, and what each vendor does. A pure value of the wanted sizes and the seed.

mod arrivals;
mod curve;
mod script;

pub use arrivals::Arrivals;
pub(super) use curve::Curve;
pub(super) use script::Script;

use super::habit::Habit;
use crate::sandbox::Random;

/// How likely a buyer comes once more after each visit.
const AGAIN: f64 = 0.4;
/// Nobody comes more often.
const VISITS_MAX: usize = 8;
/// How likely a later visit is to another shop.
const ELSEWHERE: f64 = 0.15;

/// What a play should be like.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Wanted {
    /// How many phones.
    pub buyers: usize,
    /// In which way they come.
    pub arrivals: Arrivals,
    /// Seconds of the live's own time.
    pub length: f64,
    /// FIN at the end.
    pub fin: bool,
    /// How many keywords each shop has.
    pub keywords: Vec<usize>,
    /// The same one plans the same play.
    pub seed: u64,
}

/// A purchase that begins.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Visit {
    /// When, in seconds of the live's own time.
    pub at: f64,
    /// Where, by its place among the shops.
    pub shop: usize,
    /// For what, by its place among the shop's keywords.
    pub keyword: usize,
}

/// One buyer's evening.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Plan {
    /// How she behaves.
    pub habit: Habit,
    /// When she comes, earliest first.
    pub visits: Vec<Visit>,
    /// Seed of what she leaves to chance.
    pub luck: u64,
}

/// One shop's evening.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Stage {
    /// What its vendor does.
    pub script: Script,
    /// How densely buyers come.
    pub curve: Curve,
    /// Its part of the visits, over all shops 1.
    pub part: f64,
}

/// Everybody's.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Schedule {
    /// One per shop.
    pub stages: Vec<Stage>,
    /// One per phone.
    pub plans: Vec<Plan>,
}

/// Draws a play.
pub(super) fn draw(wanted: &Wanted) -> Schedule {
    let mut random = Random::new(wanted.seed);
    let mut own = || Random::new(random.next());
    let stages = stages(wanted, &mut own());
    let plans = (0..wanted.buyers)
        .map(|_| plan(wanted, &stages, own()))
        .collect();
    Schedule { stages, plans }
}

fn stages(wanted: &Wanted, random: &mut Random) -> Vec<Stage> {
    let many = wanted.keywords.len();
    let parts: Vec<f64> = (0..many)
        .map(|_| match wanted.arrivals {
            Arrivals::Steady => 1.0,
            // Some vendors are better known than others.
            Arrivals::Live | Arrivals::Burst => 0.5 + share(random),
        })
        .collect();
    let all: f64 = parts.iter().sum();
    let stage = |(keywords, part): (&usize, f64)| {
        let live = (wanted.arrivals, wanted.length, wanted.fin);
        let script = Script::draw(live, *keywords, random);
        let curve = Curve::draw(wanted.arrivals, &script, random);
        let part = part / all;
        Stage {
            script,
            curve,
            part,
        }
    };
    wanted.keywords.iter().zip(parts).map(stage).collect()
}

fn plan(wanted: &Wanted, stages: &[Stage], mut random: Random) -> Plan {
    let habit = Habit::draw(&mut random);
    let mut visits: Vec<Visit> = Vec::new();
    while visits.len() < VISITS_MAX && (visits.is_empty() || random.chance(AGAIN)) {
        let shop = match visits.last() {
            Some(latest) if wanted.arrivals != Arrivals::Steady && !random.chance(ELSEWHERE) => {
                latest.shop
            }
            _ => somewhere(stages, &mut random),
        };
        let Some(stage) = stages.get(shop) else { break };
        let (mut at, shown) = stage.curve.arrival(&mut random);
        if let (Arrivals::Steady, Some(latest)) = (wanted.arrivals, visits.last()) {
            // She comes again soon after the last time.
            at = latest.at + 3.0 + 7.0 * share(&mut random);
        }
        let all = wanted.keywords.get(shop).copied().unwrap_or(0);
        let any = random.below(u64::try_from(all).unwrap_or(0));
        let keyword = shown.unwrap_or(usize::try_from(any).unwrap_or(0));
        visits.push(Visit { at, shop, keyword });
    }
    visits.sort_by(|a, b| a.at.total_cmp(&b.at));
    Plan {
        habit,
        visits,
        luck: random.next(),
    }
}

fn somewhere(stages: &[Stage], random: &mut Random) -> usize {
    let mut left = share(random);
    for (shop, stage) in stages.iter().enumerate() {
        if left < stage.part {
            return shop;
        }
        left -= stage.part;
    }
    stages.len().saturating_sub(1)
}

/// A number in `0.0..1.0`.
fn share(random: &mut Random) -> f64 {
    let top = u32::try_from(random.next() >> 32).unwrap_or(u32::MAX);
    f64::from(top) / 4_294_967_296.0
}

#[cfg(test)]
mod tests {
    use super::{Arrivals, Schedule, Wanted, draw};

    fn live(seed: u64) -> Wanted {
        Wanted {
            buyers: 4_000,
            arrivals: Arrivals::Live,
            length: 3_600.0,
            fin: true,
            keywords: vec![4, 4, 2],
            seed,
        }
    }

    fn visits(schedule: &Schedule) -> impl Iterator<Item = super::Visit> {
        schedule.plans.iter().flat_map(|plan| plan.visits.clone())
    }

    #[test]
    fn the_same_seed_is_the_same_play_and_another_seed_is_another() {
        assert_eq!(draw(&live(1)), draw(&live(1)));
        assert_ne!(draw(&live(1)).plans, draw(&live(2)).plans);
        assert_ne!(draw(&live(1)).stages, draw(&live(2)).stages);
    }

    #[test]
    fn everybody_comes_and_each_visit_is_in_a_shop_for_something_it_has() {
        let wanted = live(3);
        let schedule = draw(&wanted);
        assert_eq!(schedule.plans.len(), 4_000);
        assert!(schedule.plans.iter().all(|plan| !plan.visits.is_empty()));
        for visit in visits(&schedule) {
            assert!(visit.keyword < wanted.keywords[visit.shop], "{visit:?}");
            assert!((0.0..=3_600.0).contains(&visit.at), "{visit:?}");
        }
        // 1 / (1 - 0.4) visits each.
        let many = visits(&schedule).count();
        assert!((6_300..7_000).contains(&many), "{many}");
    }

    /// The whole crowd, over shops and comings again, has the curves' mean in every minute.
    #[test]
    fn visits_follow_the_curves_and_peak_after_showings() {
        let schedule = draw(&live(4));
        let all: Vec<_> = visits(&schedule).collect();
        for (shop, stage) in schedule.stages.iter().enumerate() {
            let here: Vec<f64> = all
                .iter()
                .filter(|v| v.shop == shop)
                .map(|v| v.at)
                .collect();
            let many = f64::from(u32::try_from(here.len()).unwrap());
            let came = |from: f64, until: f64| {
                let found = here.iter().filter(|at| **at >= from && **at < until);
                f64::from(u32::try_from(found.count()).unwrap())
            };
            for minute in 0..60 {
                let from = f64::from(minute) * 60.0;
                let expected = many * stage.curve.part(from, from + 60.0);
                let off = (came(from, from + 60.0) - expected).abs();
                assert!(off < 5.0 * expected.sqrt() + 5.0, "{shop} {minute}: {off}");
            }
            // Comings again are to the same shop, as a rule: shops share out less evenly.
            let off = (many - stage.part * f64::from(u32::try_from(all.len()).unwrap())).abs();
            assert!(
                off < 8.0 * many.sqrt(),
                "shop {shop}: {many} is off by {off}"
            );
            let shown = &stage.script.showings;
            let before: f64 = shown.iter().map(|s| came(s.at - 45.0, s.at)).sum();
            let after: f64 = shown.iter().map(|s| came(s.at, s.at + 45.0)).sum();
            assert!(
                after > before * 1.4,
                "shop {shop}: {before} before, {after} after"
            );
        }
    }

    #[test]
    fn a_steady_crowd_begins_in_the_first_two_thirds_of_any_shop() {
        let wanted = Wanted {
            arrivals: Arrivals::Steady,
            length: 30.0,
            ..live(5)
        };
        let schedule = draw(&wanted);
        assert!(
            schedule
                .stages
                .iter()
                .all(|stage| stage.script.showings.is_empty())
        );
        let first = |plan: &super::Plan| plan.visits[0].at;
        assert!(schedule.plans.iter().all(|plan| first(plan) <= 20.0));
        for shop in 0..3 {
            assert!(visits(&schedule).any(|visit| visit.shop == shop));
        }
    }
}

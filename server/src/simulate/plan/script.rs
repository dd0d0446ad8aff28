//! What the vendor will do in a live, drawn before it begins: a pure value.
//!
//! All times are seconds of the live's own time (f64), counted from its start.

use super::{Arrivals, share};
use crate::sandbox::Random;

/// One thing is shown in so many seconds, as a rule.
const EVERY: f64 = 360.0;
/// Fewer things make no live, more are not looked at.
const SHOWINGS: (usize, usize) = (2, 24);

/// A product held up to the camera.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::simulate) struct Showing {
    /// When.
    pub at: f64,
    /// Which of the shop's keywords, by its place in the list.
    pub keyword: usize,
}

/// A break.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::simulate) struct Pause {
    /// Its first moment.
    pub from: f64,
    /// The moment she is back.
    pub until: f64,
}

/// The live of one shop.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::simulate) struct Script {
    /// How long it lasts.
    pub length: f64,
    /// What is shown, earliest first.
    pub showings: Vec<Showing>,
    /// Her one break.
    pub pause: Option<Pause>,
    /// Whether FIN is said at the end.
    pub fin: bool,
}

impl Script {
    /// Draws one for a shop with so many keywords.
    pub(super) fn draw(
        (arrivals, length, fin): (Arrivals, f64, bool),
        keywords: usize,
        random: &mut Random,
    ) -> Self {
        let mut script = Self {
            length,
            showings: Vec::new(),
            pause: None,
            fin,
        };
        match arrivals {
            Arrivals::Steady => {}
            Arrivals::Burst => script.showings.push(Showing {
                at: length * 0.2,
                keyword: other(keywords, None, random),
            }),
            Arrivals::Live => script.improvise(keywords, random),
        }
        script
    }

    fn improvise(&mut self, keywords: usize, random: &mut Random) {
        let from = self.length * (0.45 + 0.15 * share(random));
        let until = from + self.length * (0.03 + 0.02 * share(random));
        self.pause = Some(Pause { from, until });
        let count = count(self.length);
        // The last tenth is for saying goodbye.
        let step = self.length * 0.9 / f64::from(u32::try_from(count).unwrap_or(u32::MAX));
        let (mut slot, mut latest) = (0.0, None);
        for _ in 0..count {
            let mut at = slot + step * (0.3 + 0.5 * share(random));
            if at >= from && at < until {
                // Nobody holds anything up during a break.
                at = until + (at - from) * 0.1;
            }
            let keyword = other(keywords, latest, random);
            self.showings.push(Showing { at, keyword });
            (slot, latest) = (slot + step, Some(keyword));
        }
        self.showings.sort_by(|a, b| a.at.total_cmp(&b.at));
    }

    /// Whether the vendor has anything to do.
    pub(in crate::simulate) fn asks(&self) -> bool {
        self.fin || self.pause.is_some() || !self.showings.is_empty()
    }
}

/// How many things are shown in a live of this length.
fn count(length: f64) -> usize {
    let (least, most) = SHOWINGS;
    let usual = (least..=most).take_while(|n| {
        let n = u32::try_from(*n).unwrap_or(u32::MAX);
        f64::from(n) * EVERY <= length
    });
    usual.last().unwrap_or(least)
}

/// A keyword that is not the latest one, while there is another.
fn other(keywords: usize, latest: Option<usize>, random: &mut Random) -> usize {
    let choices: Vec<usize> = (0..keywords)
        .filter(|n| Some(*n) != latest || keywords == 1)
        .collect();
    random.pick(&choices).copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{Arrivals, Script, count};
    use crate::sandbox::Random;

    fn hour(seed: u64) -> Script {
        Script::draw((Arrivals::Live, 3_600.0, true), 4, &mut Random::new(seed))
    }

    #[test]
    fn an_hour_shows_ten_things_in_order_and_never_the_same_twice_running() {
        for seed in 0..200 {
            let script = hour(seed);
            assert_eq!(script.showings.len(), 10);
            let pause = script.pause.unwrap();
            assert!(pause.from < pause.until && pause.until < script.length * 0.66);
            for pair in script.showings.windows(2) {
                assert!(pair[0].at < pair[1].at, "{script:?}");
            }
            for shown in &script.showings {
                assert!(shown.at > 0.0 && shown.at < script.length * 0.9);
                assert!(shown.at < pause.from || shown.at >= pause.until);
                assert!(shown.keyword < 4);
            }
        }
    }

    #[test]
    fn the_same_seed_writes_the_same_script_and_another_seed_another_one() {
        assert_eq!(hour(1), hour(1));
        assert_ne!(hour(1), hour(2));
    }

    #[test]
    fn longer_lives_show_more_and_there_is_a_most_and_a_least() {
        assert_eq!(count(10.0), 2);
        assert_eq!(count(1_800.0), 5);
        assert_eq!(count(36_000.0), 24);
    }

    #[test]
    fn a_steady_crowd_needs_no_vendor_and_one_keyword_may_be_shown_again() {
        let steady = Script::draw((Arrivals::Steady, 20.0, false), 4, &mut Random::new(1));
        assert!(!steady.asks());
        let burst = Script::draw((Arrivals::Burst, 20.0, false), 4, &mut Random::new(1));
        assert_eq!(burst.showings.len(), 1);
        let one = Script::draw((Arrivals::Live, 60.0, false), 1, &mut Random::new(1));
        assert!(one.showings.iter().all(|shown| shown.keyword == 0));
    }
}

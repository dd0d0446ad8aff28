//! How densely buyers come in one live: an intensity that rises, stays and falls, with a burst
//! after each thing that is shown.
//!
//! Arrivals are a non-homogeneous Poisson process with this intensity, given their number: the
//! moments are then independent draws from the density, each from the base or from one burst.

use super::script::{Pause, Script};
use super::{Arrivals, share};
use crate::sandbox::Random;

/// How many of the people watching still write during a break.
const DURING_PAUSE: f64 = 0.35;
/// Cells in which areas are added up.
const CELLS: u32 = 2_000;

/// A rush for one keyword: exponential decay after its showing.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Burst {
    at: f64,
    keyword: usize,
    /// Its part of all arrivals.
    part: f64,
}

/// The density of one live over `0..length` seconds; its whole area is 1.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::simulate) struct Curve {
    length: f64,
    arrivals: Arrivals,
    pause: Option<Pause>,
    /// Area under the base before it is scaled to its part.
    area: f64,
    /// What is left for the base beside the bursts.
    base: f64,
    /// Seconds in which a burst falls to 1/e.
    decay: f64,
    bursts: Vec<Burst>,
}

impl Curve {
    /// The curve of a script. Things differ in how much they please.
    pub(super) fn draw(arrivals: Arrivals, script: &Script, random: &mut Random) -> Self {
        let (rush, decays) = match arrivals {
            Arrivals::Live => (0.55, 40.0),
            Arrivals::Burst => (0.95, 60.0),
            Arrivals::Steady => (0.0, 1.0),
        };
        let rush = if script.showings.is_empty() {
            0.0
        } else {
            rush
        };
        let mut curve = Self {
            length: script.length,
            arrivals,
            pause: script.pause,
            area: 1.0,
            base: 1.0 - rush,
            decay: script.length / decays,
            bursts: Vec::new(),
        };
        curve.area = area(script.length, |at| curve.audience(at));
        let pleases = |at: f64, random: &mut Random| curve.audience(at) * (0.5 + share(random));
        let parts: Vec<f64> = script
            .showings
            .iter()
            .map(|shown| pleases(shown.at, random))
            .collect();
        let all: f64 = parts.iter().sum();
        let bursts = script
            .showings
            .iter()
            .zip(parts)
            .map(|(shown, part)| Burst {
                at: shown.at,
                keyword: shown.keyword,
                part: rush * part / all,
            });
        curve.bursts = bursts.collect();
        curve
    }

    /// The base's height, 1 at its highest.
    fn audience(&self, at: f64) -> f64 {
        let x = at / self.length;
        let height = match self.arrivals {
            Arrivals::Steady => f64::from(u8::from(x < 2.0 / 3.0)),
            Arrivals::Burst => 1.0,
            Arrivals::Live if x < 0.25 => 0.2 + 0.8 * x / 0.25,
            Arrivals::Live if x < 0.7 => 1.0,
            Arrivals::Live => 1.0 - 0.85 * (x - 0.7) / 0.3,
        };
        match self.pause {
            Some(pause) if at >= pause.from && at < pause.until => height * DURING_PAUSE,
            _ => height,
        }
    }

    /// The density at a moment, per second.
    pub(super) fn density(&self, at: f64) -> f64 {
        let bursts = self.bursts.iter().filter(|burst| burst.at <= at);
        let bursts: f64 = bursts
            .map(|burst| {
                let lasts = 1.0 - (-(self.length - burst.at) / self.decay).exp();
                burst.part * (-(at - burst.at) / self.decay).exp() / (self.decay * lasts)
            })
            .sum();
        self.base * self.audience(at) / self.area + bursts
    }

    /// The part of all arrivals expected in `from..until`.
    pub(in crate::simulate) fn part(&self, from: f64, until: f64) -> f64 {
        let until = until.min(self.length);
        if until <= from {
            return 0.0;
        }
        area(until - from, |x| self.density(from + x))
    }

    /// One arrival: its moment, and the keyword when a burst brought it.
    pub(super) fn arrival(&self, random: &mut Random) -> (f64, Option<usize>) {
        let mut left = share(random);
        for burst in &self.bursts {
            if left < burst.part {
                let ends = 1.0 - (-(self.length - burst.at) / self.decay).exp();
                let after = -self.decay * (1.0 - share(random) * ends).ln();
                return ((burst.at + after).min(self.length), Some(burst.keyword));
            }
            left -= burst.part;
        }
        let mut at = self.length * share(random);
        // Rejection: the base is at least an eighth of its box, so this ends.
        while share(random) >= self.audience(at) {
            at = self.length * share(random);
        }
        (at, None)
    }
}

/// The area under a height over `0..width`, by the middles of cells.
fn area(width: f64, height: impl Fn(f64) -> f64) -> f64 {
    let cell = width / f64::from(CELLS);
    let middles = (0..CELLS).map(|n| (f64::from(n) + 0.5) * cell);
    middles.map(|at| height(at) * cell).sum()
}

#[cfg(test)]
mod tests {
    use super::{Arrivals, Curve, Script};
    use crate::sandbox::Random;

    fn curve(arrivals: Arrivals) -> (Script, Curve) {
        let mut random = Random::new(5);
        let script = Script::draw((arrivals, 3_600.0, false), 4, &mut random);
        let curve = Curve::draw(arrivals, &script, &mut random);
        (script, curve)
    }

    #[test]
    fn the_whole_of_every_curve_is_one() {
        for arrivals in [Arrivals::Live, Arrivals::Steady, Arrivals::Burst] {
            let (_, curve) = curve(arrivals);
            let minutes = (0..60).map(|n| curve.part(f64::from(n) * 60.0, f64::from(n + 1) * 60.0));
            let whole: f64 = minutes.sum();
            assert!((whole - 1.0).abs() < 0.005, "{arrivals:?}: {whole}");
        }
    }

    /// In each minute as many as the curve says, within what chance allows (5 sigma).
    #[test]
    fn arrivals_follow_the_curve_minute_by_minute() {
        const MANY: u32 = 60_000;
        for arrivals in [Arrivals::Live, Arrivals::Steady, Arrivals::Burst] {
            let (_, curve) = curve(arrivals);
            let mut random = Random::new(9);
            let drawn: Vec<f64> = (0..MANY).map(|_| curve.arrival(&mut random).0).collect();
            for minute in 0..60 {
                let (from, until) = (f64::from(minute) * 60.0, f64::from(minute + 1) * 60.0);
                let came = drawn.iter().filter(|at| **at >= from && **at < until);
                let came = f64::from(u32::try_from(came.count()).unwrap());
                let expected = f64::from(MANY) * curve.part(from, until);
                let off = (came - expected).abs();
                assert!(
                    off <= 5.0 * expected.sqrt() + 8.0,
                    "{arrivals:?} {minute}: {off}"
                );
            }
        }
    }

    #[test]
    fn a_showing_is_followed_by_a_peak_that_decays_and_wants_what_was_shown() {
        let (script, curve) = curve(Arrivals::Live);
        for shown in &script.showings {
            let before = curve.part(shown.at - 30.0, shown.at);
            let after = curve.part(shown.at, shown.at + 30.0);
            let later = curve.part(shown.at + 30.0, shown.at + 60.0);
            assert!(after > before * 1.3, "{shown:?}: {before} then {after}");
            assert!(after > later, "{shown:?}: {after} then {later}");
        }
        let first = script.showings[0];
        let mut random = Random::new(2);
        let early = (0..20_000)
            .map(|_| curve.arrival(&mut random))
            .filter(|(at, wants)| wants.is_some() && *at < script.showings[1].at);
        assert!(
            early
                .into_iter()
                .all(|(at, wants)| { at >= first.at && wants == Some(first.keyword) })
        );
    }

    #[test]
    fn fewer_come_during_the_break_and_at_the_ends() {
        let (script, curve) = curve(Arrivals::Live);
        let pause = script.pause.unwrap();
        assert!(curve.audience(pause.from + 1.0) < curve.audience(pause.from - 1.0) / 2.0);
        assert!(curve.audience(0.0) < 0.3 && curve.audience(3_599.0) < 0.3);
    }
}

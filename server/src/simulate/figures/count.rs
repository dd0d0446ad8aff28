//! Counting a diary.

use super::{Answers, Bin, Figures, Mark, Moment, ShopFigures, Sums};
use crate::simulate::diary::{Note, What};
use crate::simulate::plan::Schedule;
use crate::simulate::{Arrivals, Shop};

/// Widths of a bin in a live under ten minutes, and how many bins are enough.
const STEPS: [u32; 6] = [1, 2, 5, 10, 15, 30];
const ENOUGH: f64 = 60.0;
/// No play leaves more bins than this, however late its last payment.
const BINS_MAX: usize = 2_000;

/// What was played.
#[derive(Debug, Clone, Copy)]
pub(in crate::simulate) struct Play<'a> {
    /// The seed.
    pub seed: u64,
    /// In which way buyers came.
    pub arrivals: Arrivals,
    /// Real seconds.
    pub seconds: u64,
    /// Seconds of the live's own time.
    pub length: f64,
    /// Where.
    pub shops: &'a [Shop],
    /// What was planned.
    pub schedule: &'a Schedule,
}

/// The figures of a play with this diary.
pub(in crate::simulate) fn count(play: Play<'_>, diary: &[Note]) -> Figures {
    let step = step(play.length);
    let last = diary.iter().map(|note| note.at).fold(play.length, f64::max);
    let bins = edges(last, step);
    let visits: usize = play
        .schedule
        .plans
        .iter()
        .map(|plan| plan.visits.len())
        .sum();
    let visits = f64::from(u32::try_from(visits).unwrap_or(u32::MAX));
    let of_shop = |(n, shop): (usize, &Shop)| {
        let notes: Vec<&Note> = diary.iter().filter(|note| note.shop == n).collect();
        let mut figures = of(&notes, &bins, step);
        figures.name = shop.name.clone().unwrap_or_else(|| format!("{}", n + 1));
        figures.number.clone_from(&shop.phone_number_id);
        figures.marks = notes.iter().filter_map(|note| mark(note)).collect();
        if let Some(stage) = play.schedule.stages.get(n) {
            expect(&mut figures, step, |from, until| {
                visits * stage.part * stage.curve.part(from, until)
            });
        }
        figures
    };
    let shops: Vec<ShopFigures> = play.shops.iter().enumerate().map(of_shop).collect();
    let mut whole = of(&diary.iter().collect::<Vec<_>>(), &bins, step);
    for (n, bin) in whole.minutes.iter_mut().enumerate() {
        let all = shops.iter().filter_map(|shop| shop.minutes.get(n));
        bin.sums.expected = tenth(all.map(|bin| bin.sums.expected).sum());
    }
    whole.sums.expected = tenth(shops.iter().map(|shop| shop.sums.expected).sum());
    if let [only] = shops.as_slice() {
        whole = only.clone();
    }
    Figures {
        seed: play.seed,
        arrivals: play.arrivals,
        buyers: play.schedule.plans.len(),
        seconds: play.seconds,
        length_s: play.length,
        step_s: step,
        whole,
        shops,
    }
}

/// A minute; in a live of less than ten, the narrowest step that gives no more bins than enough.
fn step(length: f64) -> u32 {
    if length >= 600.0 {
        return 60;
    }
    let fits = |step: &&u32| length / f64::from(**step) <= ENOUGH;
    STEPS.iter().find(fits).copied().unwrap_or(30)
}

/// First seconds of bins until `last` lies in one of them.
fn edges(last: f64, step: u32) -> Vec<u32> {
    let from = (0..).map(|n: u32| n.saturating_mul(step));
    from.take_while(|from| f64::from(*from) < last.max(1.0))
        .take(BINS_MAX)
        .collect()
}

fn of(notes: &[&Note], bins: &[u32], step: u32) -> ShopFigures {
    let minutes = bins.iter().map(|from| {
        let (first, end) = (f64::from(*from), f64::from(from.saturating_add(step)));
        let sums = sums(notes, |at| at >= first && at < end);
        let from_s = *from;
        Bin { from_s, sums }
    });
    ShopFigures {
        sums: sums(notes, |_| true),
        minutes: minutes.collect(),
        ..ShopFigures::default()
    }
}

/// Counts the notes whose moment is within.
fn sums(notes: &[&Note], within: impl Fn(f64) -> bool) -> Sums {
    let mut sums = Sums::default();
    let (mut answers, mut paid) = (Vec::new(), 0_u32);
    for note in notes {
        // Whenever she paid, the arrival is what was converted.
        if let What::Paid { came, .. } = note.what
            && within(came)
        {
            paid += 1;
        }
        if !within(note.at) {
            continue;
        }
        match &note.what {
            What::Came => sums.arrivals += 1,
            What::Answered(after) => answers.push(after.as_millis()),
            What::Ordered => sums.orders += 1,
            What::Paid { francs, .. } => {
                sums.payments += 1;
                sums.francs += francs;
            }
            What::Wrote | What::Read => sums.messages += 1,
            What::Shown(_) | What::Paused | What::Resumed | What::Finished => {}
        }
    }
    answers.sort_unstable();
    let ms = |percent| percentile(&answers, percent).and_then(|ms| u64::try_from(ms).ok());
    if let (Some(p50), Some(p99)) = (ms(50), ms(99)) {
        sums.first_answer_ms = Some(Answers { p50, p99 });
    }
    sums.conversion = part(paid, sums.arrivals);
    sums.messages_per_sale = part(sums.messages, sums.payments);
    sums
}

fn mark(note: &Note) -> Option<Mark> {
    let what = match &note.what {
        What::Shown(keyword) => Moment::Shown {
            keyword: keyword.clone(),
        },
        What::Paused => Moment::Paused,
        What::Resumed => Moment::Resumed,
        What::Finished => Moment::Fin,
        _ => return None,
    };
    let at_s = tenth(note.at);
    Some(Mark { at_s, what })
}

fn expect(figures: &mut ShopFigures, step: u32, expected: impl Fn(f64, f64) -> f64) {
    for bin in &mut figures.minutes {
        let until = f64::from(bin.from_s.saturating_add(step));
        bin.sums.expected = tenth(expected(f64::from(bin.from_s), until));
    }
    let all = figures.minutes.iter().map(|bin| bin.sums.expected);
    figures.sums.expected = tenth(all.sum());
}

/// To three digits; nothing of nothing.
fn part(of: u32, all: u32) -> Option<f64> {
    (all > 0).then(|| (f64::from(of) / f64::from(all) * 1_000.0).round() / 1_000.0)
}

fn tenth(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

/// The value below which so many per cent of the sorted ones lie.
pub(in crate::simulate) fn percentile<T: Copy>(sorted: &[T], percent: usize) -> Option<T> {
    let index = sorted.len().saturating_mul(percent) / 100;
    sorted.get(index.min(sorted.len().checked_sub(1)?)).copied()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::super::{Answers, Moment};
    use super::{Play, count, edges, percentile, step};
    use crate::simulate::diary::{Note, What};
    use crate::simulate::plan::{Arrivals, Wanted, draw};
    use crate::simulate::shops::Shop;

    fn shop(name: &str) -> Shop {
        let json = serde_json::json!({"shop": name, "name": name, "phone_number_id": name,
                                      "keywords": ["ROBE1", "SAC2"]});
        serde_json::from_value(json).unwrap()
    }

    fn note(at: f64, shop: usize, what: What) -> Note {
        Note { at, shop, what }
    }

    fn paid((at, shop): (f64, usize), francs: i64, came: f64) -> Note {
        note(at, shop, What::Paid { francs, came })
    }

    /// One sale in each of two shops, the second paid after the end.
    fn two_sales() -> Vec<Note> {
        vec![
            note(10.0, 0, What::Shown("ROBE1".to_owned())),
            note(20.0, 0, What::Came),
            note(20.0, 0, What::Wrote),
            note(20.0, 0, What::Answered(Duration::from_millis(150))),
            note(25.0, 0, What::Read),
            note(25.0, 0, What::Ordered),
            note(30.0, 1, What::Came),
            paid((130.0, 0), 15_000, 20.0),
            note(1_200.0, 0, What::Finished),
            paid((1_290.0, 1), 4_000, 30.0),
        ]
    }

    #[test]
    fn each_shop_and_each_minute_has_its_own_counts() {
        let wanted = Wanted {
            buyers: 50,
            arrivals: Arrivals::Live,
            length: 1_200.0,
            fin: true,
            keywords: vec![2, 2],
            seed: 1,
        };
        let (shops, schedule) = ([shop("Awa"), shop("Binta")], draw(&wanted));
        let play = Play {
            seed: 1,
            arrivals: Arrivals::Live,
            seconds: 20,
            length: 1_200.0,
            shops: &shops,
            schedule: &schedule,
        };
        let diary = two_sales();
        let figures = count(play, &diary);
        // Two minutes past the end somebody still paid.
        assert_eq!((figures.step_s, figures.whole.minutes.len()), (60, 22));
        let awa = &figures.shops[0];
        assert_eq!(
            (awa.sums.arrivals, awa.sums.orders, awa.sums.payments),
            (1, 1, 1)
        );
        assert_eq!(
            (awa.sums.conversion, awa.sums.messages_per_sale),
            (Some(1.0), Some(2.0))
        );
        assert_eq!(
            awa.minutes[0].sums.conversion,
            Some(1.0),
            "she who came then has paid"
        );
        assert_eq!(awa.minutes[2].sums.conversion, None);
        assert_eq!(
            (awa.minutes[2].sums.payments, awa.minutes[2].sums.francs),
            (1, 15_000)
        );
        let answers = Answers { p50: 150, p99: 150 };
        assert_eq!(awa.minutes[0].sums.first_answer_ms, Some(answers));
        assert_eq!(awa.marks.len(), 2);
        assert_eq!(awa.marks[1].what, Moment::Fin);
        assert!(figures.shops[1].marks.is_empty() && figures.whole.marks.is_empty());
        assert_eq!(
            (figures.whole.sums.arrivals, figures.whole.sums.francs),
            (2, 19_000)
        );
        let planned: usize = schedule.plans.iter().map(|plan| plan.visits.len()).sum();
        let planned = f64::from(u32::try_from(planned).unwrap());
        assert!((figures.whole.sums.expected - planned).abs() < 2.0);
        let json = serde_json::to_value(&figures).unwrap();
        assert_eq!(json["shops"][0]["marks"][0]["keyword"], "ROBE1");
        assert_eq!(json["shops"][0]["minutes"][2]["francs"], 15_000);
    }

    #[test]
    fn bins_are_minutes_or_less_and_cover_the_last_note() {
        assert_eq!(
            (step(3_600.0), step(600.0), step(300.0), step(20.0)),
            (60, 60, 5, 1)
        );
        assert_eq!(edges(121.0, 60), [0, 60, 120]);
        assert_eq!(edges(120.0, 60), [0, 60]);
    }

    #[test]
    fn percentiles_of_nothing_are_nothing() {
        assert_eq!(percentile::<u8>(&[], 50), None);
        assert_eq!(percentile(&[1, 2, 3, 4], 50), Some(3));
        assert_eq!(percentile(&[1, 2, 3, 4], 99), Some(4));
    }
}

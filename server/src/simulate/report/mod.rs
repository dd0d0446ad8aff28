//! The report of a play: a short table and a small plot for the terminal, and with
//! `--report DIR` the files `report.json`, `report.html` and `plot.svg`.

mod page;
mod plot;
mod svg;
mod table;
mod terminal;

use std::path::{Path, PathBuf};

use serde::Serialize;

use super::{Figures, Journal, Report};
use crate::check::{Finding, Verdict};

pub use plot::plot;
pub use table::table;
pub use terminal::sparks;

/// Everything that is written.
#[derive(Debug, Clone, Copy, Serialize)]
struct Whole<'a> {
    /// Per shop and per minute.
    #[serde(flatten)]
    figures: &'a Figures,
    /// Sums over everything.
    totals: &'a Report,
    /// What was checked afterwards.
    check: &'a [Finding],
    /// Whether all of it was as it should be.
    passed: bool,
}

/// Writes the three files into a folder, which is made if need be; the answer is their paths.
pub fn write(folder: &Path, journal: &Journal, verdict: &Verdict) -> Result<Vec<PathBuf>, String> {
    let text = |error: &dyn std::fmt::Display| format!("{}: {error}", folder.display());
    let whole = Whole {
        figures: &journal.figures,
        totals: &journal.report,
        check: &verdict.findings,
        passed: verdict.is_good(),
    };
    let json = serde_json::to_string_pretty(&whole).map_err(|error| text(&error))?;
    let plot = plot(&journal.figures);
    let page = page::page(&journal.figures, &plot, verdict);
    std::fs::create_dir_all(folder).map_err(|error| text(&error))?;
    let mut written = Vec::new();
    for (name, content) in [
        ("report.json", json),
        ("report.html", page),
        ("plot.svg", plot),
    ] {
        let path = folder.join(name);
        std::fs::write(&path, content).map_err(|error| text(&error))?;
        written.push(path);
    }
    Ok(written)
}

/// `15 000`, with narrow no-break spaces.
fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let sign = if number < 0 { "-" } else { "" };
    let group = |(n, digit): (usize, char)| {
        let gap = n > 0 && (digits.len() - n).is_multiple_of(3);
        let gap = gap.then_some('\u{202f}');
        gap.into_iter().chain([digit])
    };
    let grouped: String = digits.chars().enumerate().flat_map(group).collect();
    format!("{sign}{grouped}")
}

/// `41 %`, or a dash where there was nothing.
fn per_cent(part: Option<f64>) -> String {
    part.map_or_else(|| "–".to_owned(), |part| format!("{:.0} %", part * 100.0))
}

/// `120 / 450 ms`, or a dash.
fn answers(sums: &super::Sums) -> String {
    let text = |a: super::Answers| format!("{} / {} ms", a.p50, a.p99);
    sums.first_answer_ms.map_or_else(|| "–".to_owned(), text)
}

/// `6.2`, or a dash.
fn ratio(value: Option<f64>) -> String {
    value.map_or_else(|| "–".to_owned(), |value| format!("{value:.1}"))
}

#[cfg(test)]
mod tests {
    use super::super::{Answers, Arrivals, Bin, Figures, Mark, Moment, ShopFigures, Sums};
    use super::{grouped, per_cent, ratio};

    /// A small live of twelve minutes, the same at every run.
    pub(super) fn twelve_minutes() -> Figures {
        let bin = |(n, arrivals): (u32, u32)| {
            let (orders, payments) = (arrivals * 3 / 4, arrivals / 2);
            let sums = Sums {
                expected: f64::from(arrivals) + 0.5,
                arrivals,
                orders,
                payments,
                francs: i64::from(payments) * 15_000,
                messages: arrivals * 4,
                conversion: (arrivals > 0).then_some(0.5),
                messages_per_sale: (payments > 0).then_some(8.0),
                first_answer_ms: Some(Answers { p50: 90, p99: 310 }),
            };
            let from_s = n * 60;
            Bin { from_s, sums }
        };
        let come = [2, 6, 18, 11, 8, 3, 2, 14, 9, 5, 3, 0];
        let minutes: Vec<Bin> = (0..).zip(come).map(bin).collect();
        let sum = |of: fn(&Sums) -> u32| minutes.iter().map(|bin| of(&bin.sums)).sum();
        let sums = Sums {
            expected: 87.0,
            arrivals: sum(|s| s.arrivals),
            orders: sum(|s| s.orders),
            payments: sum(|s| s.payments),
            francs: 570_000,
            messages: sum(|s| s.messages),
            conversion: Some(0.469),
            messages_per_sale: Some(8.5),
            first_answer_ms: Some(Answers { p50: 90, p99: 310 }),
        };
        let shown = |keyword: &str| Moment::Shown {
            keyword: keyword.to_owned(),
        };
        let marks = [
            (110.0, shown("ROBE1")),
            (320.0, Moment::Paused),
            (400.0, Moment::Resumed),
            (415.0, shown("SAC<2>")),
            (425.0, shown("FOULARD")),
            (660.0, Moment::Fin),
        ];
        let shop = ShopFigures {
            name: "Chez Awa & filles".to_owned(),
            number: "1001".to_owned(),
            sums,
            marks: marks.map(|(at_s, what)| Mark { at_s, what }).to_vec(),
            minutes,
        };
        Figures {
            seed: 7,
            arrivals: Arrivals::Live,
            buyers: 60,
            seconds: 12,
            length_s: 660.0,
            step_s: 60,
            whole: shop.clone(),
            shops: vec![shop],
        }
    }

    #[test]
    fn numbers_are_written_for_people() {
        assert_eq!(grouped(1_234_567), "1\u{202f}234\u{202f}567");
        assert_eq!(
            (grouped(-500), grouped(0)),
            ("-500".to_owned(), "0".to_owned())
        );
        assert_eq!(
            (per_cent(Some(0.469)), per_cent(None)),
            ("47 %".to_owned(), "–".to_owned())
        );
        assert_eq!(ratio(Some(8.04)), "8.0");
    }
}

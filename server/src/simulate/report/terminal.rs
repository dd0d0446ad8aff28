//! The small plot of the terminal: three lines of blocks on one scale, and what was shown.

use super::plot::time;
use crate::simulate::{Bin, Figures, Moment, Sums};

/// Blocks from nothing to full.
const BLOCKS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
/// As many columns as fit beside the names.
const COLUMNS: usize = 60;

/// What of the sums is drawn.
type Count = fn(&Sums) -> u32;

/// The live of the busiest shop, as text of a few lines.
pub fn sparks(figures: &Figures) -> String {
    let shop = figures.busiest();
    let wide = shop.minutes.len().div_ceil(COLUMNS).max(1);
    let series: [(&str, Count); 3] = [
        ("arrivées · arrivals ", |s| s.arrivals),
        ("commandes · orders  ", |s| s.orders),
        ("paiements · payments", |s| s.payments),
    ];
    let sums = |of: Count| -> Vec<u32> {
        let chunks = shop.minutes.chunks(wide);
        chunks
            .map(|bins: &[Bin]| bins.iter().map(|bin| of(&bin.sums)).sum())
            .collect()
    };
    let most = series
        .iter()
        .flat_map(|(_, of)| sums(*of))
        .max()
        .unwrap_or(0);
    let seconds = figures
        .step_s
        .saturating_mul(u32::try_from(wide).unwrap_or(1));
    let mut lines = vec![format!("{} · █ = {most} / {}", shop.name, time(seconds))];
    for (name, of) in series {
        let bars: String = sums(of)
            .into_iter()
            .map(|count| block(count, most))
            .collect();
        lines.push(format!("{name}  {bars}"));
    }
    let marks = marks(figures, seconds, shop.minutes.len().div_ceil(wide));
    if !marks.is_empty() {
        lines.push(format!("montré · shown        {marks}"));
        lines.push(format!("  {}", legend(figures)));
    }
    lines.join("\n")
}

fn block(count: u32, most: u32) -> char {
    let steps = count.saturating_mul(8).div_ceil(most.max(1));
    let block = BLOCKS.get(usize::try_from(steps).unwrap_or(8));
    block.copied().unwrap_or('█')
}

/// A letter under each column in which something was shown, `‖` at a break, `F` at FIN.
fn marks(figures: &Figures, seconds: u32, columns: usize) -> String {
    let mut line = vec![' '; columns];
    let mut letters = 'a'..='z';
    for mark in &figures.busiest().marks {
        let sign = match mark.what {
            Moment::Shown { .. } => letters.next().unwrap_or('+'),
            Moment::Paused => '‖',
            Moment::Resumed => continue,
            Moment::Fin => 'F',
        };
        let step = f64::from(seconds.max(1));
        let column = (0_u32..)
            .zip(line.iter_mut())
            .find(|(n, _)| mark.at_s < f64::from(n.saturating_add(1)) * step);
        if let Some((_, place)) = column {
            *place = sign;
        }
    }
    line.into_iter().collect::<String>().trim_end().to_owned()
}

fn legend(figures: &Figures) -> String {
    let shown = figures
        .busiest()
        .marks
        .iter()
        .filter_map(|mark| match &mark.what {
            Moment::Shown { keyword } => Some(keyword.as_str()),
            _ => None,
        });
    let named = ('a'..='z')
        .zip(shown)
        .map(|(letter, keyword)| format!("{letter} {keyword}"));
    named.collect::<Vec<_>>().join(" · ")
}

#[cfg(test)]
mod tests {
    use super::super::tests::twelve_minutes;
    use super::{block, sparks};

    #[test]
    fn a_live_is_four_lines_of_blocks_and_letters() {
        insta::assert_snapshot!("sparks_of_twelve_minutes", sparks(&twelve_minutes()));
    }

    #[test]
    fn something_is_never_drawn_as_nothing_and_a_long_live_fits() {
        assert_eq!(
            (block(0, 100), block(1, 100), block(100, 100)),
            (' ', '▁', '█')
        );
        let mut figures = twelve_minutes();
        let minutes = figures.whole.minutes.clone();
        figures.whole.minutes = minutes.into_iter().cycle().take(500).collect();
        assert!(
            sparks(&figures)
                .lines()
                .all(|line| line.chars().count() <= 90)
        );
    }
}

//! The plot: what came, what was held and what was paid, minute by minute, with what was shown.
//! One panel for all shops together when there are several, then one for each of the busiest.

use super::svg::{Anchor, Drawing};
use crate::simulate::{Bin, Figures, Moment, ShopFigures};

const STYLE: &str = include_str!("plot.css");
const WIDTH: f64 = 960.0;
const LEFT: f64 = 44.0;
const RIGHT: f64 = 944.0;
/// Legend at the head of the page.
const HEAD: f64 = 34.0;
/// From one panel's head to the next one's.
const PANEL: f64 = 262.0;
/// From a panel's head to its lanes of labels, to the top of its bars, and their height.
const LANES_AT: f64 = 34.0;
const TOP: f64 = 64.0;
const HEIGHT: f64 = 150.0;
/// Lines for the labels of what was shown, so that neighbours do not overlap.
const LANES: usize = 3;
const LANE: f64 = 12.0;
/// Width of a letter of a label, roughly.
const LETTER: f64 = 7.2;
/// More shops are in the tables only.
const PANELS_MAX: usize = 8;

/// The plot as an SVG document of its own.
pub fn plot(figures: &Figures) -> String {
    let mut shops: Vec<&ShopFigures> = figures.shops.iter().collect();
    shops.sort_by_key(|shop| std::cmp::Reverse(shop.sums.arrivals));
    shops.truncate(PANELS_MAX);
    let mut drawing = Drawing::default();
    let mut panels = Vec::new();
    if figures.shops.len() > 1 {
        let title = format!("{} boutiques · shops", figures.shops.len());
        panels.push((title, &figures.whole));
    }
    panels.extend(shops.into_iter().map(|shop| (shop.name.clone(), shop)));
    let many = u32::try_from(panels.len()).unwrap_or(u32::MAX);
    let height = HEAD + PANEL * f64::from(many);
    drawing.rect("paper", (0.0, 0.0, WIDTH, height), "");
    legend(&mut drawing);
    let mut head = HEAD;
    for (title, shop) in panels {
        let mut panel = Panel::new(&mut drawing, figures, shop, head);
        panel.draw(&title);
        head += PANEL;
    }
    let title = "Arrivées, commandes, paiements · Arrivals, orders, payments";
    drawing.done((WIDTH, height), title, STYLE)
}

fn legend(drawing: &mut Drawing) {
    let y = 22.0;
    drawing.rect("came", (LEFT, y - 9.0, 12.0, 10.0), "");
    drawing.text(
        "soft",
        Anchor::Start,
        (LEFT + 17.0, y),
        "arrivées · arrivals",
    );
    drawing.line("planned", (LEFT + 135.0, y - 4.0), (LEFT + 157.0, y - 4.0));
    drawing.text(
        "soft",
        Anchor::Start,
        (LEFT + 162.0, y),
        "attendues · expected",
    );
    drawing.line("held", (LEFT + 290.0, y - 4.0), (LEFT + 312.0, y - 4.0));
    drawing.text(
        "soft",
        Anchor::Start,
        (LEFT + 317.0, y),
        "commandes · orders",
    );
    drawing.line("paid", (LEFT + 440.0, y - 4.0), (LEFT + 462.0, y - 4.0));
    drawing.dot("paid-dot", (LEFT + 451.0, y - 4.0));
    drawing.text(
        "soft",
        Anchor::Start,
        (LEFT + 467.0, y),
        "paiements · payments",
    );
}

struct Panel<'a> {
    drawing: &'a mut Drawing,
    shop: &'a ShopFigures,
    /// Its upper edge.
    head: f64,
    step: f64,
    /// Seconds from its left to its right.
    seconds: f64,
    /// What its upper grid line stands for.
    most: f64,
}

impl<'a> Panel<'a> {
    fn new(drawing: &'a mut Drawing, figures: &Figures, shop: &'a ShopFigures, head: f64) -> Self {
        let step = f64::from(figures.step_s);
        let bins = u32::try_from(shop.minutes.len()).unwrap_or(u32::MAX);
        let highest = |bin: &Bin| {
            let s = &bin.sums;
            let counted = s.arrivals.max(s.orders).max(s.payments);
            f64::from(counted).max(s.expected)
        };
        let highest = shop.minutes.iter().map(highest).fold(0.0, f64::max);
        Self {
            drawing,
            shop,
            head,
            step,
            seconds: (f64::from(bins) * step).max(step),
            most: round_up(highest),
        }
    }

    fn x(&self, second: f64) -> f64 {
        LEFT + (RIGHT - LEFT) * (second / self.seconds).clamp(0.0, 1.0)
    }

    fn y(&self, count: f64) -> f64 {
        self.head + TOP + HEIGHT * (1.0 - count / self.most)
    }

    fn draw(&mut self, title: &str) {
        let sums = &self.shop.sums;
        self.drawing
            .text("title", Anchor::Start, (LEFT, self.head + 16.0), title);
        let told = format!(
            "{} arrivées · {} commandes · {} paiements",
            sums.arrivals, sums.orders, sums.payments
        );
        self.drawing
            .text("soft", Anchor::End, (RIGHT, self.head + 16.0), &told);
        self.pauses();
        self.grid();
        self.bars();
        self.line("planned", |bin| bin.sums.expected);
        self.line("held", |bin| f64::from(bin.sums.orders));
        let points = self.line("paid", |bin| f64::from(bin.sums.payments));
        for (point, bin) in points.into_iter().zip(&self.shop.minutes) {
            if bin.sums.payments > 0 {
                self.drawing.dot("paid-dot", point);
            }
        }
        self.marks();
    }

    /// The breaks, behind everything.
    fn pauses(&mut self) {
        let mut from = None;
        for mark in &self.shop.marks {
            match mark.what {
                Moment::Paused => from = Some(mark.at_s),
                Moment::Resumed => {
                    let Some(from) = from.take() else { continue };
                    let (left, right) = (self.x(from), self.x(mark.at_s));
                    let area = (left, self.head + TOP, right - left, HEIGHT);
                    self.drawing.rect("pause", area, "pause");
                }
                Moment::Shown { .. } | Moment::Fin => {}
            }
        }
    }

    fn grid(&mut self) {
        for part in [0.0, 0.5, 1.0] {
            let (count, y) = (self.most * part, self.y(self.most * part));
            self.drawing.line("rule", (LEFT, y), (RIGHT, y));
            self.drawing.text(
                "soft",
                Anchor::End,
                (LEFT - 6.0, y + 4.0),
                &format!("{count}"),
            );
        }
        let (unit, name) = if self.step < 60.0 {
            (1.0, "s")
        } else {
            (60.0, "min")
        };
        let every = ticks(self.seconds / unit);
        let under = self.head + TOP + HEIGHT + 16.0;
        let mut tick = 0.0;
        while tick * unit <= self.seconds {
            // The first one names the unit; the last ones have little room.
            let words = if tick > 0.0 {
                format!("{tick:.0}")
            } else {
                format!("0 {name}")
            };
            self.drawing
                .text("soft", Anchor::Middle, (self.x(tick * unit), under), &words);
            tick += every;
        }
    }

    fn bars(&mut self) {
        let wide = (self.x(self.step) - LEFT - 1.0).max(0.5);
        let floor = self.y(0.0);
        for bin in &self.shop.minutes {
            let s = &bin.sums;
            let y = self.y(f64::from(s.arrivals));
            let told = format!(
                "{} : {} arrivées, {} commandes, {} paiements",
                time(bin.from_s),
                s.arrivals,
                s.orders,
                s.payments
            );
            let x = self.x(f64::from(bin.from_s)) + 0.5;
            self.drawing.rect("came", (x, y, wide, floor - y), &told);
        }
    }

    /// A line through the middles of the minutes; the answer is its points.
    fn line(&mut self, class: &str, count: impl Fn(&Bin) -> f64) -> Vec<(f64, f64)> {
        let middle = |bin: &Bin| self.x(f64::from(bin.from_s) + self.step / 2.0);
        let point = |bin: &Bin| (middle(bin), self.y(count(bin)));
        let points: Vec<(f64, f64)> = self.shop.minutes.iter().map(point).collect();
        self.drawing.through(class, &points);
        points
    }

    /// What was shown, each label in the first lane with room for it, and FIN.
    fn marks(&mut self) {
        let mut ends = [f64::MIN; LANES];
        for mark in &self.shop.marks {
            let x = self.x(mark.at_s);
            let (class, words) = match &mark.what {
                Moment::Shown { keyword } => ("mark", keyword.as_str()),
                Moment::Fin => ("fin", "FIN"),
                Moment::Paused | Moment::Resumed => continue,
            };
            let letters = u32::try_from(words.chars().count()).unwrap_or(u32::MAX);
            let half = f64::from(letters) * LETTER / 2.0;
            let room = ends.iter().position(|end| *end < x - half);
            let lane = room.unwrap_or(LANES - 1);
            let down = f64::from(u32::try_from(lane).unwrap_or(0)) * LANE;
            let y = self.head + LANES_AT + down;
            self.drawing
                .line(class, (x, y + 2.0), (x, self.head + TOP + HEIGHT));
            // Without room the line alone has to do.
            if room.is_some() {
                self.drawing.text("shown", Anchor::Middle, (x, y), words);
                if let Some(end) = ends.get_mut(lane) {
                    *end = x + half;
                }
            }
        }
    }
}

/// `4:30`.
pub(super) fn time(seconds: u32) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// A round number not under this one, whose half is whole.
fn round_up(highest: f64) -> f64 {
    let mut ten = 1.0;
    loop {
        for step in [2.0, 4.0, 6.0, 8.0, 10.0] {
            if step * ten >= highest {
                return step * ten;
            }
        }
        ten *= 10.0;
    }
}

/// A distance of labels that leaves room for them.
fn ticks(whole: f64) -> f64 {
    let wide = |every: &f64| whole / every <= 12.0;
    let found = [1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0]
        .into_iter()
        .find(wide);
    found.unwrap_or(120.0)
}

#[cfg(test)]
mod tests {
    use super::super::tests::twelve_minutes;
    use super::{plot, round_up, ticks, time};

    #[test]
    fn a_fixed_live_is_drawn_as_it_was() {
        insta::assert_snapshot!("plot_of_twelve_minutes", plot(&twelve_minutes()));
    }

    #[test]
    fn several_shops_have_a_panel_each_and_one_together() {
        let mut figures = twelve_minutes();
        figures.shops.push(figures.shops[0].clone());
        let svg = plot(&figures);
        assert_eq!(svg.matches("class=\"title\"").count(), 3);
        assert!(svg.contains("2 boutiques · shops"));
        for shop in 0..20 {
            figures.shops.push(figures.shops[shop % 2].clone());
        }
        assert_eq!(plot(&figures).matches("class=\"title\"").count(), 9);
    }

    #[test]
    fn a_live_in_which_nothing_happened_is_drawn_too() {
        let svg = plot(&super::Figures::default());
        assert!(svg.contains("</svg>") && !svg.contains("NaN") && !svg.contains("inf"));
    }

    #[test]
    fn scales_are_round() {
        assert_eq!(
            (round_up(0.0), round_up(7.0), round_up(41.0)),
            (2.0, 8.0, 60.0)
        );
        assert_eq!(
            (ticks(60.0), ticks(12.0), ticks(10_000.0)),
            (5.0, 1.0, 120.0)
        );
        assert_eq!(time(605), "10:05");
    }
}

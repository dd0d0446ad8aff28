//! Pieces of the vendor's notices: who paid, what runs low, how much of something.

use domain::message::{LineShown, PaidShown, ProductShown};
use fluent_bundle::FluentArgs;

use super::bundle::say;
use super::context::Context;
use super::pieces::{LINES_SHOWN, item, short};

/// Words of an order in a notice of several.
const WORDS_SHOWN: usize = 2;
/// Of a name and of those words, where five stand below each other.
const NAME_MOST: usize = 20;
const WORDS_MOST: usize = 28;
/// Products that ran low, beside a payment.
const LOW_SHOWN: usize = 3;

impl Context<'_> {
    /// Who paid what, one below the other; `count` in all.
    pub(super) fn payments(&self, orders: &[PaidShown], count: u32) -> String {
        let shown = orders.iter().take(LINES_SHOWN);
        let mut written: Vec<String> = shown.map(|paid| self.payment(paid)).collect();
        let shown = u32::try_from(written.len()).unwrap_or(u32::MAX);
        if let Some(more) = count.checked_sub(shown).filter(|more| *more > 0) {
            let mut holes = FluentArgs::new();
            holes.set("count", more);
            written.extend(say(self.language, "more-paid", self.style(), &holes));
        }
        written.join("\n")
    }

    fn payment(&self, paid: &PaidShown) -> String {
        let mut holes = FluentArgs::new();
        holes.set("about", short(&self.about(paid.about), NAME_MOST));
        holes.set("order", paid.order.to_string());
        holes.set("total", self.money(paid.total));
        holes.set("items", words(&paid.lines));
        say(self.language, "paid-line", self.style(), &holes).unwrap_or_default()
    }

    /// Products that ran low, in one line, or `none`.
    pub(super) fn low(&self, products: &[ProductShown]) -> String {
        let shown = products.iter().take(LOW_SHOWN);
        let mut written: Vec<String> = shown.map(|product| self.low_item(product)).collect();
        if products.len() > LOW_SHOWN {
            written.push("…".to_owned());
        }
        if written.is_empty() {
            "none".to_owned()
        } else {
            written.join(", ")
        }
    }

    fn low_item(&self, product: &ProductShown) -> String {
        let mut holes = FluentArgs::new();
        holes.set("keyword", product.keyword.to_string());
        holes.set("left", product.left);
        say(self.language, "low-item", None, &holes).unwrap_or_default()
    }

    /// Products that ran low, one below the other.
    pub(super) fn low_lines(&self, products: &[ProductShown]) -> String {
        let shown = products.iter().take(LINES_SHOWN);
        let written = shown.map(|product| {
            let mut holes = FluentArgs::new();
            holes.set("keyword", product.keyword.to_string());
            holes.set("item", item(&product.name, &product.keyword));
            holes.set("left", product.left);
            say(self.language, "low-line", self.style(), &holes).unwrap_or_default()
        });
        self.counted(written.collect(), products.len())
    }

    /// A share in thousandths, as whole percent: `86 %`.
    pub(super) fn percent(&self, thousandths: u32) -> String {
        let mut holes = FluentArgs::new();
        holes.set("count", thousandths.saturating_add(5) / 10);
        say(self.language, "percent", None, &holes).unwrap_or_default()
    }

    /// A short time: `83 s`, from two minutes on in minutes.
    pub(super) fn seconds(&self, seconds: u32) -> String {
        if seconds >= 120 {
            return self.span(seconds.saturating_add(30) / 60);
        }
        let mut holes = FluentArgs::new();
        holes.set("unit", "seconds");
        holes.set("count", seconds);
        holes.set("rest", "00");
        say(self.language, "span", None, &holes).unwrap_or_default()
    }
}

/// `ROBE1, SAC2 × 2`, or `none`.
fn words(lines: &[LineShown]) -> String {
    let mut written: Vec<String> = lines
        .iter()
        .take(WORDS_SHOWN)
        .map(|line| match line.quantity {
            1 => line.keyword.to_string(),
            many => format!("{} ×{many}", line.keyword),
        })
        .collect();
    if lines.len() > WORDS_SHOWN {
        written.push("…".to_owned());
    }
    if written.is_empty() {
        "none".to_owned()
    } else {
        short(&written.join(", "), WORDS_MOST)
    }
}

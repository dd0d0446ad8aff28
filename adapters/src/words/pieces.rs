//! Pieces that many messages share, each short enough that the whole stays under 1 024.

use domain::message::{Known, LineShown, ProductShown, PurchaseShown, RefundNote, Scarcity};
use domain::money::Amount;
use domain::text::{Keyword, Text};
use domain::trust::Tier;
use fluent_bundle::FluentArgs;
use unicode_segmentation::UnicodeSegmentation as _;

use super::bundle::say;
use super::context::Context;
use super::money::money;
use super::plan::Line;
use super::time;
use crate::whatsapp::SAY;

/// Lines of an order that are shown; the rest is counted.
const LINES_SHOWN: usize = 5;
const ITEM_MOST: usize = 32;
const LABEL_MOST: usize = 16;

/// At most `most` graphemes (and 4 times that in characters), on one line, without the marks
/// that WhatsApp turns into bold or italics.
pub(super) fn short(raw: &str, most: usize) -> String {
    let flat: String = raw
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|c| !matches!(c, '*' | '_' | '~' | '`'))
        .collect();
    let mut kept = String::new();
    for (index, grapheme) in flat.trim().graphemes(true).enumerate() {
        if index >= most || kept.encode_utf16().count() + grapheme.len() > most * 2 {
            return format!("{}…", kept.trim_end());
        }
        kept.push_str(grapheme);
    }
    kept
}

/// What a product is called: its name, or its keyword where it has none.
pub(super) fn item(name: &Text, keyword: &Keyword) -> String {
    let shown = short(name.as_str(), ITEM_MOST);
    if shown.is_empty() {
        keyword.to_string()
    } else {
        shown
    }
}

/// The first word of a name, or `none`: what the word files test for.
pub(super) fn first_name(name: Option<&str>) -> String {
    let word = name
        .and_then(|name| name.split_whitespace().next())
        .unwrap_or_default();
    let shown = short(word, 20);
    let sayable = shown.chars().any(char::is_alphabetic) && !shown.contains("://");
    if sayable { shown } else { "none".to_owned() }
}

/// How the reader is known: `first`, `returning` or `vip`.
pub(super) fn known(known: Known) -> &'static str {
    match (known.purchases, known.tier) {
        (0, _) => "first",
        (_, Tier::Gold | Tier::Diamond) => "vip",
        (_, Tier::Bronze | Tier::Silver) => "returning",
    }
}

/// `plenty`, `few`, `last` or `last-ones`.
pub(super) fn scarcity(scarcity: Scarcity) -> &'static str {
    match scarcity {
        Scarcity::Plenty => "plenty",
        Scarcity::Few => "few",
        Scarcity::Last => "last",
        Scarcity::LastOnes => "last-ones",
    }
}

/// Why money goes back.
pub(super) fn note(note: RefundNote) -> &'static str {
    match note {
        RefundNote::SecondCharge => "second-charge",
        RefundNote::Surplus => "surplus",
        RefundNote::Underpaid => "underpaid",
        RefundNote::Late => "late",
        RefundNote::Cancelled => "cancelled",
        RefundNote::VendorCancelled => "vendor-cancelled",
        RefundNote::OtherCurrency => "other-currency",
    }
}

/// The example keyword, or `none`.
pub(super) fn example(example: Option<&Keyword>) -> String {
    example.map_or_else(|| "none".to_owned(), |keyword| keyword.as_str().to_owned())
}

impl Context<'_> {
    /// An amount in the shop's currency.
    pub(super) fn money(&self, amount: Amount) -> String {
        money(amount, self.currency)
    }

    /// `10 min`, or that less than a minute is left.
    pub(super) fn span(&self, minutes: u32) -> String {
        let mut holes = FluentArgs::new();
        holes.set("minutes", minutes);
        say(self.language, "span", None, &holes).unwrap_or_else(|| format!("{minutes} min"))
    }

    /// The lines of an order, one below the other.
    pub(super) fn lines(&self, lines: &[LineShown]) -> String {
        let alone = lines.len() == 1;
        let mut written: Vec<String> = lines
            .iter()
            .take(LINES_SHOWN)
            .map(|line| self.line(line, alone))
            .collect();
        if let Some(more) = lines
            .len()
            .checked_sub(LINES_SHOWN)
            .filter(|more| *more > 0)
        {
            let mut holes = FluentArgs::new();
            holes.set("count", more);
            written.extend(say(self.language, "more-lines", self.style(), &holes));
        }
        written.join("\n")
    }

    fn line(&self, line: &LineShown, alone: bool) -> String {
        let mut holes = FluentArgs::new();
        holes.set("item", item(&line.name, &line.keyword));
        let label = short(line.label.as_str(), LABEL_MOST);
        holes.set(
            "label",
            if label.is_empty() {
                "none".to_owned()
            } else {
                label
            },
        );
        holes.set("quantity", line.quantity);
        // Alone, its amount is the total, which is said below.
        let amount = if alone {
            "none".to_owned()
        } else {
            self.money(line.amount)
        };
        holes.set("amount", amount);
        say(self.language, "line", self.style(), &holes)
            .unwrap_or_else(|| item(&line.name, &line.keyword))
    }

    /// A product as a row of a list; a tap on it speaks its keyword.
    pub(super) fn row(&self, product: &ProductShown) -> Line {
        let mut holes = FluentArgs::new();
        holes.set("item", item(&product.name, &product.keyword));
        holes.set("left", product.left);
        let keyword = product.keyword.as_str();
        Line {
            id: format!("{SAY}{keyword}"),
            title: row_title(keyword, &self.money(product.price)),
            description: say(self.language, "product-row", None, &holes).unwrap_or_default(),
        }
    }

    /// What is left of a size or colour.
    pub(super) fn left(&self, left: u32) -> String {
        let mut holes = FluentArgs::new();
        holes.set("left", left);
        say(self.language, "choice-row", None, &holes).unwrap_or_default()
    }

    /// Past purchases, one below the other.
    pub(super) fn purchases(&self, orders: &[PurchaseShown]) -> String {
        let written = orders.iter().take(LINES_SHOWN).map(|purchase| {
            let mut holes = FluentArgs::new();
            holes.set("day", time::day(purchase.paid_at, self.zone, self.language));
            holes.set("total", self.money(purchase.total));
            holes.set(
                "receipt",
                time::receipt(purchase.paid_at, self.zone, purchase.order),
            );
            say(self.language, "purchase-line", self.style(), &holes).unwrap_or_default()
        });
        written.collect::<Vec<_>>().join("\n")
    }

    /// Products that run low, in one line, or `none`.
    pub(super) fn low(&self, products: &[ProductShown]) -> String {
        let shown = products.iter().take(3);
        let written: Vec<String> = shown
            .map(|product| format!("{} ({})", product.keyword, product.left))
            .collect();
        if written.is_empty() {
            "none".to_owned()
        } else {
            written.join(", ")
        }
    }

    /// The shop's name.
    pub(super) fn shop(&self) -> String {
        short(self.shop, ITEM_MOST)
    }

    /// Whom a notice is about.
    pub(super) fn about(&self) -> String {
        let about = short(self.about.unwrap_or_default(), 30);
        if about.is_empty() {
            "none".to_owned()
        } else {
            about
        }
    }

    /// The attribute that holds the words: the value itself, or `simple`.
    pub(super) fn style(&self) -> Option<&'static str> {
        self.simple.then_some("simple")
    }
}

/// `ROBE1 · 15 000 F`, or the keyword alone where both do not fit into a title.
fn row_title(keyword: &str, price: &str) -> String {
    let both = format!("{keyword} · {price}");
    if both.chars().count() <= 24 {
        both
    } else {
        keyword.to_owned()
    }
}

//! Pieces that many messages share, each short enough that the whole stays under 1 024.

use domain::ids::{ContactId, OrderId};
use domain::message::{
    Known, LineShown, ProductShown, PurchaseShown, RefundNote, Scarcity, SwapShown, Tap, WaitShown,
};
use domain::money::Amount;
use domain::order::event::Choice;
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
pub(super) const LINES_SHOWN: usize = 5;
const ITEM_MOST: usize = 32;
const LABEL_MOST: usize = 16;
const ABOUT_MOST: usize = 30;
/// Things she waits for that are named beside a cart.
const WAITS_SHOWN: usize = 2;
/// Buttons and the title of a row, in WhatsApp (whatsapp.md 2.3).
const BUTTONS_MOST: usize = 3;
const TITLE_MOST: usize = 24;

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

    /// The lines of an order, one below the other.
    pub(super) fn lines(&self, lines: &[LineShown]) -> String {
        self.lines_up_to(lines, LINES_SHOWN)
    }

    /// The same, at most so many of them; the rest is counted.
    pub(super) fn lines_up_to(&self, lines: &[LineShown], most: usize) -> String {
        let alone = lines.len() == 1;
        let shown = lines.iter().take(most);
        let written = shown.map(|line| self.line(line, alone)).collect();
        self.counted(written, lines.len())
    }

    /// Products by their names, one below the other.
    pub(super) fn products(&self, products: &[ProductShown]) -> String {
        let shown = products.iter().take(LINES_SHOWN);
        let bare = shown.map(|product| LineShown {
            keyword: product.keyword.clone(),
            name: product.name.clone(),
            label: Text::default(),
            quantity: 1,
            amount: product.price,
        });
        let written = bare.map(|line| self.line(&line, true)).collect();
        self.counted(written, products.len())
    }

    /// Lines one below the other, and how many of them are not shown.
    pub(super) fn counted(&self, mut written: Vec<String>, all: usize) -> String {
        if let Some(more) = all.checked_sub(written.len()).filter(|more| *more > 0) {
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

    /// Something she may have instead, as a row of a list; its price is always there.
    pub(super) fn swap_row(&self, order: OrderId, offer: &SwapShown) -> Line {
        let price = self.money(offer.price);
        let label = short(offer.label.as_str(), LABEL_MOST);
        let keyword = offer.keyword.as_str();
        let word = match label.as_str() {
            "" => keyword.to_owned(),
            label => format!("{keyword} {label}"),
        };
        let mut holes = FluentArgs::new();
        holes.set("item", item(&offer.name, &offer.keyword));
        holes.set("label", if label.is_empty() { "none" } else { &label });
        holes.set("price", price.as_str());
        Line {
            id: Tap::Swap(order, offer.variant).id(),
            title: if word.encode_utf16().count() <= TITLE_MOST {
                row_title(&word, &price)
            } else {
                row_title(keyword, &price)
            },
            description: say(self.language, "swap-row", None, &holes).unwrap_or_default(),
        }
    }

    /// What she waits for besides, in one line with her places, or `none`.
    pub(super) fn waits(&self, waits: &[WaitShown]) -> String {
        let mut written: Vec<String> = waits
            .iter()
            .take(WAITS_SHOWN)
            .map(|wait| self.place(wait))
            .collect();
        if waits.len() > WAITS_SHOWN {
            written.push("…".to_owned());
        }
        if written.is_empty() {
            "none".to_owned()
        } else {
            written.join(", ")
        }
    }

    fn place(&self, wait: &WaitShown) -> String {
        let keyword = wait.product.keyword.as_str();
        let label = short(wait.label.as_str(), LABEL_MOST);
        let item = format!("{keyword} {label}");
        let mut holes = FluentArgs::new();
        holes.set("item", item.trim_end());
        holes.set("position", wait.position);
        say(self.language, "place", None, &holes).unwrap_or_default()
    }

    /// What she may choose, one below the other, each in a few words.
    pub(super) fn options(&self, options: &[Choice]) -> String {
        let written = options.iter().take(BUTTONS_MOST).map(|option| {
            let mut holes = FluentArgs::new();
            holes.set("option", option.code());
            say(self.language, "option", self.style(), &holes).unwrap_or_default()
        });
        written.collect::<Vec<_>>().join("\n")
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

    /// The shop's name.
    pub(super) fn shop(&self) -> String {
        short(self.shop, ITEM_MOST)
    }

    /// Whom a notice is about.
    pub(super) fn about(&self, whom: ContactId) -> String {
        let known = self.about.iter().find(|(contact, _)| *contact == whom);
        let about = short(known.map_or("", |(_, name)| name), ABOUT_MOST);
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
    if both.encode_utf16().count() <= TITLE_MOST {
        both
    } else {
        keyword.to_owned()
    }
}

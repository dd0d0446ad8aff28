//! What a message needs: which words, what fills their holes, what can be tapped.

use domain::ids::OrderId;
use domain::message::Tap;
use domain::segment::Method;
use fluent_bundle::{FluentArgs, FluentValue};

/// A message before its words.
pub(super) struct Plan {
    /// The id of its words.
    pub(super) key: &'static str,
    /// What fills the holes.
    pub(super) holes: FluentArgs<'static>,
    /// What can be tapped.
    pub(super) taps: Taps,
}

/// What can be tapped.
pub(super) enum Taps {
    /// Nothing.
    None,
    /// Up to three buttons.
    Buttons(Vec<Choice>),
    /// Up to ten rows, behind the button of this name.
    Rows(&'static str, Vec<Line>),
}

/// A button: what comes back, and what is on it.
pub(super) struct Choice {
    pub(super) id: String,
    pub(super) label: Label,
}

/// What is on a button.
pub(super) enum Label {
    /// An attribute of `button`.
    Named(&'static str),
    /// An attribute of `button` with a `count`.
    Counted(&'static str, u32),
    /// The thing itself, for example a keyword.
    Itself(String),
}

/// A row of a list.
pub(super) struct Line {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) description: String,
}

impl Plan {
    /// Words without buttons.
    pub(super) fn new(key: &'static str) -> Self {
        Self {
            key,
            holes: FluentArgs::new(),
            taps: Taps::None,
        }
    }

    /// Fills a hole. A number chooses plurals, a text is shown as it is.
    pub(super) fn hole(
        mut self,
        name: &'static str,
        value: impl Into<FluentValue<'static>>,
    ) -> Self {
        self.holes.set(name, value);
        self
    }

    /// Adds a button of ours.
    pub(super) fn tap(self, tap: Tap) -> Self {
        self.choice(tap.id(), Label::Named(label(tap)))
    }

    /// Adds a button that shows something else than the tap's own name.
    pub(super) fn choice(mut self, id: String, label: Label) -> Self {
        let choice = Choice { id, label };
        match &mut self.taps {
            Taps::Buttons(buttons) => buttons.push(choice),
            Taps::None | Taps::Rows(..) => self.taps = Taps::Buttons(vec![choice]),
        }
        self
    }

    /// The three methods, as buttons.
    pub(super) fn methods(self, order: OrderId) -> Self {
        Method::ALL
            .into_iter()
            .fold(self, |plan, method| plan.tap(Tap::Method(order, method)))
    }

    /// Turns it into a list.
    pub(super) fn rows(mut self, opener: &'static str, rows: Vec<Line>) -> Self {
        self.taps = Taps::Rows(opener, rows);
        self
    }
}

/// The attribute of `button` that names a tap.
fn label(tap: Tap) -> &'static str {
    match tap {
        Tap::Pay(_) => "pay",
        Tap::Cancel(_) => "cancel",
        Tap::Change(_) => "change",
        Tap::Method(_, Method::Wave) => "wave",
        Tap::Method(_, Method::OrangeMoney) => "orange-money",
        Tap::Method(_, Method::Card) => "card",
        Tap::Take(..) => "again",
        Tap::Choose(_, choice) => choice.code(),
        Tap::Swap(..) => "take",
        Tap::Wait(..) => "wait",
        Tap::Leave(_) => "leave",
        Tap::Grant(_) => "grant",
        Tap::Deny(_) => "deny",
        Tap::Reopen(_) => "reopen",
        Tap::Purchases => "purchases",
        Tap::Catalogue => "catalogue",
        Tap::Help => "help",
    }
}

//! What can be tapped.

use crate::ids::{LiveId, OrderId, VariantId};
use crate::order::event::Choice;
use crate::segment::Method;

/// What our buttons and rows mean. The order rides in the id, because a phone that was off
/// taps days later and is judged by today's truth (faults.md A17).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tap {
    /// PAYER.
    Pay(OrderId),
    /// ANNULER.
    Cancel(OrderId),
    /// CHANGER.
    Change(OrderId),
    /// WAVE, ORANGE MONEY, CARTE.
    Method(OrderId, Method),
    /// Take units of a variant.
    Take(VariantId, u32),
    /// What shall become of money that came when the order was over.
    Choose(OrderId, Choice),
    /// This instead.
    Swap(OrderId, VariantId),
    /// Wait for units of a variant.
    Wait(VariantId, u32),
    /// Wait for it no longer.
    Leave(VariantId),
    /// The vendor cancels a paid order as its client wished.
    Grant(OrderId),
    /// The vendor keeps it.
    Deny(OrderId),
    /// The vendor takes the end of a live back.
    Reopen(LiveId),
    /// MES ACHATS.
    Purchases,
    /// CATALOGUE.
    Catalogue,
    /// AIDE.
    Help,
}

impl Tap {
    /// The id on the wire, at most 200 characters (whatsapp.md 2.3).
    pub fn id(&self) -> String {
        match self {
            Self::Pay(order) => format!("pay:{order}"),
            Self::Cancel(order) => format!("cancel:{order}"),
            Self::Change(order) => format!("change:{order}"),
            Self::Method(order, method) => format!("method:{order}:{}", method.code()),
            Self::Take(variant, quantity) => format!("take:{variant}:{quantity}"),
            Self::Choose(order, choice) => format!("choose:{order}:{}", choice.code()),
            Self::Swap(order, variant) => format!("swap:{order}:{variant}"),
            Self::Wait(variant, quantity) => format!("wait:{variant}:{quantity}"),
            Self::Leave(variant) => format!("leave:{variant}"),
            Self::Grant(order) => format!("grant:{order}"),
            Self::Deny(order) => format!("deny:{order}"),
            Self::Reopen(live) => format!("reopen:{live}"),
            Self::Purchases => "purchases".to_owned(),
            Self::Catalogue => "catalogue".to_owned(),
            Self::Help => "help".to_owned(),
        }
    }

    /// Reads [`Tap::id`] back; `None` for what is not ours.
    pub fn parse(id: &str) -> Option<Self> {
        let mut parts = id.split(':');
        let head = parts.next()?;
        let first = parts.next();
        let second = parts.next();
        if parts.next().is_some() {
            return None;
        }
        let order = || first?.parse().ok().map(OrderId);
        let variant = |text: Option<&str>| text?.parse().ok().map(VariantId);
        match (head, second) {
            ("pay", None) => order().map(Self::Pay),
            ("cancel", None) => order().map(Self::Cancel),
            ("change", None) => order().map(Self::Change),
            ("method", Some(method)) => Some(Self::Method(order()?, Method::parse(method)?)),
            ("take", Some(quantity)) => Some(Self::Take(variant(first)?, quantity.parse().ok()?)),
            ("choose", Some(choice)) => Some(Self::Choose(order()?, Choice::parse(choice)?)),
            ("swap", Some(_)) => Some(Self::Swap(order()?, variant(second)?)),
            ("wait", Some(quantity)) => Some(Self::Wait(variant(first)?, quantity.parse().ok()?)),
            ("leave", None) => variant(first).map(Self::Leave),
            ("grant", None) => order().map(Self::Grant),
            ("deny", None) => order().map(Self::Deny),
            ("reopen", None) => Some(Self::Reopen(LiveId(first?.parse().ok()?))),
            ("purchases", None) if first.is_none() => Some(Self::Purchases),
            ("catalogue", None) if first.is_none() => Some(Self::Catalogue),
            ("help", None) if first.is_none() => Some(Self::Help),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tap_reads_back() {
        for tap in [
            Tap::Pay(OrderId(7)),
            Tap::Cancel(OrderId(7)),
            Tap::Change(OrderId(7)),
            Tap::Method(OrderId(7), Method::OrangeMoney),
            Tap::Take(VariantId(3), 2),
            Tap::Choose(OrderId(7), Choice::Swap),
            Tap::Swap(OrderId(7), VariantId(3)),
            Tap::Wait(VariantId(3), 2),
            Tap::Leave(VariantId(3)),
            Tap::Grant(OrderId(7)),
            Tap::Deny(OrderId(7)),
            Tap::Reopen(LiveId(2)),
            Tap::Purchases,
            Tap::Catalogue,
            Tap::Help,
        ] {
            assert_eq!(Tap::parse(&tap.id()), Some(tap));
        }
        for id in [
            "",
            "pay",
            "pay:x",
            "pay:1:2",
            "help:1",
            "method:1:gold",
            "pay:1:2:3",
            "choose:1:gold",
            "leave:1:2",
        ] {
            assert_eq!(Tap::parse(id), None, "{id}");
        }
    }
}

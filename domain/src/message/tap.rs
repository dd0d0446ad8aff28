//! What can be tapped.

use crate::ids::{OrderId, VariantId};
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
        match (head, second) {
            ("pay", None) => order().map(Self::Pay),
            ("cancel", None) => order().map(Self::Cancel),
            ("change", None) => order().map(Self::Change),
            ("method", Some(method)) => Some(Self::Method(order()?, Method::parse(method)?)),
            ("take", Some(quantity)) => {
                let variant = VariantId(first?.parse().ok()?);
                Some(Self::Take(variant, quantity.parse().ok()?))
            }
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
        ] {
            assert_eq!(Tap::parse(id), None, "{id}");
        }
    }
}

//! Names of things. Numbers are given out by the shop in the order it met them, so a decision
//! never invents an id; clients and contacts are keyed hashes made at the edge.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Wraps a value so that two kinds of id can never be mixed up.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident($inner:ty);)+) => {$(
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        #[serde(transparent)]
        pub struct $name(pub $inner);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}

ids! {
    /// One seller's business: tenant, consistency boundary, unit of audit.
    ShopId(Uuid);
    /// A buyer as one shop knows her: keyed hash of (shop, WhatsApp user id).
    ClientId(Uuid);
    /// A person on one WhatsApp number: keyed hash of (number, WhatsApp user id).
    ContactId(Uuid);
    /// What makes a command the same command however often it is delivered.
    CommandId(Uuid);
    /// Nth product of the shop, from 1.
    ProductId(u32);
    /// Nth variant of the shop, from 1.
    VariantId(u32);
    /// Nth live of the shop, from 1.
    LiveId(u32);
    /// Nth order of the shop, from 1; people read it as `LP-12`.
    OrderId(u64);
    /// Nth charge the shop asked of a payment provider, from 1.
    AttemptId(u64);
    /// Nth sum of the shop that has to go back, from 1.
    RefundId(u64);
}

const BASE62: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// Our reference for an attempt, as the provider and the payer see it: the shop id in base62
/// (22 characters), `-`, the attempt's number; `[A-Za-z0-9-]`, at most 36 (bictorys.md 1.2).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Reference(String);

impl Reference {
    /// The reference of one attempt of one shop.
    pub fn new(shop: ShopId, attempt: AttemptId) -> Self {
        let mut digits = [b'0'; 22];
        let mut rest = shop.0.as_u128();
        for slot in digits.iter_mut().rev() {
            let digit = usize::try_from(rest % 62).unwrap_or(0);
            *slot = BASE62.get(digit).copied().unwrap_or(b'0');
            rest /= 62;
        }
        let head: String = digits.iter().map(|byte| char::from(*byte)).collect();
        Self(format!("{head}-{attempt}"))
    }

    /// Reads a reference back; `None` for anything that [`Reference::new`] cannot have made.
    pub fn parse(text: &str) -> Option<(ShopId, AttemptId)> {
        let (head, tail) = text.split_once('-')?;
        if head.len() != 22 || tail.starts_with('0') {
            return None;
        }
        let mut value: u128 = 0;
        for byte in head.bytes() {
            let digit = BASE62.iter().position(|known| *known == byte)?;
            value = value
                .checked_mul(62)?
                .checked_add(u128::try_from(digit).ok()?)?;
        }
        let attempt: u64 = tail.parse().ok()?;
        Some((ShopId(Uuid::from_u128(value)), AttemptId(attempt)))
    }

    /// The characters on the wire.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Reference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_reads_back_and_fits_the_provider() {
        let shop = ShopId(Uuid::from_u128(u128::MAX - 7));
        let reference = Reference::new(shop, AttemptId(9_999_999_999_999));
        assert!(reference.as_str().len() <= 36);
        assert_eq!(
            Reference::parse(reference.as_str()),
            Some((shop, AttemptId(9_999_999_999_999)))
        );
    }

    #[test]
    fn what_is_not_ours_is_not_read() {
        for text in [
            "",
            "-1",
            "abc-1",
            "zzzzzzzzzzzzzzzzzzzzzz-1",
            "0000000000000000000000-01",
        ] {
            assert_eq!(Reference::parse(text), None, "{text}");
        }
    }
}

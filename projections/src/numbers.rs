//! Ids and counts of the domain as the database stores them (bigint).

use domain::ids::{AttemptId, LiveId, OrderId, ProductId, RefundId, VariantId};

use crate::ApplyError;

/// An order's number; it would take centuries to leave a bigint.
pub(crate) fn order(OrderId(number): OrderId) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// An attempt's number.
pub(crate) fn attempt(AttemptId(number): AttemptId) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A refund's number; 0 for those of before refunds were numbered.
pub(crate) fn refund(RefundId(number): RefundId) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A variant's number.
pub(crate) fn variant(VariantId(number): VariantId) -> i64 {
    i64::from(number)
}

/// A product's number.
pub(crate) fn product(ProductId(number): ProductId) -> i64 {
    i64::from(number)
}

/// A live's number.
pub(crate) fn live(LiveId(number): LiveId) -> i64 {
    i64::from(number)
}

/// Every row a statement named must have been there.
pub(crate) fn all(moved: u64, named: usize, what: &str) -> Result<(), ApplyError> {
    if usize::try_from(moved) == Ok(named) {
        return Ok(());
    }
    Err(ApplyError::Poison(format!(
        "{moved} of {named} rows found: an unknown {what}"
    )))
}

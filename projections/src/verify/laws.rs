//! What is always true of a shop (domain.md, "Invariants"), of the state its whole history gives.

use chrono::{DateTime, TimeDelta, Utc};
use domain::Shop;
use domain::invariants;
use domain::trust::recompute::Audit;

use super::Report;

/// How late a knock may come before a hold that outlives its last moment counts as leaked.
const GRACE: TimeDelta = TimeDelta::minutes(1);

/// The first law that does not hold, in words; what was counted goes into the report.
pub(super) fn broken(
    state: &Shop,
    audit: Audit,
    now: DateTime<Utc>,
    report: &mut Report,
) -> Option<String> {
    if let Err(broken) = invariants::check(state) {
        return Some(format!("invariant {broken}"));
    }
    match audit.end() {
        Ok(clients) => report.audited += clients.len(),
        Err(mismatch) => return Some(format!("trust: {mismatch}")),
    }
    let spare = state
        .payments
        .attempts
        .values()
        .map(|known| known.spare().0);
    report.waiting += spare.sum::<i64>();
    let leaked = |order: &domain::order::Order| order.holds() && order.bound + GRACE < now;
    let orders = state.orders.open.values();
    report.leaked += orders.filter(|order| leaked(order)).count();
    None
}

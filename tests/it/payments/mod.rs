//! The truth about money: what the provider says, whichever way it comes, and what we make of it.

mod bank;
mod claims;
mod late;
mod reconcile;
mod refunds;
mod statement;
mod truth;
mod unknown;

//! The truth about money: what the provider says, whichever way it comes, and what we make of it.

mod bank;
mod late;
mod reconcile;
mod statement;
mod truth;
mod unknown;

//! What a shop decides. Pure: nothing here awaits, reads a clock, makes an id, logs, or writes a
//! sentence (architecture.md, law 1).
//!
//! One state, [`shop`]; one folder per noun ("room"): what happened (`event`), what is known
//! (`state`), what may be asked (`command`), who says yes (`decide`), what it changes (`evolve`),
//! and the scenes that tell the rules (`spec`).

#![deny(
    clippy::wildcard_enum_match_arm,
    clippy::match_wildcard_for_single_variants
)]

pub mod action;
pub mod agenda;
pub mod b2b;
pub mod catalogue;
pub mod client;
pub mod command;
pub mod conversation;
pub mod decide;
pub mod event;
pub mod evolve;
pub mod ids;
pub mod invariants;
pub mod live;
pub mod message;
pub mod money;
pub mod order;
pub mod parse;
pub mod payment;
pub mod personal;
pub mod policy;
mod reactions;
pub mod rejection;
pub mod segment;
mod settle;
pub mod shop;
mod story;
pub mod text;
mod time;
pub mod trust;
pub mod waitlist;

#[cfg(test)]
mod golden;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod spec;
#[cfg(test)]
mod zz_perf;

pub use decide::decide;
pub use evolve::evolve;
pub use shop::Shop;

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
#[cfg_attr(not(test), warn(clippy::arithmetic_side_effects))]
pub mod agenda;
pub mod b2b;
#[cfg_attr(not(test), warn(clippy::arithmetic_side_effects))]
pub mod catalogue;
#[cfg_attr(not(test), warn(clippy::arithmetic_side_effects))]
pub mod client;
pub mod command;
pub mod conversation;
pub mod decide;
pub mod event;
pub mod evolve;
pub mod ids;
pub mod invariants;
#[cfg_attr(not(test), warn(clippy::arithmetic_side_effects))]
pub mod live;
pub mod message;
#[cfg_attr(not(test), warn(clippy::arithmetic_side_effects))]
pub mod money;
#[cfg_attr(not(test), warn(clippy::arithmetic_side_effects))]
pub mod order;
pub mod parse;
#[cfg_attr(not(test), warn(clippy::arithmetic_side_effects))]
pub mod payment;
pub mod personal;
pub mod policy;
mod reactions;
pub mod rejection;
pub mod segment;
#[cfg_attr(not(test), warn(clippy::arithmetic_side_effects))]
mod settle;
pub mod shop;
mod story;
pub mod text;
#[cfg_attr(not(test), warn(clippy::arithmetic_side_effects))]
mod time;
pub mod trust;
pub mod waitlist;

#[cfg(test)]
mod golden;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod spec;

pub use decide::decide;
pub use evolve::evolve;
pub use shop::Shop;

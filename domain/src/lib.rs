//! What a shop decides. Pure: nothing here awaits, reads a clock, makes an id, logs, or writes a
//! sentence (architecture.md, law 1).
//!
//! One state, [`shop`]; one folder per noun ("room"): what happened (`event`), what is known
//! (`state`), what may be asked (`command`), who says yes (`decide`), what it changes (`evolve`),
//! and the scenes that tell the rules (`spec`).

pub mod action;
pub mod b2b;
pub mod catalogue;
pub mod client;
pub mod command;
pub mod conversation;
pub mod event;
pub mod ids;
pub mod live;
pub mod message;
pub mod money;
pub mod order;
pub mod payment;
pub mod personal;
pub mod policy;
pub mod rejection;
pub mod segment;
pub mod shop;
pub mod text;
pub mod trust;
pub mod waitlist;

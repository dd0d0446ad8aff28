//! LivePay's binary: the doors people and neighbours come through, and the workers behind them.
//!
//! [`door`] is the one way to a shop. [`http`] and [`hub`] are what people reach; [`workers`] keep
//! what was promised; [`postgres`] is the private database; [`sandbox`] and [`simulate`] are the
//! world we try it all in. [`house`] puts it together, top to bottom.

pub mod accept;
pub mod bench;
pub mod check;
pub mod cli;
pub mod config;
pub mod crash;
pub mod decider;
pub mod demo;
pub mod door;
pub mod house;
pub mod http;
pub mod hub;
pub mod identity;
pub mod migrate;
pub mod names;
pub mod node;
pub mod payees;
pub mod person;
pub mod photo;
pub mod postgres;
pub mod reconcile;
pub mod sandbox;
pub mod senders;
pub mod session;
pub mod shops;
pub mod simulate;
pub mod stop;
pub mod workers;

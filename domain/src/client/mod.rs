//! The room `client`: buyers and how far the shop trusts them.

pub mod command;
pub(crate) mod count;
pub(crate) mod decide;
pub mod event;
pub(crate) mod evolve;
pub(crate) mod explain;
pub mod record;
pub(crate) mod review;
pub mod state;

#[cfg(test)]
mod spec;

pub use command::Command;
pub use event::Event;
pub use state::{Client, Clients};

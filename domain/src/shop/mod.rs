//! The room `shop`: the shop itself, its policies, and the state that all rooms share.

pub mod command;
pub(crate) mod decide;
pub mod event;
pub(crate) mod evolve;
pub mod state;

#[cfg(test)]
mod spec;

pub use command::Command;
pub use event::Event;
pub use state::{Profile, SHAPE, Shop, Silence, Today, Vendor};

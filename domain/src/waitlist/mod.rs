//! The room `waitlist`.

pub(crate) mod answer;
pub mod command;
pub(crate) mod decide;
pub mod event;
pub(crate) mod evolve;
pub(crate) mod offer;
pub mod state;

#[cfg(test)]
mod spec;

pub use command::Command;
pub use event::Event;
pub use state::{Waiting, Waitlists};

//! The room `waitlist`: who waits for what is sold out, and is offered what comes free.

pub(crate) mod answer;
pub(crate) mod close;
pub mod command;
pub(crate) mod decide;
pub mod event;
pub(crate) mod evolve;
pub(crate) mod offer;
pub(crate) mod queue;
pub mod state;

#[cfg(test)]
mod spec;

pub use command::Command;
pub use event::Event;
pub use state::{Told, Waiting, Waitlists};

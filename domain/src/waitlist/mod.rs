//! The room `waitlist`.

pub mod event;
pub(crate) mod evolve;
pub mod state;

#[cfg(test)]
mod spec;

pub use event::Event;
pub use state::{Waiting, Waitlists};

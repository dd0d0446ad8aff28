//! The room `payment`: one intent per order, every charge an attempt.

pub(crate) mod choose;
pub mod command;
pub(crate) mod decide;
pub mod event;
pub(crate) mod evolve;
mod giving;
pub(crate) mod income;
mod late;
pub(crate) mod money;
pub mod observation;
mod observe;
pub(crate) mod refund;
pub mod state;

#[cfg(test)]
mod spec;

pub use command::Command;
pub use event::Event;
pub use state::{Attempt, Payments, Refund};

//! The room `live`: sessions on air, and how they end.

pub mod command;
pub(crate) mod decide;
pub mod event;
pub(crate) mod evolve;
pub mod state;
pub mod summary;

#[cfg(test)]
mod spec;

pub use command::Command;
pub use event::Event;
pub use state::{Lives, Session, Stage, undo_until};
pub use summary::Summary;

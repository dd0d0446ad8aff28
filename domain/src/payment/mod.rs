//! The room `payment`.

pub mod command;
pub mod event;
pub mod observation;

pub use command::Command;
pub use event::Event;

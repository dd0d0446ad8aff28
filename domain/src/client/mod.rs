//! The room `client`.

pub mod command;
pub mod event;

pub use command::Command;
pub use event::Event;

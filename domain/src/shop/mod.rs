//! The room `shop`.

pub mod command;
pub mod event;

pub use command::Command;
pub use event::Event;

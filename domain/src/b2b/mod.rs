//! The room `b2b`.

pub mod event;

pub use event::Event;

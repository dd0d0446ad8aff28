//! The room `waitlist`.

pub mod event;

pub use event::Event;

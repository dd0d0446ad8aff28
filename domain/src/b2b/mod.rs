//! The room `b2b`.

pub mod event;
pub(crate) mod evolve;
pub mod state;

pub use event::Event;
pub use state::B2b;

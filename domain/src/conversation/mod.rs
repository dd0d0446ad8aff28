//! The room `conversation`: what she said, understood by the rules of the other rooms, and the
//! one thing she is answered.

mod chatter;
pub(crate) mod claim;
pub mod command;
pub(crate) mod decide;
pub mod event;
pub(crate) mod evolve;
mod meet;
pub(crate) mod notices;
mod tap;
mod waiting;
mod wish;
mod word;

#[cfg(test)]
mod spec;

pub use command::Command;
pub use event::Event;
pub use notices::Notices;

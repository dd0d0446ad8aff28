//! The room `catalogue`: products, variants, stock.

pub mod command;
pub(crate) mod decide;
pub mod event;
pub(crate) mod evolve;
pub mod level;
mod shelf;
pub mod state;

#[cfg(test)]
mod spec;

pub use command::Command;
pub use event::Event;
pub use level::Level;
pub use state::{Catalogue, Product, Variant};

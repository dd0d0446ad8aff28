//! What goes on behind the doors, for as long as the house is open.

pub mod charges;
mod figures;
pub mod inbox;
pub mod lines;
pub mod observed;
pub mod outbox;
pub mod pace;
pub mod queues;
pub mod statuses;

//! Scenes: paying.

mod choosing;
mod first_paid;
mod late;
mod observing;
mod orders;
mod paying;
mod races;
mod refunds;
mod reversed;
mod trouble;

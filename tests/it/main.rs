//! The whole house, tested from outside: one binary, so that it links once.
#![allow(
    clippy::allow_attributes,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::as_conversions,
    reason = "a test may die: that is how it speaks, in its scenery as in its functions"
)]

mod cluster;
mod conversations;
mod house;
mod log;
mod payments;
mod projections;
mod tidy;

//! What the tests of the whole house stand on.
#![allow(
    clippy::allow_attributes,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::missing_panics_doc,
    reason = "scenery of tests: it may die, that is how it speaks"
)]

pub mod cluster;
pub mod process;
pub mod world;

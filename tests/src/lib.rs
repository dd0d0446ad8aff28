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

/// Says a figure that was measured; seen though the test that measured it passes.
pub fn figure(words: &str) {
    use std::io::Write as _;
    drop(writeln!(std::io::stderr(), "   {words}"));
}

/// Whether the long suites run too (`scripts/test --all`).
#[expect(
    clippy::disallowed_methods,
    reason = "how long the tests may take is no setting of the product"
)]
pub fn all() -> bool {
    std::env::var_os("LIVEPAY_ALL").is_some()
}

//! Scenes: paying.

mod choosing;
mod observing;
mod trouble;

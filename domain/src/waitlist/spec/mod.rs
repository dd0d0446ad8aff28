//! Scenes: waiting.

mod facts;

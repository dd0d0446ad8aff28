//! The read models on a real database: rows, the runner, and the pages that live on them.

mod history;
mod pages;
mod rows;
mod runner;
mod scene;

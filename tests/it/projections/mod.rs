//! The read models on a real database: rows, the runner, and the pages that live on them.

mod curve;
mod day;
mod desk;
pub(crate) mod figures;
mod history;
mod lies;
mod money;
mod pages;
mod people;
mod rebuild;
mod rows;
mod runner;
mod scene;
mod story;
mod summaries;
mod todo;
mod together;
mod walls;

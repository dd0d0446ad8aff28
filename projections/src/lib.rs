//! Readings: what the log says, as tables that answer a question at once.
//!
//! ```text
//! log ──► runner: one transaction per tick ──► reading.* (+ checkpoint per lane)
//!                        │ after the commit
//!                        └──► Applied (which rows moved) ──► live pages
//! ```
//!
//! A read model is one file or one folder ([`orders`] is the fullest): what is asked, its table,
//! how events move it, the query that answers. Tables can be thrown away and rebuilt from the log
//! at any time ([`rebuild`]); they live in the schema `reading`, are written by the role
//! `livepay_projector` and read by `livepay_reader` under row-level security, one shop at a time
//! ([`TenantTx`]).

pub mod board;
pub mod deadlines;
pub mod desk;
mod generation;
mod models;
mod numbers;
pub mod rebuild;
mod runner;
mod tables;
mod tenant;
mod told;
pub mod verify;

pub use models::{
    MODELS, Model, attempts, cancellations, clients, lives, minutes, orders, refunds, shops, stock,
    summaries, together, trust, waitlists,
};
pub use runner::{Applied, Parked, Readings, StartError, parked, retry, skip};
pub use tables::prepare;
pub use tenant::TenantTx;
pub use told::{ApplyError, Told};

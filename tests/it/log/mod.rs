//! The log, tortured: with a shop so small that every wrong answer is visible.

mod chain;
mod commit;
mod guards;
mod inbox;
mod lease;
mod loss;
mod lost_commit;
mod outbox;
mod poison;
mod prepare;
mod retention;
mod seen;
mod silence;
mod sleep;
mod stock;
mod torture;
mod twin;

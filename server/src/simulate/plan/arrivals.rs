//! In which way buyers come.

use serde::Serialize;

/// `--arrivals`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
pub enum Arrivals {
    /// As in a real live: they gather, stay, leave, and rush after each thing that is shown.
    Live,
    /// Evenly over the first two thirds; nothing is shown.
    #[default]
    Steady,
    /// Nearly all of them at once, after the one thing that is shown.
    Burst,
}

//! How big a crowd, how long, how it comes.

use std::time::Duration;

use super::{Arrivals, Profile};

/// What `livepay simulate` is told.
#[derive(Debug, Clone)]
pub struct SimulateConfig {
    /// Root of the server, for opening shops.
    pub livepay_url: String,
    /// Root of the sandbox, for playing phones.
    pub sandbox_url: String,
    /// How many phones.
    pub buyers: usize,
    /// How many shops to open.
    pub shops: usize,
    /// How long buyers go on starting purchases.
    pub seconds: u64,
    /// The same seed plays the same habits, shops and pauses.
    pub seed: u64,
    /// Draw a progress bar on the terminal.
    pub progress: bool,
    /// How long a buyer waits for an answer before looking again, and again before giving up.
    pub patience: Duration,
    /// How badly the sandbox behaves while they buy.
    pub faults: Profile,
    /// In which way buyers come. Anything but steady plays the vendors' lives too.
    pub arrivals: Arrivals,
    /// How long the live is in its own time; without it, as long as it really lasts. People and
    /// servers are as fast as ever: only who comes when, and what the vendors do, is compressed.
    pub minutes: Option<u64>,
    /// The vendors say FIN at the end.
    pub finish: bool,
}

impl Default for SimulateConfig {
    /// 200 buyers in 5 shops for 30 seconds, at the demo's usual addresses.
    fn default() -> Self {
        Self {
            livepay_url: "http://127.0.0.1:8080".to_owned(),
            sandbox_url: "http://127.0.0.1:8081".to_owned(),
            buyers: 200,
            shops: 5,
            seconds: 30,
            seed: 1,
            progress: true,
            patience: Duration::from_secs(10),
            faults: Profile::None,
            arrivals: Arrivals::Steady,
            minutes: None,
            finish: false,
        }
    }
}

impl SimulateConfig {
    /// Seconds of the live's own time.
    pub(super) fn length(&self) -> f64 {
        let seconds = match self.minutes {
            Some(minutes) => minutes.saturating_mul(60),
            None => self.seconds,
        };
        f64::from(u32::try_from(seconds.max(1)).unwrap_or(u32::MAX))
    }
}

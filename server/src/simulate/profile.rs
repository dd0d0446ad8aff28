//! How badly the sandbox behaves while a crowd buys.

use std::collections::BTreeMap;

use super::control::Misbehaving;

/// `--faults`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Profile {
    /// The sandbox stays as somebody has set it; as a rule it behaves.
    #[default]
    None,
    /// What a bad week brings.
    Some,
    /// Every misbehaviour there is.
    All,
}

/// Per mille of a bad week.
pub(super) const WEEK: [(&str, u32); 14] = [
    ("waf_403", 5),
    ("create_500", 10),
    ("pays_less", 10),
    ("pays_twice", 10),
    ("reversed", 5),
    ("webhook_lost", 50),
    ("webhook_doubled", 100),
    ("webhook_late", 50),
    ("webhook_reordered", 30),
    ("detail_500", 20),
    ("pair_throttled", 5),
    ("send_reply_lost", 10),
    ("update_doubled", 100),
    ("update_reordered", 100),
];

/// Per mille of everything that the worst week brings.
const USUAL: u32 = 30;

/// Per mille of what stops a whole neighbour for seconds: it is drawn at every call.
const OUTAGE: u32 = 1;

/// Rates per mille by name.
pub(super) type Rates = BTreeMap<String, u32>;

impl Profile {
    /// The rates to set, of those the sandbox knows.
    pub(super) fn rates(self, known: &[Misbehaving]) -> Rates {
        let week = |name: &str| {
            WEEK.iter()
                .find(|(one, _)| *one == name)
                .map(|(_, rate)| *rate)
        };
        let rate = |one: &Misbehaving| match self {
            Self::None => None,
            Self::Some => week(&one.name),
            Self::All if one.outage => Some(OUTAGE),
            Self::All => Some(USUAL),
        };
        known
            .iter()
            .filter_map(|one| Some((one.name.clone(), rate(one)?)))
            .collect()
    }
}

//! Every number of domain.md is a shop policy with a default and bounds. The rules read policy
//! from the shop's state, never from a constant; a change counts from then on only.

use serde::{Deserialize, Serialize};
use strum::EnumIter;

use crate::segment::Segment;

/// The rules a shop can tune: name, default, least, most. Minutes, units, percent or 0/1,
/// unless it says so.
macro_rules! rules {
    ($($(#[$doc:meta])* $name:ident = $default:literal in $least:literal ..= $most:literal;)+) => {
        /// One tunable number of the rules.
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, EnumIter,
        )]
        #[serde(rename_all = "snake_case")]
        pub enum Rule {
            $($(#[$doc])* $name,)+
        }

        impl Rule {
            /// What holds until a shop says otherwise.
            pub fn default_value(self) -> i64 {
                match self { $(Self::$name => $default,)+ }
            }

            /// The bounds, both included.
            pub fn bounds(self) -> (i64, i64) {
                match self { $(Self::$name => ($least, $most),)+ }
            }
        }
    };
}

rules! {
    /// Base hold of the live segment, minutes.
    HoldLive = 10 in 1..=1_440;
    /// Base hold of a neighbourhood shop, minutes.
    HoldShop = 30 in 1..=1_440;
    /// Base hold of events, minutes.
    HoldEvents = 15 in 1..=1_440;
    /// Base hold of services, minutes.
    HoldServices = 30 in 1..=1_440;
    /// Base hold of B2B, minutes.
    HoldB2b = 60 in 1..=10_080;
    /// Hold of a client with low trust or a flag, minutes.
    HoldLowTrust = 5 in 1..=1_440;
    /// Least hold of a client with high trust, minutes.
    HoldHighTrust = 15 in 1..=1_440;
    /// Added for tier silver and above, minutes.
    HoldTierBonus = 5 in 0..=60;
    /// Below this score trust is low.
    LowTrust = 30 in 0..=100;
    /// From this score on trust is high.
    HighTrust = 80 in 0..=100;
    /// No leak: an unpaid hold never lasts longer than max(this, 2 × its length), minutes.
    NoLeakFloor = 20 in 1..=1_440;
    /// How often a new line restarts the shared deadline.
    RestartsMax = 2 in 0..=10;
    /// What choosing a method tops the hold up to, minutes.
    LockMinutes = 5 in 1..=60;
    /// What a failed attempt leaves at least, minutes.
    AfterFailureMinutes = 3 in 0..=60;
    /// One step of waiting for a provider that is processing, minutes.
    ProcessingStep = 2 in 1..=10;
    /// All such steps together, minutes.
    ProcessingMax = 10 in 0..=60;
    /// Open unpaid lines per client.
    MaxOpenLines = 5 in 1..=100;
    /// Units per line.
    MaxQuantity = 20 in 1..=10_000;
    /// Orders per client, 0 for any number.
    MaxOrdersPerClient = 0 in 0..=10_000;
    /// Score below which no order is taken.
    MinTrustScore = 0 in 0..=100;
    /// First paid, first served: 1 for yes.
    FirstPaid = 0 in 0..=1;
    /// Attempts per order beyond an unknown one.
    AttemptsAfterUnknown = 2 in 0..=10;
    /// Vendor's time to decide a cancellation of what is paid, hours.
    CancellationHours = 48 in 1..=720;
    /// Client's time to choose after a late payment, hours.
    LateChoiceHours = 24 in 1..=720;
    /// Reminder for a client with high trust, percent of the hold.
    ReminderHighTrust = 80 in 1..=99;
    /// Reminder for a client with less trust than `ReminderLowBelow`, percent of the hold.
    ReminderLowTrust = 50 in 1..=99;
    /// Reminder for everybody else, percent of the hold.
    ReminderUsual = 70 in 1..=99;
    /// Score below which the early reminder is sent.
    ReminderLowBelow = 40 in 0..=100;
    /// Hold of a waitlist offer, minutes.
    OfferMinutes = 5 in 1..=60;
    /// Head start of gold and diamond on a waitlist, seconds.
    PrioritySeconds = 60 in 0..=3_600;
    /// How long a client who chose to wait with her money waits, hours.
    LateWaitHours = 168 in 1..=720;
    /// How long the lines of an order that is over are kept for money that comes late, hours.
    LateKeepHours = 168 in 24..=2_160;
    /// Time for a refund to be back with the client, hours.
    RefundHours = 72 in 1..=720;
    /// Money goes back by itself where the provider can: 1 for yes.
    AutoRefund = 1 in 0..=1;
    /// Silence of LivePay itself that is given back to open holds, seconds: shorter is ordinary.
    OutageLeast = 30 in 5..=3_600;
    /// The most that one silence gives back, hours.
    OutageMost = 6 in 1..=72;
    /// Silence after which a live closes itself, hours.
    LiveSilenceHours = 6 in 1..=48;
    /// After FIN what comes free is offered to those who wait for so long, minutes.
    LastCallMinutes = 20 in 0..=240;
    /// Hours between the end of a live and its settled figures; after that its end stands.
    LiveSettleHours = 24 in 2..=168;
    /// Deposit of events, percent.
    DepositPercent = 50 in 1..=100;
    /// Units left from which the vendor is told that stock is low.
    LowStock = 2 in 0..=1_000;
    /// Hours between two hints to someone who just talks.
    HintHours = 24 in 1..=720;
    /// Trust policy: 1 or 2.
    TrustPolicy = 1 in 1..=2;
    /// How long FIN can be taken back, minutes.
    ReopenMinutes = 2 in 0..=60;
    /// How long the end of a live that closed itself can be taken back, minutes.
    ReopenSilentMinutes = 120 in 0..=120;
    /// Payments that come so soon after a notice to the vendor are told together, seconds; 0 for
    /// each at once.
    NoticeSeconds = 30 in 0..=600;
}

/// The shop's numbers: the defaults, and what it changed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Policy {
    changed: std::collections::BTreeMap<Rule, i64>,
}

impl Policy {
    /// What a rule says now.
    pub fn get(&self, rule: Rule) -> i64 {
        self.changed
            .get(&rule)
            .copied()
            .unwrap_or_else(|| rule.default_value())
    }

    /// The same as a count; bounds keep it non-negative and small.
    pub fn count(&self, rule: Rule) -> u32 {
        u32::try_from(self.get(rule)).unwrap_or(0)
    }

    /// The same as minutes.
    pub fn minutes(&self, rule: Rule) -> chrono::TimeDelta {
        chrono::TimeDelta::minutes(self.get(rule))
    }

    /// The same as seconds.
    pub fn seconds(&self, rule: Rule) -> chrono::TimeDelta {
        chrono::TimeDelta::seconds(self.get(rule))
    }

    /// The same as hours.
    pub fn hours(&self, rule: Rule) -> chrono::TimeDelta {
        chrono::TimeDelta::hours(self.get(rule))
    }

    /// The base hold of a segment, minutes.
    pub fn base_hold(&self, segment: Segment) -> u32 {
        self.count(match segment {
            Segment::LiveSeller => Rule::HoldLive,
            Segment::Shop => Rule::HoldShop,
            Segment::Events => Rule::HoldEvents,
            Segment::Services => Rule::HoldServices,
            Segment::B2b => Rule::HoldB2b,
        })
    }

    /// From now on a rule says something else.
    pub fn set(&mut self, rule: Rule, value: i64) {
        self.changed.insert(rule, value);
    }
}

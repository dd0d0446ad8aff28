//! What the crowd did and saw, and the report made of it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use serde::Serialize;

use super::control::Misbehaving;
use super::diary::{Note, What};
use super::figures::percentile;
use super::shops::Shop;

/// Counts of one play.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Report {
    /// Messages written by phones, each counted once however often it was delivered.
    pub messages_written: u64,
    /// Messages of shops seen by phones.
    pub messages_read: u64,
    /// Purchases begun with a keyword.
    pub purchases: u64,
    /// Purchases that got no answer at all within the buyer's patience.
    pub unanswered: u64,
    /// Purchases answered without a way to pay: sold out, or not understood.
    pub not_offered: u64,
    /// Purchases taken back by their buyer.
    pub cancelled: u64,
    /// Purchases left before paying.
    pub left: u64,
    /// Payment links received.
    pub links: u64,
    /// Links behind which the provider had no charge.
    pub dead_links: u64,
    /// Links whose charge was paid before.
    pub already_paid: u64,
    /// Payments made on the provider's page.
    pub payments: u64,
    /// Payments after which the shop said something.
    pub confirmed: u64,
    /// Things a vendor wanted to do in her live and was refused.
    pub vendor_refused: u64,
    /// Calls to the sandbox that failed.
    pub failed_calls: u64,
    /// Frames of the stream that were missed.
    pub missed_frames: u64,
    /// Messages the server never acknowledged with 200.
    pub unacknowledged: u64,
    /// Transactions in the provider's books, and their francs.
    pub books: u64,
    /// Francs of those transactions.
    pub francs: i64,
    /// Median and 99th percentile of the time to a first answer, in milliseconds.
    pub first_answer_ms: (u64, u64),
    /// Purchases in which a buyer asked again because nobody answered.
    pub asked_again: u64,
    /// Questions answered after a purchase: offers, balances, choices, regrets.
    pub answered_more: u64,
    /// How often each misbehaviour of the sandbox happened while the crowd bought.
    pub misbehaved: BTreeMap<String, u64>,
    /// The sandbox's own counters at the end.
    pub counters: serde_json::Value,
}

/// The shared count of all buyers.
#[derive(Debug, Default)]
pub(super) struct Tally {
    report: Mutex<Report>,
    answers: Mutex<Vec<Duration>>,
    written: Mutex<BTreeSet<String>>,
    diary: Mutex<Vec<Note>>,
    /// Places of the shops, by their numbers.
    places: HashMap<String, usize>,
    /// When the play began, and how many seconds of the live's own time pass in a real one.
    clock: OnceLock<(Instant, f64)>,
}

impl Tally {
    /// Of a play in these shops.
    pub(super) fn new(shops: &[Shop]) -> Self {
        let places = shops.iter().enumerate();
        let places = places.map(|(n, shop)| (shop.phone_number_id.clone(), n));
        Self {
            places: places.collect(),
            ..Self::default()
        }
    }

    /// The play begins: notes have moments from now on.
    pub(super) fn begin(&self, start: Instant, pace: f64) {
        self.clock.get_or_init(|| (start, pace));
    }

    /// A moment in the live's own time, in seconds; before the beginning it is 0.
    pub(super) fn moment(&self, at: Instant) -> f64 {
        let clock = self.clock.get();
        clock.map_or(0.0, |(start, pace)| {
            at.saturating_duration_since(*start).as_secs_f64() * pace
        })
    }

    /// Something happened just now in the shop with this number.
    pub(super) fn note(&self, number: &str, what: What) {
        self.note_at(Instant::now(), number, what);
    }

    /// Something happened at this moment in the shop with this number.
    pub(super) fn note_at(&self, at: Instant, number: &str, what: What) {
        let Some(shop) = self.places.get(number).copied() else {
            return;
        };
        let at = self.moment(at);
        let mut diary = self.diary.lock().unwrap_or_else(PoisonError::into_inner);
        diary.push(Note { at, shop, what });
    }

    /// Everything noted so far.
    pub(super) fn diary(&self) -> Vec<Note> {
        let diary = self.diary.lock();
        diary.unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn count(&self, change: impl FnOnce(&mut Report)) {
        change(&mut self.report.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// What the sandbox did between two looks at its list.
    pub(super) fn misbehaved(&self, before: &[Misbehaving], after: &[Misbehaving]) {
        let earlier = |name: &str| {
            let found = before.iter().find(|one| one.name == name);
            found.map_or(0, |one| one.happened)
        };
        let during = after.iter().map(|one| {
            let times = one.happened.saturating_sub(earlier(&one.name));
            (one.name.clone(), times)
        });
        let during = during.filter(|(_, times)| *times > 0).collect();
        self.count(|report| report.misbehaved = during);
    }

    /// A message was written under this id.
    pub(super) fn wrote(&self, wamid: String) {
        self.written
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(wamid);
    }

    /// A first answer took this long.
    pub(super) fn answered(&self, after: Duration) {
        self.answers
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(after);
    }

    /// Every message id of the crowd.
    pub(super) fn written(&self) -> BTreeSet<String> {
        self.written
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// The report so far, with the percentiles of the answers.
    pub(super) fn report(&self) -> Report {
        let mut report = self
            .report
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        let mut answers = self
            .answers
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        answers.sort();
        report.first_answer_ms = (millis(&answers, 50), millis(&answers, 99));
        report.messages_written = u64::try_from(self.written().len()).unwrap_or(u64::MAX);
        report
    }

    /// One line for a progress bar.
    pub(super) fn line(&self) -> String {
        let report = self.report.lock().unwrap_or_else(PoisonError::into_inner);
        format!(
            "{} read/lus · {} purchases/achats · {} payments/paiements",
            report.messages_read, report.purchases, report.payments
        )
    }
}

fn millis(sorted: &[Duration], percent: usize) -> u64 {
    percentile(sorted, percent).map_or(0, |after| {
        u64::try_from(after.as_millis()).unwrap_or(u64::MAX)
    })
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "messages   written {}  read {}",
            self.messages_written, self.messages_read
        )?;
        writeln!(
            f,
            "purchases  begun {}  not offered {}  cancelled {}  left {}  unanswered {}",
            self.purchases, self.not_offered, self.cancelled, self.left, self.unanswered
        )?;
        writeln!(
            f,
            "payments   links {}  paid {}  confirmed {}  already paid {}  dead {}",
            self.links, self.payments, self.confirmed, self.already_paid, self.dead_links
        )?;
        writeln!(
            f,
            "books      transactions {}  francs {}",
            self.books, self.francs
        )?;
        let (p50, p99) = self.first_answer_ms;
        writeln!(
            f,
            "answers    first answer p50 {p50} ms  p99 {p99} ms  more questions {}",
            self.answered_more
        )?;
        write!(f, "misbehaved ")?;
        if self.misbehaved.is_empty() {
            write!(f, "never")?;
        }
        for (n, (name, times)) in self.misbehaved.iter().enumerate() {
            // Four to a line.
            let gap = if n > 0 && n % 4 == 0 {
                "\n           "
            } else {
                ""
            };
            let space = if n % 4 == 0 { "" } else { "  " };
            write!(f, "{gap}{space}{name} {times}")?;
        }
        writeln!(f)?;
        write!(
            f,
            "trouble    unacknowledged {}  failed calls {}  missed frames {}  asked again {}",
            self.unacknowledged, self.failed_calls, self.missed_frames, self.asked_again
        )?;
        if self.vendor_refused > 0 {
            write!(f, "  vendors refused {}", self.vendor_refused)?;
        }
        Ok(())
    }
}

//! Every race of the paying table, told ten thousand times in random order: what comes in is
//! confirmed or due back exactly once, whoever was first (invariants 1, 3 and 8).

use chrono::TimeDelta;
use uuid::Uuid;

use crate::agenda::Due;
use crate::command::{Actor, Command, Envelope};
use crate::conversation::command::Said;
use crate::event::Event;
use crate::ids::{CommandId, OrderId};
use crate::message::Tap;
use crate::order::event::{CancelledBy, Choice};
use crate::payment::event::RefundReason;
use crate::payment::observation::Status;
use crate::spec::*;
use crate::{catalogue, conversation, decide, invariants, order, payment};

const TELLINGS: u64 = 10_000;

/// What may happen next.
#[derive(Debug, Clone, Copy)]
enum Turn {
    /// Time up, and the provider knows of no payment.
    Deadline,
    /// So much comes, in a transaction of this number.
    Success(u8, i64),
    /// A transaction fails.
    Failure(u8),
    /// Nobody knows whether the first charge was made.
    TimesOut,
    /// A transaction is taken back.
    Reversal(u8),
    /// She gives up.
    Cancel,
    /// The vendor gives up.
    Drop,
    /// She chooses, whether she is asked or not.
    Choose(Choice),
    /// She would have the bag instead.
    Swap,
    /// CHANGER.
    Change,
    /// PAYER, by Wave, and the link is made.
    Pay,
    /// Somebody else takes what is free, and pays it.
    Rival,
    /// It is handed over.
    HandOver,
    /// Fewer units are there than thought.
    Fewer,
    /// More came in.
    Restock,
    /// A day passes.
    Day,
}

/// A row of the table: what is in play beside the deadline, her choices and the others.
fn row(name: &str) -> Vec<Turn> {
    use Turn::{Cancel, Drop, Failure, HandOver, Reversal, Success};
    match name {
        "exact" => vec![Success(1, 15_000)],
        "less" => vec![Success(1, 9_000)],
        "more" => vec![Success(1, 15_700)],
        "in two parts" => vec![Success(1, 9_000), Success(2, 6_000)],
        "twice" => vec![Success(1, 15_000), Success(2, 15_000)],
        "failure" => vec![Failure(1), Success(1, 15_000)],
        "client cancels" => vec![Cancel, Success(1, 15_000), Cancel],
        "vendor cancels" => vec![Drop, Success(1, 15_000)],
        "reversed" => vec![
            Success(1, 15_000),
            Reversal(1),
            Success(2, 15_000),
            HandOver,
        ],
        "unknown" => vec![Turn::TimesOut, Success(1, 15_000), Turn::TimesOut],
        "fewer" => vec![Turn::Fewer, Success(1, 15_000), Turn::Restock],
        _ => unreachable!("no such row"),
    }
}

const AROUND: [Turn; 13] = [
    Turn::Deadline,
    Turn::Deadline,
    Turn::Choose(Choice::Wait),
    Turn::Choose(Choice::Refund),
    Turn::Choose(Choice::Keep),
    Turn::Choose(Choice::Complete),
    Turn::Swap,
    Turn::Change,
    Turn::Pay,
    Turn::Rival,
    Turn::Restock,
    Turn::Day,
    Turn::HandOver,
];

/// Luck that can be told again: splitmix64.
struct Luck(u64);

impl Luck {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, most: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(most).unwrap()).unwrap()
    }
}

/// A shop and everything that was told of it.
struct Told {
    scene: Scene,
    events: Vec<Event>,
    /// What the provider says came and was not taken back.
    came: i64,
    gone: Vec<u8>,
    seen: Vec<(u8, i64)>,
}

impl Told {
    fn ask(&mut self, command: Command) {
        let envelope = Envelope {
            id: CommandId(Uuid::from_u128(9)),
            shop: SHOP,
            actor: Actor::System,
            correlation: Uuid::from_u128(9),
            fresh: true,
            command,
        };
        let decision = decide(&mut self.scene.shop, &envelope, self.scene.now);
        self.events.extend(decision.events);
    }

    fn tap(&mut self, who: u128, tap: Tap) {
        self.hear(who, Said::Tap(tap.id()));
    }

    fn says(&mut self, who: u128, words: &str) {
        self.hear(who, Said::Text(crate::text::Text::new(words)));
    }

    fn hear(&mut self, who: u128, said: Said) {
        let said_at = self.scene.now;
        let speaker = speaker(who);
        self.ask(Command::Conversation(conversation::Command::Hear {
            speaker,
            said,
            said_at,
        }));
    }

    fn sees(&mut self, transaction: u8, status: Status, amount: Option<i64>) {
        let mut seen = seen(1, status, amount);
        seen.provider_id = Some(format!("tx-{transaction}"));
        self.ask(Command::Payment(payment::Command::Observe(seen)));
    }

    fn make_links(&mut self) {
        let newest = self.scene.shop.payments.last;
        self.ask(Command::Payment(payment::Command::RecordCharge {
            attempt: crate::ids::AttemptId(newest),
            provider_id: Some(format!("charge-{newest}")),
            link: "https://pay.example/1".to_owned(),
        }));
    }

    fn pass(&mut self, delta: TimeDelta) {
        self.scene.now += delta;
        self.ask(Command::Sweep);
    }

    fn stock(&mut self, by: i64) {
        let reason = catalogue::event::AdjustReason::Count;
        self.ask(Command::Catalogue(catalogue::Command::AdjustStock {
            variant: ROBE1,
            by,
            reason,
        }));
    }

    fn turn(&mut self, turn: Turn) {
        match turn {
            Turn::Deadline => {
                self.pass(TimeDelta::minutes(11));
                for attempt in 1..=self.scene.shop.payments.last {
                    let pending = seen(attempt, Status::Pending, None);
                    self.ask(Command::Payment(payment::Command::Observe(pending)));
                }
            }
            Turn::Success(transaction, amount) => {
                if self.seen.iter().all(|(known, _)| *known != transaction) {
                    self.seen.push((transaction, amount));
                    self.came += amount;
                    if self.gone.contains(&transaction) {
                        self.came -= amount;
                    }
                }
                self.sees(transaction, Status::Succeeded, Some(amount));
            }
            Turn::TimesOut => {
                let reason = crate::text::Text::new("E504");
                self.ask(Command::Payment(payment::Command::RecordChargeFailure {
                    attempt: crate::ids::AttemptId(1),
                    reason,
                    unknown: true,
                }));
            }
            Turn::Failure(transaction) => self.sees(transaction, Status::Failed, None),
            Turn::Reversal(transaction) => self.reverse(transaction),
            Turn::Cancel => self.tap(AMINATA, Tap::Cancel(ORDER1)),
            Turn::Drop => self.ask(Command::Order(order::Command::Cancel {
                order: ORDER1,
                by: CancelledBy::Vendor,
            })),
            Turn::Choose(choice) => self.tap(AMINATA, Tap::Choose(ORDER1, choice)),
            Turn::Swap => self.tap(AMINATA, Tap::Swap(ORDER1, SAC2)),
            Turn::Change => self.tap(AMINATA, Tap::Change(ORDER1)),
            Turn::Pay => {
                self.tap(AMINATA, Tap::Method(ORDER1, crate::segment::Method::Wave));
                self.make_links();
            }
            Turn::Rival => self.says(FATOU, "3 robe1"),
            Turn::HandOver => {
                let order = ORDER1;
                self.ask(Command::Order(order::Command::HandOver { order }));
            }
            Turn::Fewer => self.stock(-3),
            Turn::Restock => self.stock(2),
            Turn::Day => self.pass(TimeDelta::days(1)),
        }
    }

    fn reverse(&mut self, transaction: u8) {
        if !self.gone.contains(&transaction) {
            self.gone.push(transaction);
            let known = self.seen.iter().find(|(known, _)| *known == transaction);
            self.came -= known.map_or(0, |(_, amount)| *amount);
        }
        let amount = self.seen.iter().find(|(known, _)| *known == transaction);
        let amount = amount.map(|(_, amount)| *amount);
        self.sees(transaction, Status::Reversed, amount);
    }
}

/// What was told of the money, in francs: confirmed, due back, taken back from use, and arrived
/// back at its payer.
fn books(events: &[Event]) -> (i64, i64, i64, i64) {
    use payment::Event as E;
    let mut books = (0, 0, 0, 0);
    for event in events {
        let Event::Payment(event) = event else {
            continue;
        };
        if let E::PaymentConfirmed { amount, .. } = event {
            books.0 += amount.0;
        }
        if let E::RefundDue { amount, reason, .. } = event {
            books.1 += amount.0;
            if *reason == RefundReason::VendorCancelled {
                books.0 -= amount.0;
            }
        }
        if let E::PaymentReversed { amount, .. } = event {
            books.2 += amount.0;
        }
        if let E::RefundConfirmed { amount, .. } = event {
            books.3 += amount.0;
        }
    }
    books
}

fn tell_from(scene: &Scene, name: &str, seed: u64, luck: &mut Luck) {
    let mut told = Told {
        scene: scene.clone(),
        events: Vec::new(),
        came: 0,
        gone: Vec::new(),
        seen: Vec::new(),
    };
    let mut turns = row(name);
    for _ in 0..luck.below(6) {
        turns.push(AROUND[luck.below(AROUND.len())]);
    }
    for last in (1..turns.len()).rev() {
        turns.swap(last, luck.below(last + 1));
    }
    for turn in &turns {
        told.turn(*turn);
        let checked = invariants::check(&told.scene.shop);
        assert_eq!(checked, Ok(()), "{name}, telling {seed}: {turns:?}");
    }
    // Whatever is open ends.
    for _ in 0..3 {
        told.turn(Turn::Deadline);
    }
    told.pass(TimeDelta::days(2));
    told.pass(TimeDelta::days(8));
    let story = || format!("{name}, telling {seed}: {turns:?}");
    let shop = &told.scene.shop;
    assert_eq!(invariants::check(shop), Ok(()), "{}", story());
    let owed = |id: &OrderId| {
        let open = shop.orders.open.get(id);
        open.is_some_and(|known| known.phase == order::Phase::Owed)
    };
    // Money of an order that is owed the rest of it waits there, however long.
    let spare: i64 = shop
        .payments
        .attempts
        .values()
        .map(|known| known.spare().0)
        .sum();
    assert!(spare == 0 || owed(&ORDER1), "{}", story());
    let (confirmed, due, taken, back) = books(&told.events);
    let gross: i64 = told.seen.iter().map(|(_, amount)| amount).sum();
    let got: i64 = shop
        .payments
        .attempts
        .values()
        .map(|known| known.got.0)
        .sum();
    assert_eq!(got, gross - taken, "{}", story());
    // What the provider took back was in use, or on its way back.
    assert_eq!(gross - told.came, taken + back, "{}", story());
    if taken == 0 {
        assert_eq!(confirmed + due + spare, gross, "{}", story());
    }
    let refunds: i64 = shop
        .payments
        .refunds
        .values()
        .map(|item| item.amount.0)
        .sum();
    assert_eq!(refunds, due - back, "{}", story());
    // Nothing is held for ever, and no choice stays open.
    let held = shop
        .orders
        .open
        .values()
        .filter(|known| known.holds())
        .count();
    assert_eq!(held, 0, "{}", story());
    assert_eq!(shop.agenda.at(Due::Choice(ORDER1)), None, "{}", story());
}

/// How every telling of a row begins: she pays; where its making is unknown, the link is not there.
fn begin(name: &str) -> Scene {
    if name == "unknown" {
        return boutique().says(AMINATA, "robe1").says(AMINATA, "WAVE");
    }
    boutique().paying(AMINATA)
}

fn thousands(name: &str) {
    let scene = begin(name);
    for seed in 0..TELLINGS {
        tell_from(&scene, name, seed, &mut Luck(seed));
    }
}

macro_rules! rows {
    ($($test:ident = $name:literal;)+) => {$(
        #[test]
        fn $test() {
            thousands($name);
        }
    )+};
}

rows! {
    an_exact_payment = "exact";
    a_payment_of_less = "less";
    a_payment_of_more = "more";
    a_payment_in_two_parts = "in two parts";
    a_payment_twice = "twice";
    a_failure_and_a_success = "failure";
    a_client_who_cancels = "client cancels";
    a_vendor_who_cancels = "vendor cancels";
    a_reversal = "reversed";
    a_charge_nobody_knows_about = "unknown";
    fewer_units_than_thought = "fewer";
}

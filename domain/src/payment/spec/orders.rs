//! The same news in two orders ends in the same books: what is confirmed, what is due back, and
//! what becomes of the order, wherever the table says so.

use proptest::prelude::*;

use crate::event::Event;
use crate::ids::AttemptId;
use crate::order::Phase;
use crate::payment;
use crate::payment::observation::{Observation, Source, Status, Trusted};
use crate::spec::*;

/// One piece of news about the only attempt: a transaction has one truth, told as often and by
/// whom it pleases.
fn news() -> impl Strategy<Value = Vec<Observation>> {
    let truth = (1..5_u8, prop::option::of(1_i64..31)).prop_map(|(transaction, sum)| {
        // A sum of thousands: exact at 15; nothing for a transaction that fails.
        (transaction, sum.map(|thousands| thousands * 1_000))
    });
    let telling = (truth, any::<bool>(), any::<bool>());
    prop::collection::vec(telling, 1..8).prop_map(|tellings| {
        let mut truths = std::collections::BTreeMap::new();
        let tell = |((transaction, sum), rung, hint): ((u8, Option<i64>), bool, bool)| {
            let sum = *truths.entry(transaction).or_insert(sum);
            let status = sum.map_or(Status::Failed, |_| Status::Succeeded);
            let mut seen = seen(1, status, sum);
            seen.provider_id = Some(format!("tx-{transaction}"));
            if rung {
                seen.source = Source::Webhook;
            }
            if rung && hint {
                seen.trusted = Trusted::Hint;
            }
            seen
        };
        let mut all: Vec<Observation> = tellings.into_iter().map(tell).collect();
        // Every hint leads to a question, and the answer is believed.
        let answers: Vec<Observation> = all.iter().cloned().map(believed).collect();
        all.extend(answers);
        all
    })
}

fn believed(mut seen: Observation) -> Observation {
    seen.trusted = Trusted::Fully;
    seen.source = Source::List;
    seen
}

/// Confirmed, due back, and kept for an order that is not whole; and whether the order is paid.
type Books = (i64, i64, i64, bool);

fn told(scene: Scene, news: &[Observation]) -> Books {
    let mut books = (0, 0, 0, false);
    let mut scene = scene;
    for seen in news {
        scene = scene.observes(seen.clone());
        for event in &scene.last.events {
            if let Event::Payment(payment::Event::PaymentConfirmed { amount, .. }) = event {
                books.0 += amount.0;
            }
            if let Event::Payment(payment::Event::RefundDue { amount, .. }) = event {
                books.1 += amount.0;
            }
        }
    }
    books.2 = scene.shop.payments.attempts[&AttemptId(1)].spare().0;
    let known = scene.shop.orders.open.get(&ORDER1);
    books.3 = known.is_some_and(|known| known.phase == Phase::Confirmed);
    books
}

proptest! {
    #[test]
    fn in_any_order_while_she_pays(
        (first, second) in news().prop_flat_map(|news| {
            (Just(news.clone()), Just(news).prop_shuffle())
        }),
    ) {
        let scene = || boutique().paying(AMINATA);
        prop_assert_eq!(told(scene(), &first), told(scene(), &second));
    }

    /// Her time is up before, between or after: free units make it the same.
    #[test]
    fn before_or_after_the_deadline(paid in 15_i64..20, at in 0..3_usize) {
        let pays = seen(1, Status::Succeeded, Some(paid * 1_000));
        let asked = || boutique().paying(AMINATA).later(10);
        let scene = match at {
            0 => boutique().paying(AMINATA),
            1 => asked(),
            _ => asked().observes(seen(1, Status::Pending, None)),
        };
        prop_assert_eq!(
            told(scene, std::slice::from_ref(&pays)),
            (15_000, (paid - 15) * 1_000, 0, true)
        );
    }
}

//! What the tables say of money: late, taken back, claimed, and on its way back.

use chrono::TimeDelta;
use domain::{
    command::Command,
    ids::{OrderId, RefundId, VariantId},
    order::{self, event::Choice},
    payment::{self, command::RefundOutcome, observation::Status},
    segment::Method,
};
use projections::refunds::{self, Sum};

use super::day::Day;

const AWA: u128 = 1;
const BINTA: u128 = 2;

fn choose(choice: Choice) -> Command {
    let order = OrderId(1);
    Command::Order(order::Command::Choose { order, choice })
}

/// Awa pays three dresses when her time is up and Binta has them.
async fn late() -> Day {
    let mut day = Day::begins().await;
    day.says(AWA, "3 robe1 M").await;
    day.says(AWA, "WAVE").await;
    day.later(TimeDelta::minutes(20)).await;
    day.provider(1, Status::Pending, 28_500).await;
    day.says(BINTA, "3 robe1 M").await;
    day.provider(1, Status::Succeeded, 28_500).await;
    day
}

fn sum(state: &str, refunds: i64, overdue: i64, amount: i64) -> Sum {
    let state = state.to_owned();
    Sum {
        state,
        refunds,
        overdue,
        amount,
    }
}

#[tokio::test]
async fn late_money_waits_for_its_payers_choice_and_goes_back() {
    let mut day = late().await;
    let (state, left) = day.order(1).await;
    assert_eq!(
        (state.as_str(), left),
        ("choosing", Some(TimeDelta::hours(24)))
    );
    let came = &day.payments().await[0];
    assert_eq!(
        (came.asked, came.got, came.confirmed, came.due_back),
        (28_500, 28_500, 0, 0)
    );
    assert_eq!(
        (came.state.as_str(), came.status.as_deref()),
        ("paid", Some("succeeded"))
    );
    assert_eq!(came.provider_id.as_deref(), Some("tx1"));

    day.does(choose(Choice::Wait)).await;
    assert_eq!(day.order(1).await.0, "waiting");
    day.does(choose(Choice::Refund)).await;
    assert_eq!(day.order(1).await, ("expired".to_owned(), None));
    assert_eq!(day.board().await.orders[1].refund_due, 28_500);
    assert_eq!(day.payments().await[0].due_back, 28_500);

    // A whole transaction goes back by itself.
    let mut tx = day.look().await;
    let open = refunds::open(&mut tx, None, 10).await.unwrap();
    assert_eq!(
        (open.len(), open[0].state.as_str(), open[0].automatic),
        (1, "asked", true)
    );
    assert_eq!((open[0].reason.as_str(), open[0].order), ("late", 1));
    assert_eq!(open[0].sealed_name.as_deref(), Some("sealed Awa"));
    assert_eq!(open[0].until, day.story.at + TimeDelta::hours(72));

    let evidence = "T9".into();
    let outcome = RefundOutcome::Sent { evidence };
    let refund = RefundId(1);
    day.pays(payment::Command::RecordRefund { refund, outcome })
        .await;
    assert_eq!(day.board().await.orders[1].refund_due, 0);
    day.provider(1, Status::Reversed, 28_500).await;
    let mut tx = day.look().await;
    assert_eq!(
        refunds::totals(&mut tx).await.unwrap(),
        [sum("confirmed", 1, 0, 28_500)]
    );
    assert_eq!(refunds::open(&mut tx, None, 10).await.unwrap(), []);
}

#[tokio::test]
async fn late_money_is_honoured_once_its_units_are_free() {
    let mut day = late().await;
    day.does(choose(Choice::Wait)).await;
    day.says(BINTA, "ANNULER").await;
    assert_eq!(day.order(1).await, ("confirmed".to_owned(), None));
    let board = day.board().await;
    assert_eq!((board.stock[0].held, board.stock[0].committed), (0, 3));
    assert_eq!(board.figures.collected, 28_500);
    assert_eq!(day.payments().await[0].confirmed, 28_500);
}

#[tokio::test]
async fn late_money_swapped_is_another_order_line_and_the_rest_goes_back() {
    let mut day = late().await;
    // Of the bag, the third variant, there are enough.
    let (order, variant) = (OrderId(1), VariantId(3));
    day.does(Command::Order(order::Command::Swap { order, variant }))
        .await;
    let board = day.board().await;
    let swapped = &board.orders[1];
    assert_eq!(
        (swapped.state.as_str(), swapped.total),
        ("confirmed", 28_500)
    );
    assert_eq!(
        (swapped.lines[0].keyword.as_str(), swapped.lines[0].quantity),
        ("SAC2", 3)
    );
    assert_eq!((board.stock[0].held, board.stock[2].committed), (3, 3));
}

#[tokio::test]
async fn late_money_nobody_answered_for_goes_back_when_her_time_is_up() {
    let mut day = late().await;
    day.later(TimeDelta::hours(25)).await;
    assert_eq!(day.order(1).await, ("expired".to_owned(), None));
    let mut tx = day.look().await;
    let open = refunds::open(&mut tx, None, 10).await.unwrap();
    assert_eq!(
        (open.len(), open[0].amount, open[0].state.as_str()),
        (1, 28_500, "asked")
    );
}

#[tokio::test]
async fn late_and_too_little_is_held_again_for_who_pays_the_rest() {
    let mut day = Day::begins().await;
    day.says(AWA, "sac2").await;
    day.says(AWA, "WAVE").await;
    day.later(TimeDelta::minutes(20)).await;
    day.provider(1, Status::Pending, 9_500).await;
    assert_eq!(day.order(1).await, ("expired".to_owned(), None));
    day.provider(1, Status::Succeeded, 9_000).await;
    assert_eq!(day.order(1).await.0, "choosing");
    day.does(choose(Choice::Complete)).await;
    let (state, left) = day.order(1).await;
    assert_eq!(
        (state.as_str(), left),
        ("held", Some(TimeDelta::minutes(5)))
    );
    assert_eq!(day.board().await.stock[2].held, 1);
    day.says(AWA, "WAVE").await;
    day.provider(2, Status::Succeeded, 500).await;
    assert_eq!(day.order(1).await.0, "confirmed");
    assert_eq!(day.board().await.figures.collected, 9_500);
}

#[tokio::test]
async fn a_refund_the_provider_refused_is_somebodys_work_until_it_arrived() {
    let mut day = late().await;
    day.does(choose(Choice::Refund)).await;
    // A second one, more urgent than nothing: Binta pays too much.
    day.says(BINTA, "WAVE").await;
    day.provider(2, Status::Succeeded, 29_000).await;
    let refund = RefundId(1);
    let outcome = RefundOutcome::Refused {
        reason: "409".into(),
    };
    day.pays(payment::Command::RecordRefund { refund, outcome })
        .await;
    day.pays(payment::Command::TakeRefund {
        refund,
        owner: "awa".into(),
    })
    .await;
    day.later(TimeDelta::hours(73)).await;

    let mut tx = day.look().await;
    let first = refunds::open(&mut tx, None, 1).await.unwrap();
    assert_eq!(
        (first[0].refund, first[0].state.as_str(), first[0].automatic),
        (1, "failed", false)
    );
    assert_eq!(first[0].owner.as_deref(), Some("awa"));
    assert_eq!(first[0].failure.as_deref(), Some("409"));
    assert_eq!(first[0].overdue_at, Some(day.story.at));
    let after = Some((first[0].until, first[0].refund));
    let second = refunds::open(&mut tx, after, 10).await.unwrap();
    assert_eq!((second.len(), second[0].refund), (1, 2));
    assert_eq!(
        (second[0].reason.as_str(), second[0].state.as_str()),
        ("surplus", "due")
    );
    assert_eq!(
        refunds::totals(&mut tx).await.unwrap(),
        [sum("due", 1, 1, 500), sum("failed", 1, 1, 28_500)]
    );

    let (method, evidence) = ("Wave".into(), "T1".into());
    day.pays(payment::Command::SendRefund {
        refund,
        method,
        evidence,
    })
    .await;
    let mut tx = day.look().await;
    let sent = &refunds::open(&mut tx, None, 1).await.unwrap()[0];
    assert_eq!((sent.state.as_str(), sent.automatic), ("sent", false));
    assert_eq!(
        (sent.method.as_deref(), sent.evidence.as_deref()),
        (Some("Wave"), Some("T1"))
    );
}

#[tokio::test]
async fn money_taken_back_leaves_an_order_owed_and_paid_again_it_stands() {
    let mut day = Day::begins().await;
    day.says(AWA, "sac2").await;
    day.says(AWA, "WAVE").await;
    day.provider(1, Status::Succeeded, 9_500).await;
    assert_eq!(day.order(1).await.0, "confirmed");
    day.provider(1, Status::Reversed, 9_500).await;
    assert_eq!(day.order(1).await, ("owed".to_owned(), None));
    let board = day.board().await;
    assert_eq!((board.figures.paid, board.figures.collected), (0, 0));
    assert_eq!((board.stock[2].held, board.stock[2].committed), (0, 1));
    let gone = &day.payments().await[0];
    assert_eq!((gone.got, gone.confirmed, gone.reversed), (0, 0, 9_500));
    assert_eq!(gone.status.as_deref(), Some("reversed"));

    let (order, method) = (OrderId(1), Method::Wave);
    day.pays(payment::Command::ChooseMethod { order, method })
        .await;
    day.provider(2, Status::Succeeded, 9_500).await;
    assert_eq!(day.order(1).await.0, "confirmed");
    let board = day.board().await;
    assert_eq!((board.figures.paid, board.figures.collected), (1, 9_500));
    assert_eq!((board.stock[2].held, board.stock[2].committed), (0, 1));
}

#[tokio::test]
async fn part_of_the_money_waits_for_the_balance_and_both_pay_the_order() {
    let mut day = Day::begins().await;
    day.says(AWA, "sac2").await;
    day.says(AWA, "WAVE").await;
    day.provider(1, Status::Succeeded, 9_000).await;
    let part = &day.payments().await[0];
    assert_eq!((part.got, part.confirmed, part.due_back), (9_000, 0, 0));
    day.says(AWA, "WAVE").await;
    day.provider(2, Status::Succeeded, 500).await;
    let both = day.payments().await;
    assert_eq!(
        (both[0].confirmed, both[1].asked, both[1].confirmed),
        (9_000, 500, 500)
    );
    assert_eq!(day.board().await.figures.collected, 9_500);
}

#[tokio::test]
async fn a_claimed_payment_is_shown_until_the_provider_answers() {
    let mut day = Day::begins().await;
    day.says(AWA, "sac2").await;
    day.says(AWA, "WAVE").await;
    day.says(AWA, "j'ai payé").await;
    assert_eq!(day.payments().await[0].claimed_at, Some(day.story.at));
    day.provider(1, Status::Pending, 9_500).await;
    assert_eq!(day.payments().await[0].claimed_at, None);
    day.says(AWA, "j'ai payé").await;
    day.provider(1, Status::Succeeded, 9_500).await;
    assert_eq!(day.payments().await[0].claimed_at, None);
}

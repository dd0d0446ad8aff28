//! Scenes: money that goes back, as a work item.

use crate::command::{Answer, Command};
use crate::ids::RefundId;
use crate::message::Message;
use crate::money::Amount;
use crate::payment;
use crate::payment::command::RefundOutcome;
use crate::payment::observation::{Source, Status, Trusted};
use crate::payment::state::Way;
use crate::policy::Rule;
use crate::rejection::Rejection;
use crate::shop;
use crate::spec::*;
use crate::text::Text;

const FIRST: RefundId = RefundId(1);

fn asks(command: payment::Command) -> Command {
    Command::Payment(command)
}

fn outcome(outcome: RefundOutcome) -> Command {
    asks(payment::Command::RecordRefund {
        refund: FIRST,
        outcome,
    })
}

/// A second charge of Aminata's paid order: 15 000 F are due back, whole.
fn due() -> Scene {
    let mut second = seen(1, Status::Succeeded, Some(15_000));
    second.provider_id = Some("tx-other".to_owned());
    boutique()
        .paying(AMINATA)
        .observes(seen(1, Status::Succeeded, Some(15_000)))
        .observes(second)
}

/// The same in a shop that sends its refunds by hand.
fn by_hand() -> Scene {
    let rule = Rule::AutoRefund;
    let policy = shop::Command::ChangePolicy { rule, to: 0 };
    let mut second = seen(1, Status::Succeeded, Some(15_000));
    second.provider_id = Some("tx-other".to_owned());
    boutique()
        .when(Command::Shop(policy))
        .paying(AMINATA)
        .observes(seen(1, Status::Succeeded, Some(15_000)))
        .observes(second)
        .then_kinds(&["PaymentObserved", "RefundDue"])
}

fn reversed() -> payment::observation::Observation {
    let mut seen = seen(1, Status::Reversed, Some(15_000));
    seen.provider_id = Some("tx-other".to_owned());
    seen
}

#[test]
fn a_whole_transaction_goes_back_by_itself_and_she_is_told_when_it_did() {
    let sent = RefundOutcome::Sent {
        evidence: Text::new("tx-other"),
    };
    let scene = due()
        .when(outcome(sent))
        .then_kinds(&["RefundSent"])
        .then_says(&[]);
    let scene = scene
        .observes(reversed())
        .then_kinds(&["PaymentObserved", "RefundConfirmed"])
        .then_says(&["refund-sent"]);
    assert!(scene.shop.payments.refunds.is_empty());
    // The order itself stays paid.
    assert_eq!(scene.stock(ROBE1), (3, 0, 1, 0));
}

#[test]
fn news_of_it_may_be_faster_than_the_answer() {
    let sent = RefundOutcome::Sent {
        evidence: Text::default(),
    };
    due()
        .observes(reversed())
        .then_kinds(&["PaymentObserved", "RefundConfirmed"])
        .when(outcome(sent))
        .answers(Answer::Already);
}

#[test]
fn a_provider_that_refuses_leaves_it_to_the_vendor() {
    let refused = RefundOutcome::Refused {
        reason: Text::new("E400-38"),
    };
    let scene = due()
        .when(outcome(refused))
        .then_kinds(&["RefundFailed"])
        .then_says(&["vendor-refund-late"]);
    assert_eq!(scene.shop.payments.refunds[&FIRST].way, Way::ByHand);
}

#[test]
fn when_nobody_knows_it_is_watched_and_never_sent_twice() {
    let send = asks(payment::Command::SendRefund {
        refund: FIRST,
        method: Text::new("Wave"),
        evidence: Text::new("T-1"),
    });
    due()
        .when(outcome(RefundOutcome::Unknown))
        .then_nothing()
        .when(send)
        .refused(Rejection::RefundElsewhere)
        .later(72 * 60)
        .then_kinds(&["RefundOverdue"])
        .then_says(&["vendor-refund-late"])
        .observes(reversed())
        .then_kinds(&["PaymentObserved", "RefundConfirmed"]);
}

#[test]
fn by_hand_it_has_an_owner_a_way_and_evidence() {
    let take = asks(payment::Command::TakeRefund {
        refund: FIRST,
        owner: Text::new("awa"),
    });
    let send = asks(payment::Command::SendRefund {
        refund: FIRST,
        method: Text::new("Wave"),
        evidence: Text::new("T-1"),
    });
    let confirm = asks(payment::Command::ConfirmRefund { refund: FIRST });
    let scene = by_hand()
        .when(take.clone())
        .then_kinds(&["RefundTaken"])
        .when(take)
        .answers(Answer::Already)
        .when(confirm.clone())
        .refused(Rejection::RefundElsewhere)
        .when(send.clone())
        .then_kinds(&["RefundSent"])
        .then_says(&["refund-sent"]);
    let Message::RefundSent {
        method, evidence, ..
    } = scene.message()
    else {
        panic!("{:?}", scene.message());
    };
    assert_eq!((method.as_str(), evidence.as_str()), ("Wave", "T-1"));
    scene
        .when(send)
        .refused(Rejection::RefundElsewhere)
        .when(confirm.clone())
        .then_kinds(&["RefundConfirmed"])
        .then_says(&[])
        .when(confirm)
        .refused(Rejection::RefundUnknown);
}

#[test]
fn what_did_not_arrive_is_due_again_and_late_ones_are_told_each_time() {
    let send = asks(payment::Command::SendRefund {
        refund: FIRST,
        method: Text::new("Wave"),
        evidence: Text::new("T-1"),
    });
    let fail = asks(payment::Command::FailRefund {
        refund: FIRST,
        reason: Text::new("compte fermé"),
    });
    let scene = by_hand()
        .when(send)
        .when(fail)
        .then_kinds(&["RefundFailed"]);
    let scene = scene.later(72 * 60).then_kinds(&["RefundOverdue"]);
    scene
        .later(72 * 60)
        .then_kinds(&["RefundOverdue"])
        .then_says(&["vendor-refund-late"]);
}

#[test]
fn a_reversal_beyond_the_refund_takes_the_orders_own_money_too() {
    let mut whole = seen(1, Status::Reversed, Some(16_000));
    whole.provider_id = Some("tx-1".to_owned());
    boutique()
        .paying(AMINATA)
        .observes(seen(1, Status::Succeeded, Some(16_000)))
        .observes(whole)
        .then_kinds(&["PaymentObserved", "RefundConfirmed", "PaymentReversed"]);
}

#[test]
fn a_net_reversal_is_the_whole_sum() {
    let mut net = reversed();
    net.amount = Some(Amount(14_775));
    net.fees = Some(Amount(225));
    due()
        .observes(net)
        .then_kinds(&["PaymentObserved", "RefundConfirmed"]);
}

#[test]
fn she_says_she_paid_and_the_provider_is_asked() {
    let scene = boutique()
        .paying(AMINATA)
        .says(AMINATA, "j'ai payé")
        .then_kinds(&["PaymentClaimed"])
        .then_says(&["checking-payment"]);
    assert_eq!(scene.asks(), ["ask:1"]);
    let again = scene.clone().says(AMINATA, "j'ai déjà payé").then_nothing();
    assert!(again.asks().is_empty());
    scene
        .clone()
        .observes(seen(1, Status::Pending, None))
        .then_kinds(&["ClaimAnswered"])
        .then_says(&["not-paid-yet"])
        .observes(seen(1, Status::Pending, None))
        .then_nothing();
    // A webhook is no answer, and neither is money on its way.
    let mut rung = seen(1, Status::Pending, None);
    rung.source = Source::Webhook;
    rung.trusted = Trusted::Hint;
    let scene = scene
        .observes(rung)
        .then_nothing()
        .observes(seen(1, Status::Processing, None))
        .then_nothing();
    scene
        .observes(seen(1, Status::Succeeded, Some(15_000)))
        .then_says(&["paid", "vendor-paid"]);
}

#[test]
fn a_screenshot_asks_too_and_so_does_her_word_after_the_end() {
    use crate::conversation::command::{Media, Said};
    boutique()
        .paying(AMINATA)
        .hears(AMINATA, Said::Media(Media::Picture))
        .then_kinds(&["PaymentClaimed"]);
    let over = boutique()
        .paying(AMINATA)
        .later(10)
        .observes(seen(1, Status::Pending, None))
        .says(AMINATA, "I paid");
    let over = over
        .then_kinds(&["PaymentClaimed"])
        .then_says(&["checking-payment"]);
    assert_eq!(over.asks(), ["ask:1"]);
    over.observes(seen(1, Status::Absent, None))
        .then_kinds(&["ClaimAnswered"])
        .then_says(&["not-paid-yet"]);
}

#[test]
fn who_asked_for_no_charge_is_asked_how_to_pay() {
    boutique()
        .says(AMINATA, "robe1")
        .says(AMINATA, "j'ai payé")
        .then_nothing()
        .then_says(&["ask-method"])
        .says(FATOU, "j'ai payé")
        .refused(Rejection::NothingOpen);
}

#[test]
fn a_claim_is_answered_by_a_failure_too_and_may_be_made_again() {
    let over = boutique()
        .paying(AMINATA)
        .later(10)
        .observes(seen(1, Status::Pending, None))
        .says(AMINATA, "j'ai payé");
    let scene = over
        .observes(seen(1, Status::Failed, None))
        .then_kinds(&["ClaimAnswered"])
        .then_says(&["not-paid-yet"]);
    let scene = scene
        .says(AMINATA, "j'ai payé")
        .then_kinds(&["PaymentClaimed"]);
    assert_eq!(scene.asks(), ["ask:1"]);
}

#[test]
fn what_the_provider_sends_is_confirmed_by_its_own_news_only() {
    let sent = RefundOutcome::Sent {
        evidence: Text::default(),
    };
    let confirm = asks(payment::Command::ConfirmRefund { refund: FIRST });
    due()
        .when(outcome(sent))
        .when(confirm)
        .refused(Rejection::RefundElsewhere)
        .observes(reversed())
        .then_kinds(&["PaymentObserved", "RefundConfirmed"]);
}

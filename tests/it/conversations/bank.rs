//! What the payment provider answers.

use chrono::{DateTime, Utc};
use domain::ids::{AttemptId, RefundId};
use domain::money::Amount;
use domain::payment::Command;
use domain::payment::command::RefundOutcome;
use domain::payment::observation::{Observation, Source, Status, Trusted};
use domain::text::Text;

use super::script::Provider;

/// The command that the house makes of it.
pub(super) fn answer(
    what: &Provider,
    (attempt, named): (AttemptId, Option<&str>),
    now: DateTime<Utc>,
) -> Command {
    let named = named.unwrap_or_default();
    let transaction = || Some(format!("transaction-{attempt}{named}"));
    let observed = |status, amount: Option<(i64, Option<i64>)>, source, trusted| {
        Command::Observe(Observation {
            attempt,
            provider_id: transaction(),
            status,
            amount: amount.map(|(paid, _)| Amount(paid)),
            fees: amount.and_then(|(_, fees)| fees).map(Amount),
            currency: Some("XOF".to_owned()),
            paid_at: (status == Status::Succeeded).then_some(now),
            source,
            trusted,
        })
    };
    match what {
        Provider::Link => Command::RecordCharge {
            attempt,
            provider_id: transaction(),
            link: "https://checkout.example/1".to_owned(),
        },
        Provider::Refused | Provider::TimedOut => Command::RecordChargeFailure {
            attempt,
            reason: Text::new("REFUSED"),
            unknown: *what == Provider::TimedOut,
        },
        Provider::Late => Command::LinkLate { attempt },
        Provider::Silent => Command::NoAnswer { attempt },
        Provider::Hint => observed(Status::Succeeded, None, Source::Webhook, Trusted::Hint),
        Provider::Reversed(sum) => observed(
            Status::Reversed,
            Some((*sum, None)),
            Source::List,
            Trusted::Fully,
        ),
        Provider::Refund(refund, said) => Command::RecordRefund {
            refund: RefundId(*refund),
            outcome: match said {
                Some(true) => RefundOutcome::Sent {
                    evidence: Text::new("TX-1"),
                },
                Some(false) => RefundOutcome::Refused {
                    reason: Text::new("E400-38 solde insuffisant"),
                },
                None => RefundOutcome::Unknown,
            },
        },
        Provider::Foreign(paid) => {
            let paid = Some((*paid, None));
            let seen = observed(Status::Succeeded, paid, Source::List, Trusted::Fully);
            in_euros(seen)
        }
        Provider::Status(status, amount) => {
            observed(*status, *amount, Source::List, Trusted::Fully)
        }
    }
}

fn in_euros(command: Command) -> Command {
    let Command::Observe(mut seen) = command else {
        return command;
    };
    seen.currency = Some("EUR".to_owned());
    Command::Observe(seen)
}

//! The facts that hold what was weighed: a new order, or lines of her cart.

use crate::ids::{ClientId, OrderId};
use crate::money::Amount;
use crate::policy::Rule;
use crate::rejection::Rejection;
use crate::story::Story;

use super::event::Line;
use super::{Event, Phase, first_paid, hold};

/// One change of the cart.
#[derive(Debug, Clone, Copy)]
pub(super) struct Step {
    pub(super) line: Line,
    /// Units of it that the cart held before; 0 for a new line.
    pub(super) had: u32,
}

/// A new order of what was weighed.
pub(super) fn open(
    story: &mut Story<'_>,
    client: ClientId,
    steps: &[Step],
) -> Result<OrderId, Rejection> {
    let known = story
        .shop
        .clients
        .get(client)
        .ok_or(Rejection::ClientUnknown)?;
    let terms = hold::terms(story.shop, known);
    let lines: Vec<Line> = steps.iter().map(|step| step.line).collect();
    let mut sums = lines
        .iter()
        .map(|line| line.unit_price.times(line.quantity));
    let total = sums.try_fold(Amount::ZERO, |sum, line| sum.plus(line?));
    let total = total.ok_or(Rejection::SumTooLarge)?;
    let order = story.shop.orders.next();
    let deadline = hold::deadline(story.now, terms.minutes);
    let live = story.shop.live.current;
    let unheld = first_paid::applies(story.shop, known);
    story.fact(Event::OrderPlaced {
        order,
        client,
        live,
        lines,
        total,
        deadline,
        terms,
        unheld,
    });
    Ok(order)
}

/// Tells the changes of a cart. A new line restarts the shared deadline, within the limits.
pub(super) fn fill(story: &mut Story<'_>, order: OrderId, steps: &[Step]) -> OrderId {
    for step in steps {
        let Some(known) = story.shop.orders.open.get(&order) else {
            return order;
        };
        let line = step.line;
        let unheld = known.phase == Phase::Wished;
        let sum = |quantity: u32| line.unit_price.times(quantity).unwrap_or_default();
        let rest = known.total.minus(sum(step.had)).unwrap_or_default();
        let total = rest.plus(sum(line.quantity)).unwrap_or_default();
        if step.had == 0 {
            let restarts = story.shop.policy.count(Rule::RestartsMax);
            let restarted = known.within_bound(hold::deadline(story.now, known.minutes));
            let deadline = if known.restarts < restarts {
                restarted
            } else {
                known.deadline
            };
            story.fact(Event::LineAdded {
                order,
                line,
                total,
                deadline,
                unheld,
            });
        } else if step.had != line.quantity {
            let (variant, from, to) = (line.variant, step.had, line.quantity);
            story.fact(Event::LineChanged {
                order,
                variant,
                from,
                to,
                total,
                unheld,
            });
        }
    }
    order
}

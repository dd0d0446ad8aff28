//! Placing an order: which wishes can be held, and the facts that hold them.
//!
//! A buyer has one unfrozen cart. All wishes of one message are weighed against the state and
//! each other first; then what can be held is told, as one new order or as lines of her cart.

use crate::client::Client;
use crate::ids::{ClientId, OrderId, ProductId, VariantId};
use crate::message::ProductShown;
use crate::money::Amount;
use crate::payment::money::received;
use crate::policy::Rule;
use crate::rejection::Rejection;
use crate::shop::Shop;
use crate::story::Story;
use crate::text::Text;
use crate::waitlist::decide::may_wait;
use crate::waitlist::{self, answer};

use super::event::Line;
use super::fill::{Step, fill, open};
use super::{Order, Phase, unmet};

/// Units she wants, named exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Want {
    pub(crate) product: ProductId,
    pub(crate) variant: VariantId,
    pub(crate) quantity: u32,
}

/// What became of a message with wishes: the order, the last product that was held, and whether
/// it was her cart before.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Held {
    pub(crate) order: OrderId,
    pub(crate) product: ProductId,
    pub(crate) changed: bool,
}

/// What became of a message with wishes.
#[derive(Debug)]
pub(crate) struct Placed {
    /// What is held.
    pub(crate) held: Option<Held>,
    /// What is sold out and may be waited for; she does not wait yet.
    pub(crate) sold_out: Vec<Want>,
    /// The first refusal, if there was any.
    refusal: Option<Rejection>,
}

impl Placed {
    /// What is held; if nothing is, the first refusal.
    pub(crate) fn held_or_refused(self) -> Result<Held, Rejection> {
        let refusal = self.refusal.unwrap_or(Rejection::ProductUnknown);
        self.held.ok_or(refusal)
    }
}

/// Her cart that can be changed: the newest one not frozen, of which nothing is paid.
pub(crate) fn cart(shop: &Shop, client: &Client) -> Option<OrderId> {
    let held = |id: &OrderId| {
        shop.orders
            .open
            .get(id)
            .is_some_and(|order| matches!(order.phase, Phase::Held | Phase::Wished))
            && received(shop, *id).0 == 0
    };
    client.open.iter().rev().copied().find(|id| held(id))
}

/// Whether anything may be placed for her at all.
pub(crate) fn welcome(shop: &Shop, client: ClientId) -> Result<&Client, Rejection> {
    if !shop.profile.as_ref().is_some_and(|profile| profile.open) {
        return Err(Rejection::ShopClosed);
    }
    let known = shop.clients.get(client).ok_or(Rejection::ClientUnknown)?;
    if known.blocked {
        Err(Rejection::ClientBlocked)
    } else {
        Ok(known)
    }
}

/// Holds what can be held of her wishes, in order. A wish that was refused before (no size, no
/// sense in the number) comes as its refusal. What she is offered is hers to take: an order for it
/// accepts the offer. What she places she does not wait for any more.
pub(crate) fn place(
    story: &mut Story<'_>,
    client: ClientId,
    wishes: Vec<Result<Want, Rejection>>,
) -> Result<Placed, Rejection> {
    let wants: Vec<Want> = wishes.iter().flatten().copied().collect();
    let mut plan = Plan::new(story.shop, client, &wants)?;
    let (mut refusals, mut last) = (Vec::new(), None);
    let mut sold_out: Vec<Want> = Vec::new();
    for wish in wishes {
        match wish.and_then(|want| plan.weigh(want).map(|()| want.product)) {
            Ok(product) => last = Some(product),
            Err(why) => {
                // The last one wins, also within one message.
                if let Some(want) = gone(&why, &wants) {
                    sold_out.retain(|other| other.variant != want.variant);
                    sold_out.push(want);
                }
                refusals.push(why);
            }
        }
    }
    let (cart, steps) = (plan.cart, plan.steps);
    for why in &refusals {
        unmet::note(story, client, why);
    }
    let held = match last {
        Some(product) => Some(Held {
            order: hold_all(story, client, cart, &steps)?,
            product,
            changed: cart.is_some(),
        }),
        None => None,
    };
    Ok(Placed {
        held,
        sold_out,
        refusal: refusals.into_iter().next(),
    })
}

fn hold_all(
    story: &mut Story<'_>,
    client: ClientId,
    cart: Option<OrderId>,
    steps: &[Step],
) -> Result<OrderId, Rejection> {
    let order = match cart {
        Some(order) => {
            answer::accept(story, order);
            fill(story, order, steps)
        }
        None => open(story, client, steps)?,
    };
    let lines: Vec<Line> = steps.iter().map(|step| step.line).collect();
    waitlist::decide::settled(story, client, &lines);
    Ok(order)
}

/// What nothing is left of, and may be waited for.
fn gone(why: &Rejection, wants: &[Want]) -> Option<Want> {
    let Rejection::NotEnoughLeft {
        variant: of,
        asked,
        left: 0,
        may_wait: true,
        ..
    } = why
    else {
        return None;
    };
    let same = |want: &&Want| want.variant == *of && want.quantity == *asked;
    wants.iter().find(same).copied()
}

/// The line that a wish would hold now, or why it cannot; nothing is held.
pub(crate) fn weigh(shop: &Shop, client: ClientId, want: Want) -> Result<Line, Rejection> {
    let mut plan = Plan::new(shop, client, &[want])?;
    plan.weigh(want)?;
    let step = plan.steps.first();
    step.map(|step| step.line).ok_or(Rejection::ProductUnknown)
}

/// Wishes weighed so far, against a state that does not change meanwhile.
#[derive(Debug)]
struct Plan<'a> {
    shop: &'a Shop,
    client: &'a Client,
    cart: Option<OrderId>,
    open_lines: u32,
    total: Amount,
    steps: Vec<Step>,
}

impl<'a> Plan<'a> {
    fn new(shop: &'a Shop, id: ClientId, wants: &[Want]) -> Result<Self, Rejection> {
        let client = welcome(shop, id)?;
        let waits = |want: &Want| shop.waitlists.get(id, want.variant);
        let mut waits = wants.iter().filter_map(waits);
        // What she is offered is the cart that her wish for it is about.
        let offer = waits.find_map(|waiting| waiting.offer);
        let cart = offer.or_else(|| cart(shop, client));
        let order = cart.and_then(|id| shop.orders.open.get(&id));
        let unpaid = client.open.iter().filter_map(|id| shop.orders.open.get(id));
        let lines: usize = unpaid.map(|order| order.lines.len()).sum();
        Ok(Self {
            shop,
            client,
            cart,
            open_lines: u32::try_from(lines).unwrap_or(u32::MAX),
            total: order.map_or(Amount::ZERO, |order| order.total),
            steps: Vec::new(),
        })
    }

    /// The refusals of domain.md, "Placing an order", in their order.
    fn weigh(&mut self, want: Want) -> Result<(), Rejection> {
        let known = self.shop.catalogue.product(want.product);
        let price = known.ok_or(Rejection::ProductUnknown)?.price;
        let before = self.line(want.variant);
        self.on_sale(want)?;
        self.within_limits(want, before)?;
        let had = before.map_or(0, |line| line.quantity);
        let free = self.shop.catalogue.available(want.variant);
        let left = free.saturating_add(if self.holds() { had } else { 0 });
        if want.quantity > left {
            let (variant, asked, product) = (want.variant, want.quantity, self.shown(want)?);
            return Err(Rejection::NotEnoughLeft {
                product,
                variant,
                asked,
                left,
                may_wait: may_wait(self.shop),
            });
        }
        let unit_price = before.map_or(price, |line| line.unit_price);
        let (product, variant, quantity) = (want.product, want.variant, want.quantity);
        let line = Line {
            product,
            variant,
            quantity,
            unit_price,
        };
        self.total = self.total_with(line, had).ok_or(Rejection::SumTooLarge)?;
        if before.is_none() {
            self.open_lines = self.open_lines.saturating_add(1);
        }
        self.step(line, had);
        Ok(())
    }

    /// Whether her cart holds what is in it.
    fn holds(&self) -> bool {
        let cart = self.cart.and_then(|id| self.shop.orders.open.get(&id));
        cart.is_some_and(Order::holds)
    }

    fn shown(&self, want: Want) -> Result<ProductShown, Rejection> {
        self.shop
            .catalogue
            .shown(want.product)
            .ok_or(Rejection::ProductUnknown)
    }

    fn on_sale(&self, want: Want) -> Result<(), Rejection> {
        let known = self.shop.catalogue.product(want.product);
        let known = known.ok_or(Rejection::ProductUnknown)?;
        if want.quantity == 0 {
            return Err(Rejection::QuantityAbsurd {
                asked: Text::new("0"),
            });
        }
        if known.archived {
            return Err(Rejection::ProductArchived {
                product: self.shown(want)?,
            });
        }
        if known.only_during_live && self.shop.live.current.is_none() {
            return Err(Rejection::OnlyDuringLive {
                product: self.shown(want)?,
            });
        }
        Ok(())
    }

    fn within_limits(&self, want: Want, before: Option<Line>) -> Result<(), Rejection> {
        let policy = &self.shop.policy;
        let most = policy.count(Rule::MaxOpenLines);
        if before.is_none() && self.open_lines >= most {
            return Err(Rejection::TooManyOpenLines { most });
        }
        let most = policy.count(Rule::MaxQuantity);
        if want.quantity > most {
            return Err(Rejection::QuantityOverMost {
                asked: want.quantity,
                most,
            });
        }
        let most = policy.count(Rule::MaxOrdersPerClient);
        if self.cart.is_none() && most > 0 && self.client.standing >= most {
            return Err(Rejection::TooManyOrders { most });
        }
        let (score, least) = (self.client.trust(), policy.get(Rule::MinTrustScore));
        if i64::from(score) < least {
            let least = u8::try_from(least).unwrap_or(u8::MAX);
            return Err(Rejection::TrustTooLow { score, least });
        }
        Ok(())
    }

    /// The line of a variant, as the wishes so far leave it; a line this message makes counts.
    fn line(&self, variant: VariantId) -> Option<Line> {
        let step = self.steps.iter().find(|step| step.line.variant == variant);
        let order = self.cart.and_then(|id| self.shop.orders.open.get(&id));
        let line = |order: &Order| {
            order
                .lines
                .iter()
                .find(|line| line.variant == variant)
                .copied()
        };
        // Available units do not know of this plan, so what counts as had is what the cart has.
        match (order.and_then(line), step) {
            (Some(line), _) => Some(line),
            (None, Some(step)) => Some(Line {
                quantity: 0,
                ..step.line
            }),
            (None, None) => None,
        }
    }

    fn total_with(&self, line: Line, had: u32) -> Option<Amount> {
        let replaced = self
            .steps
            .iter()
            .find(|step| step.line.variant == line.variant);
        let before = replaced.map_or(had, |step| step.line.quantity);
        let rest = self.total.minus(line.unit_price.times(before)?)?;
        rest.plus(line.unit_price.times(line.quantity)?)
    }

    fn step(&mut self, line: Line, had: u32) {
        // The last one wins, also within one message.
        self.steps.retain(|step| step.line.variant != line.variant);
        self.steps.push(Step { line, had });
    }
}

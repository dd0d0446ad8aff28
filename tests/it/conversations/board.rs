//! What the vendor does on her board (`tests/conversations/README.md` lists the lines).

use domain::catalogue::event::AdjustReason;
use domain::command::Command;
use domain::ids::{ClientId, OrderId, RefundId, VariantId};
use domain::order::event::CancelledBy;
use domain::policy::Rule;
use domain::shop::Shop;
use domain::text::{Keyword, Text};
use domain::{catalogue, client, live, order, payment, shop};

/// One press of a button.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Board {
    EndLive,
    ReopenLive,
    StartLive(String),
    Open(bool),
    CancelOrder(u64),
    Decide(u64, bool),
    HandOver(u64),
    /// So many more or fewer of a word, in a size or colour where it has some.
    Stock(i64, String),
    Archive(String),
    Block(String, bool),
    Judge(String, Option<u8>),
    FirstPaid(String),
    TakeRefund(u64),
    SendRefund(u64, String, String),
    RefundArrived(u64),
    RefundFailed(u64, String),
    Policy(String, i64),
}

impl Board {
    /// Reads what follows `tableau : `.
    pub(super) fn read(what: &str) -> Option<Self> {
        let after = |head: &str| what.strip_prefix(head);
        let number = |head: &str| after(head)?.parse::<u64>().ok();
        Some(match what {
            "fin du live" => Self::EndLive,
            "rouvre le live" => Self::ReopenLive,
            "ferme la boutique" => Self::Open(false),
            "ouvre la boutique" => Self::Open(true),
            _ => {
                return number("annule la commande ")
                    .map(Self::CancelOrder)
                    .or_else(|| Some(Self::Decide(number("accepte l'annulation ")?, true)))
                    .or_else(|| Some(Self::Decide(number("refuse l'annulation ")?, false)))
                    .or_else(|| number("remet la commande ").map(Self::HandOver))
                    .or_else(|| stock(after("reçoit ")?, 1))
                    .or_else(|| stock(after("retire ")?, -1))
                    .or_else(|| Some(Self::StartLive(after("lance le live ")?.to_owned())))
                    .or_else(|| Some(Self::Archive(after("archive ")?.to_owned())))
                    .or_else(|| Some(Self::Block(after("bloque ")?.to_owned(), true)))
                    .or_else(|| Some(Self::Block(after("débloque ")?.to_owned(), false)))
                    .or_else(|| judge(after("juge ")?))
                    .or_else(|| Some(Self::Judge(after("ne juge plus ")?.to_owned(), None)))
                    .or_else(|| Some(Self::FirstPaid(after("premier payé pour ")?.to_owned())))
                    .or_else(|| number("prend le remboursement ").map(Self::TakeRefund))
                    .or_else(|| refund(after("rembourse ")?))
                    .or_else(|| number("confirme le remboursement ").map(Self::RefundArrived))
                    .or_else(|| failed(after("remboursement refusé ")?))
                    .or_else(|| policy(after("règle ")?));
            }
        })
    }

    /// The command it gives.
    pub(super) fn command(
        &self,
        shop: &Shop,
        client: impl Fn(&str) -> ClientId,
    ) -> Option<Command> {
        let order = |number: &u64| OrderId(*number);
        Some(match self {
            Self::EndLive => Command::Live(live::Command::Finish),
            Self::ReopenLive => Command::Live(live::Command::Reopen),
            Self::StartLive(title) => Command::Live(live::Command::Start {
                live: None,
                title: Text::new(title),
            }),
            Self::Open(open) => Command::Shop(shop::Command::Configure {
                name: None,
                language: None,
                open: Some(*open),
            }),
            Self::CancelOrder(number) => Command::Order(order::Command::Cancel {
                order: order(number),
                by: CancelledBy::Vendor,
            }),
            Self::Decide(number, granted) => Command::Order(order::Command::DecideCancellation {
                order: order(number),
                granted: *granted,
            }),
            Self::HandOver(number) => Command::Order(order::Command::HandOver {
                order: order(number),
            }),
            Self::Stock(by, what) => Command::Catalogue(catalogue::Command::AdjustStock {
                variant: variant(shop, what)?,
                by: *by,
                reason: AdjustReason::Count,
            }),
            Self::Archive(word) => Command::Catalogue(catalogue::Command::ArchiveProduct {
                product: shop.catalogue.by_keyword(&Keyword::parse(word)?)?,
            }),
            Self::Block(who, true) => Command::Client(client::Command::Block {
                client: client(who),
                reason: Text::new("fausses commandes"),
            }),
            Self::Block(who, false) => Command::Client(client::Command::Unblock {
                client: client(who),
            }),
            Self::Judge(who, score) => Command::Client(client::Command::Override {
                client: client(who),
                score: *score,
                reason: Text::new("je la connais"),
            }),
            Self::FirstPaid(who) if who == "le live" => {
                Command::Live(live::Command::FirstPaid { on: true })
            }
            Self::FirstPaid(who) => Command::Client(client::Command::FirstPaid {
                client: client(who),
                on: Some(true),
            }),
            Self::Policy(rule, to) => {
                let rule: Rule = serde_json::from_value(rule.as_str().into()).ok()?;
                Command::Shop(shop::Command::ChangePolicy { rule, to: *to })
            }
            Self::TakeRefund(_)
            | Self::SendRefund(..)
            | Self::RefundArrived(_)
            | Self::RefundFailed(..) => Command::Payment(self.refund()?),
        })
    }

    /// What she does about money that goes back.
    fn refund(&self) -> Option<payment::Command> {
        let refund = |number: &u64| RefundId(*number);
        Some(match self {
            Self::TakeRefund(number) => payment::Command::TakeRefund {
                refund: refund(number),
                owner: Text::new("awa"),
            },
            Self::SendRefund(number, method, evidence) => payment::Command::SendRefund {
                refund: refund(number),
                method: Text::new(method),
                evidence: Text::new(evidence),
            },
            Self::RefundArrived(number) => payment::Command::ConfirmRefund {
                refund: refund(number),
            },
            Self::RefundFailed(number, reason) => payment::Command::FailRefund {
                refund: refund(number),
                reason: Text::new(reason),
            },
            _ => return None,
        })
    }
}

/// `2 ROBE1`, `1 ROBE2 M`
fn stock(what: &str, sign: i64) -> Option<Board> {
    let (count, what) = what.split_once(' ')?;
    let count: i64 = count.parse().ok()?;
    Some(Board::Stock(sign * count, what.to_owned()))
}

/// `Aminata 20`
fn judge(what: &str) -> Option<Board> {
    let (who, score) = what.rsplit_once(' ')?;
    Some(Board::Judge(who.to_owned(), Some(score.parse().ok()?)))
}

/// `1, Wave, T-1`
fn refund(what: &str) -> Option<Board> {
    let mut parts = what.split(", ");
    let number = parts.next()?.parse().ok()?;
    let (method, evidence) = (parts.next()?.to_owned(), parts.next()?.to_owned());
    Some(Board::SendRefund(number, method, evidence))
}

/// `1, compte fermé`
fn failed(what: &str) -> Option<Board> {
    let (number, reason) = what.split_once(", ")?;
    Some(Board::RefundFailed(number.parse().ok()?, reason.to_owned()))
}

/// `trust_policy 2`
fn policy(what: &str) -> Option<Board> {
    let (rule, to) = what.split_once(' ')?;
    Some(Board::Policy(rule.to_owned(), to.parse().ok()?))
}

/// The variant of a word with this label; its only one where it has one.
fn variant(shop: &Shop, what: &str) -> Option<VariantId> {
    let (word, label) = what.split_once(' ').unwrap_or((what, ""));
    let product = shop.catalogue.by_keyword(&Keyword::parse(word)?)?;
    let variants = &shop.catalogue.product(product)?.variants;
    let labelled = |id: &VariantId| {
        let known = shop.catalogue.variant(*id);
        known.is_some_and(|known| known.label().as_str() == label)
    };
    variants.iter().copied().find(labelled)
}

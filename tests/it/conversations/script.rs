//! The lines of a chat (`tests/conversations/README.md` explains them to people).

use chrono::TimeDelta;
use domain::payment::observation::Status;

use super::board::Board;

/// A line that something is asked with.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// `boutique : Chez Awa`
    Shop(String),
    /// `article : ROBE1, Robe Wax Ankara, 15 000 F, stock 3`
    Product {
        keyword: String,
        name: String,
        price: i64,
        variants: Vec<Variant>,
    },
    /// `live : Soirée wax`
    Live(String),
    /// `tableau : fin du live`
    Board(Board),
    /// `Aminata : 2 robe1`, `Aminata : [PAYER]`, `Aminata : (note vocale)`
    Said {
        who: String,
        what: What,
        ago: TimeDelta,
    },
    /// `Bictorys : payé 30 000, tentative 2`
    Provider {
        what: Provider,
        attempt: Option<u64>,
        /// `, transaction B`: another one of the same attempt.
        transaction: Option<String>,
    },
    /// `panne : 4 min`: LivePay is silent, and notices it
    Outage(TimeDelta),
    /// `+ 11 min`
    Wait(TimeDelta),
}

/// Size and colour, and how many there are.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Variant {
    pub(super) size: Option<String>,
    pub(super) colour: Option<String>,
    pub(super) stock: u32,
}

/// What a buyer sends.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum What {
    Text(String),
    /// The label, and whether she scrolled up to the first such button.
    Tap(String, bool),
    Voice,
    Picture,
    Reaction,
}

/// What the payment provider says.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Provider {
    Link,
    Refused,
    TimedOut,
    Silent,
    /// No link yet, after ten seconds.
    Late,
    /// A webhook that proves its sender only.
    Hint,
    /// It takes so much back.
    Reversed(i64),
    /// It sends a refund back, will not, or does not say.
    Refund(u64, Option<bool>),
    /// So much, in another currency.
    Foreign(i64),
    /// An answer to our own question: amount paid, and fees where it says the net.
    Status(Status, Option<(i64, Option<i64>)>),
}

/// Whether a line is LivePay's.
pub(super) fn is_answer(line: &str) -> bool {
    let clock = line.get(..5).is_some_and(|head| {
        head.bytes().enumerate().all(|(at, b)| {
            if at == 2 {
                b == b':'
            } else {
                b.is_ascii_digit()
            }
        })
    });
    (clock && line.contains(" LivePay → ")) || line.starts_with("  ") || line.starts_with("= ")
}

impl Step {
    pub(super) fn read(line: &str) -> Result<Self, String> {
        if let Some(time) = line.strip_prefix("+ ") {
            return Ok(Self::Wait(span(time).ok_or("no time")?));
        }
        let (who, what) = line.split_once(" : ").ok_or("nobody speaks")?;
        let (who, what) = (who.trim(), what.trim());
        match who {
            "boutique" => Ok(Self::Shop(what.to_owned())),
            "article" => product(what).ok_or_else(|| "no article".to_owned()),
            "panne" => Ok(Self::Outage(span(what).ok_or("no time")?)),
            "live" => Ok(Self::Live(what.to_owned())),
            "tableau" => Board::read(what)
                .map(Self::Board)
                .ok_or_else(|| "no such button".to_owned()),
            "Bictorys" => provider(what).ok_or_else(|| "Bictorys does not say that".to_owned()),
            _ => Ok(said(who, what)),
        }
    }
}

fn said(who: &str, what: &str) -> Step {
    let late = what
        .rsplit_once(" (écrit il y a ")
        .and_then(|(what, rest)| Some((what, span(rest.strip_suffix(')')?)?)));
    let (what, ago) = late.unwrap_or((what, TimeDelta::zero()));
    let inside = |open: char, close: char| what.strip_prefix(open)?.strip_suffix(close);
    let first = what
        .strip_suffix(" (tout en haut)")
        .and_then(|tap| tap.strip_prefix('[')?.strip_suffix(']'));
    let what = match (inside('[', ']'), inside('(', ')')) {
        _ if first.is_some() => What::Tap(first.unwrap_or_default().to_owned(), true),
        (Some(label), _) => What::Tap(label.to_owned(), false),
        (_, Some("note vocale")) => What::Voice,
        (_, Some("photo")) => What::Picture,
        (_, Some("réaction")) => What::Reaction,
        // A line break in a chat is written ⏎.
        _ => What::Text(what.replace(" ⏎ ", "\n")),
    };
    Step::Said {
        who: who.to_owned(),
        what,
        ago,
    }
}

fn product(what: &str) -> Option<Step> {
    let mut parts = what.split(", ");
    let keyword = parts.next()?.to_owned();
    let name = parts.next()?.to_owned();
    let price = amount(parts.next()?)?;
    let variants: Option<Vec<Variant>> = parts.map(variant).collect();
    let variants = variants.filter(|all| !all.is_empty())?;
    Some(Step::Product {
        keyword,
        name,
        price,
        variants,
    })
}

/// `stock 3`, `M 4`, `38 rouge 2`, `rouge 2`
fn variant(part: &str) -> Option<Variant> {
    let (label, stock) = part.rsplit_once(' ')?;
    let stock = stock.parse().ok()?;
    let mut words = label.split(' ');
    let first = words.next()?;
    let is_size = first.len() <= 3
        && first
            .chars()
            .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
    let rest = words.next().map(str::to_owned);
    let (size, colour) = match (first, is_size) {
        ("stock", _) => (None, None),
        (size, true) => (Some(size.to_owned()), rest),
        (colour, false) => (None, Some(colour.to_owned())),
    };
    Some(Variant {
        size,
        colour,
        stock,
    })
}

fn provider(what: &str) -> Option<Step> {
    let (what, attempt) = match what.rsplit_once(", tentative ") {
        Some((what, attempt)) => (what, Some(attempt.parse().ok()?)),
        None => (what, None),
    };
    let (what, transaction) = match what.rsplit_once(", transaction ") {
        Some((what, transaction)) => (what, Some(transaction.to_owned())),
        None => (what, None),
    };
    if let Some((what, refund)) = what.split_once(" le remboursement ") {
        let said = match what {
            "rend" => Some(true),
            "refuse" => Some(false),
            "ne répond pas pour" => None,
            _ => return None,
        };
        let what = Provider::Refund(refund.parse().ok()?, said);
        return Some(Step::Provider {
            what,
            attempt,
            transaction,
        });
    }
    let what = match what {
        "lien créé" => Provider::Link,
        "lien refusé" => Provider::Refused,
        "ne répond pas à temps" => Provider::TimedOut,
        "ne répond pas" => Provider::Silent,
        "le lien tarde" => Provider::Late,
        "sonne : payé" => Provider::Hint,
        "en attente" => Provider::Status(Status::Pending, None),
        "en cours" => Provider::Status(Status::Processing, None),
        "échec" => Provider::Status(Status::Failed, None),
        taken if taken.starts_with("reprend ") => Provider::Reversed(amount(taken)?),
        paid if paid.ends_with(" €") => Provider::Foreign(amount(paid.strip_prefix("payé ")?)?),
        paid => {
            let (paid, fees) = match paid.split_once(" et frais ") {
                Some((paid, fees)) => (paid, Some(amount(fees)?)),
                None => (paid, None),
            };
            let paid = amount(paid.strip_prefix("payé ")?)?;
            Provider::Status(Status::Succeeded, Some((paid, fees)))
        }
    };
    Some(Step::Provider {
        what,
        attempt,
        transaction,
    })
}

/// `15 000 F`
fn amount(text: &str) -> Option<i64> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    digits.parse().ok()
}

/// `30 s`, `11 min`, `2 h`, `3 jours`
fn span(text: &str) -> Option<TimeDelta> {
    let (count, unit) = text.trim().split_once(' ')?;
    let count = count.parse().ok()?;
    match unit {
        "s" => Some(TimeDelta::seconds(count)),
        "min" => Some(TimeDelta::minutes(count)),
        "h" => Some(TimeDelta::hours(count)),
        "jour" | "jours" => Some(TimeDelta::days(count)),
        _ => None,
    }
}

//! Our commands per second: real shops through the log, receipts and promises included.
//!
//! A caller is a registered client. She holds one unit, then gives it up, and so on: two commands,
//! each one event of a few hundred bytes, one receipt and one promise.

use std::sync::Arc;
use std::time::{Duration, Instant};

use domain::catalogue::command::NewVariant;
use domain::command::{Actor, Answer, Command, Envelope};
use domain::conversation::command::{Command as Talk, Said, Speaker};
use domain::ids::{ClientId, CommandId, ContactId, OrderId, ShopId, VariantId};
use domain::money::{Amount, Currency};
use domain::order::event::CancelledBy;
use domain::policy::Rule;
use domain::segment::{Language, Segment};
use domain::text::{Keyword, Text};
use eventstore::{Log, SubmitError};

use crate::decider::{self, Shops};

/// What one run gave.
#[derive(Debug, Clone, Copy)]
pub struct Run {
    /// Commands per second.
    pub rate: f64,
    /// Half of the callers waited less, milliseconds.
    pub p50_ms: f64,
    /// One in a hundred waited longer, milliseconds.
    pub p99_ms: f64,
}

/// A command that is surely new.
pub fn envelope(shop: ShopId, command: Command) -> Envelope {
    let id = crate::identity::new();
    Envelope {
        id: CommandId(id),
        shop,
        actor: Actor::System,
        correlation: id,
        fresh: true,
        command,
    }
}

async fn ask(log: &Log<Shops>, shop: ShopId, command: Command) -> Result<Answer, String> {
    loop {
        match log.submit(shop.0, envelope(shop, command.clone())).await {
            Ok(answered) => {
                return decider::answer(&answered.outcome).map_err(|error| error.to_string());
            }
            Err(SubmitError::Busy) => tokio::time::sleep(Duration::from_millis(1)).await,
            Err(error) => return Err(error.to_string()),
        }
    }
}

/// Opens a shop with one product of which there is plenty.
pub async fn shop(log: &Log<Shops>) -> Result<ShopId, String> {
    let shop = ShopId(crate::identity::new());
    let open = domain::shop::Command::Open {
        name: Text::new("Banc d'essai"),
        currency: Currency::Xof,
        country: "SN".to_owned(),
        zone: "Africa/Dakar".to_owned(),
        segment: Segment::LiveSeller,
        language: Language::Fr,
        number: "bench".to_owned(),
        account: "bench".to_owned(),
    };
    done(ask(log, shop, Command::Shop(open)).await?)?;
    let policy = domain::shop::Command::ChangePolicy {
        rule: Rule::HoldLive,
        to: 60,
    };
    done(ask(log, shop, Command::Shop(policy)).await?)?;
    let add = domain::catalogue::Command::AddProduct {
        keyword: Keyword::parse("ROBE1").ok_or("keyword")?,
        name: Text::new("Robe Wax Ankara"),
        price: Amount(15_000),
        only_during_live: false,
        photo: None,
        variants: vec![NewVariant {
            size: None,
            colour: None,
            stock: 1_000_000,
        }],
    };
    done(ask(log, shop, Command::Catalogue(add)).await?)?;
    Ok(shop)
}

fn done(answer: Answer) -> Result<(), String> {
    match answer {
        Answer::Done { .. } | Answer::Already => Ok(()),
        Answer::Refused(rejection) => Err(format!("refused: {}", rejection.code())),
    }
}

/// Makes a client known to the shop.
async fn register(log: &Log<Shops>, shop: ShopId) -> Result<ClientId, String> {
    let id = crate::identity::new();
    let hear = Talk::Hear {
        speaker: Speaker {
            client: ClientId(id),
            contact: ContactId(id),
            user_id: format!("SN.{}", id.simple()),
            name: Some(Text::new("Aminata")),
            phone: None,
            language: None,
        },
        said: Said::Text(Text::new("aide")),
        said_at: log.now(),
    };
    ask(log, shop, Command::Conversation(hear)).await?;
    Ok(ClientId(id))
}

/// So many callers, spread over these shops, for so long.
pub async fn run(
    log: Arc<Log<Shops>>,
    shops: &[ShopId],
    callers: usize,
    lasts: Duration,
) -> Result<Run, String> {
    let mut clients = Vec::with_capacity(callers);
    for shop in shops.iter().cycle().take(callers) {
        clients.push((*shop, register(&log, *shop).await?));
    }
    let start = Instant::now() + Duration::from_millis(200);
    let mut workers = tokio::task::JoinSet::new();
    for (shop, client) in clients {
        workers.spawn(caller(Arc::clone(&log), shop, client, start, lasts));
    }
    let mut waits = Vec::new();
    while let Some(worker) = workers.join_next().await {
        waits.extend(worker.map_err(|error| error.to_string())??);
    }
    waits.sort_unstable();
    let at = |percent: usize| {
        let index = waits.len().saturating_sub(1) * percent / 100;
        waits
            .get(index)
            .map_or(0.0, |wait: &Duration| wait.as_secs_f64() * 1_000.0)
    };
    let count = u64::try_from(waits.len()).unwrap_or(u64::MAX);
    Ok(Run {
        rate: super::rate(count, lasts),
        p50_ms: at(50),
        p99_ms: at(99),
    })
}

async fn caller(
    log: Arc<Log<Shops>>,
    shop: ShopId,
    client: ClientId,
    start: Instant,
    lasts: Duration,
) -> Result<Vec<Duration>, String> {
    let warm = start + Duration::from_secs(1);
    let end = warm + lasts;
    tokio::time::sleep_until(start.into()).await;
    let mut waits = Vec::new();
    let mut held: Option<OrderId> = None;
    while Instant::now() < end {
        let command = match held {
            None => domain::order::Command::Place {
                client,
                variant: VariantId(1),
                quantity: 1,
            },
            Some(order) => domain::order::Command::Cancel {
                order,
                by: CancelledBy::Client,
            },
        };
        let asked = Instant::now();
        let answer = ask(&log, shop, Command::Order(command)).await?;
        if asked >= warm {
            waits.push(asked.elapsed());
        }
        held = match (answer, held) {
            (Answer::Done { order, .. }, None) => order,
            (Answer::Done { .. }, Some(_)) => None,
            (other, _) => return Err(format!("unexpected answer {other:?}")),
        };
    }
    Ok(waits)
}

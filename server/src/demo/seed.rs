//! The demo's shop: six products, two of them in sizes, a live that runs, a vendor who is told.

use domain::catalogue::command::NewVariant;
use domain::command::{Actor, Answer, Command, Envelope};
use domain::ids::{CommandId, ShopId};
use domain::money::{Amount, Currency};
use domain::policy::Rule;
use domain::segment::{Language, Segment};
use domain::text::{Keyword, Text};

use super::pictures;
use crate::door::{Door, DoorError};

/// What a shop is opened with.
#[derive(Debug, Clone)]
pub(super) struct Opening {
    /// Which shop; opening it twice changes nothing.
    pub shop: ShopId,
    /// Its name.
    pub name: String,
    /// The number it answers on, hashed.
    pub number: String,
    /// The account it is paid through, hashed.
    pub account: String,
    /// Units of each variant, in place of the usual ones.
    pub stock: Option<u32>,
    /// What it has otherwise than the defaults.
    pub rules: Vec<(Rule, i64)>,
    /// Whether its products have pictures, which are kept already.
    pub pictured: bool,
}

/// Keyword, name, price, units, sizes.
const PRODUCTS: [(&str, &str, i64, u32, &[&str]); 6] = [
    ("ROBE1", "Robe Wax Ankara", 15_000, 10, &[]),
    ("ROBE2", "Robe Bazin brodée", 25_000, 4, &["S", "M", "L"]),
    ("SAC2", "Sac en cuir tressé", 12_000, 8, &[]),
    (
        "CHAUSSURE",
        "Sandales perlées",
        9_500,
        3,
        &["37", "38", "39", "40"],
    ),
    ("BIJOU1", "Parure dorée", 7_500, 12, &[]),
    ("FOULARD", "Foulard en soie", 4_000, 20, &[]),
];

/// The keywords that can be ordered without naming a size.
pub(super) const PLAIN: [&str; 4] = ["ROBE1", "SAC2", "BIJOU1", "FOULARD"];

/// A shop could not be opened.
#[derive(Debug, thiserror::Error)]
pub(super) enum SeedError {
    /// The log's own reason.
    #[error(transparent)]
    Door(#[from] DoorError),
    /// The rules say no.
    #[error("the shop refused to be seeded: {0}")]
    Refused(&'static str),
}

/// Opens the shop, fills it, and goes live. Every step has an id of its own, so that a second
/// start finds everything done.
pub(super) async fn open(door: &Door, opening: &Opening) -> Result<(), SeedError> {
    let shop = domain::shop::Command::Open {
        name: Text::new(&opening.name),
        currency: Currency::Xof,
        country: "SN".to_owned(),
        zone: "Africa/Dakar".to_owned(),
        segment: Segment::LiveSeller,
        language: Language::Fr,
        number: opening.number.clone(),
        account: opening.account.clone(),
    };
    step(door, opening.shop, "open", Command::Shop(shop)).await?;
    for (keyword, name, price, stock, sizes) in PRODUCTS {
        let Some(word) = Keyword::parse(keyword) else {
            continue;
        };
        let stock = opening.stock.unwrap_or(stock);
        let variant = |size: Option<&str>| NewVariant {
            size: size.map(Text::new),
            colour: None,
            stock,
        };
        let variants = if sizes.is_empty() {
            vec![variant(None)]
        } else {
            sizes.iter().map(|size| variant(Some(size))).collect()
        };
        let add = domain::catalogue::Command::AddProduct {
            keyword: word,
            name: Text::new(name),
            price: Amount(price),
            only_during_live: false,
            photo: opening
                .pictured
                .then(|| pictures::address(keyword))
                .flatten(),
            variants,
        };
        step(door, opening.shop, keyword, Command::Catalogue(add)).await?;
    }
    for (rule, to) in &opening.rules {
        let change = domain::shop::Command::ChangePolicy {
            rule: *rule,
            to: *to,
        };
        step(
            door,
            opening.shop,
            &format!("{rule:?}"),
            Command::Shop(change),
        )
        .await?;
    }
    let start = domain::live::Command::Start {
        live: None,
        title: Text::new("Live du samedi"),
    };
    step(door, opening.shop, "live", Command::Live(start)).await
}

async fn step(door: &Door, shop: ShopId, what: &str, command: Command) -> Result<(), SeedError> {
    let CommandId(id) = crate::identity::of_key(shop, &format!("seed {what}"));
    let envelope = Envelope {
        id: CommandId(id),
        shop,
        actor: Actor::System,
        correlation: id,
        fresh: false,
        command,
    };
    match door.bring(envelope).await?.answer {
        Answer::Done { .. } | Answer::Already => Ok(()),
        Answer::Refused(rejection) => Err(SeedError::Refused(rejection.code())),
    }
}

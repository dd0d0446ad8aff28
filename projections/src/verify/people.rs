//! Buyers and their trust against the domain's state. Each function gives the first difference, in
//! words.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Shop,
    client::Client,
    ids::ClientId,
    trust::{Badge, START, Tier},
};

use crate::models::{clients, trust};

/// Every buyer: where she is answered, and how far the shop trusts her.
pub(super) fn clients(shop: &Shop, rows: &[clients::Row]) -> Option<String> {
    // Who became one with another keeps a row that nothing changes any more.
    let live = |row: &&clients::Row| {
        let id = ClientId(row.client_id);
        shop.clients.resolve(id) == id
    };
    let rows: Vec<&clients::Row> = rows.iter().filter(live).collect();
    let wanted = shop.clients.len();
    if rows.len() != wanted {
        return Some(format!(
            "the table has {} clients, the log {wanted}",
            rows.len()
        ));
    }
    rows.iter().find_map(|row| client(shop, row))
}

fn client(shop: &Shop, row: &clients::Row) -> Option<String> {
    let id = ClientId(row.client_id);
    let Some(known) = shop.clients.get(id) else {
        return Some(format!("client {id} is in the table, not in the log"));
    };
    let same = row.contact_id == known.contact.0
        && row.blocked == known.blocked
        && row.score == i16::from(known.score)
        && row.overridden == known.overridden.map(i16::from)
        && row.flagged == known.flagged
        && row.tier == clients::tier(known.tier)
        && row.first_paid == known.first_paid
        && badges(row) == known.record.badges;
    (!same).then(|| {
        format!(
            "client {id}: the table says {row:?}, the log {}",
            told(known)
        )
    })
}

fn badges(row: &clients::Row) -> BTreeSet<Badge> {
    let all = [
        Badge::FirstBuyer,
        Badge::Loyal,
        Badge::FastPayer,
        Badge::Verified,
    ];
    let earned = |badge: &Badge| row.badges.iter().any(|word| word == clients::badge(*badge));
    all.into_iter().filter(earned).collect()
}

/// What is compared of her, and not her name.
fn told(known: &Client) -> String {
    format!(
        "contact {}, blocked {}, score {}, overridden {:?}, flagged {}, {:?}, first paid {:?}, \
         badges {:?}",
        known.contact,
        known.blocked,
        known.score,
        known.overridden,
        known.flagged,
        known.tier,
        known.first_paid,
        known.record.badges
    )
}

/// The last lines of every buyer's history lead to what she has now.
pub(super) fn trust(shop: &Shop, lasts: &[trust::Last]) -> Option<String> {
    let of = |last: &trust::Last| (last.client_id, last.kind.clone());
    let lasts: BTreeMap<_, _> = lasts.iter().map(|last| (of(last), last)).collect();
    let last = |id: ClientId, kind: &str| lasts.get(&(id.0, kind.to_owned())).copied();
    shop.clients.iter().find_map(|(id, known)| {
        let (score, tier) = (last(id, "score"), last(id, "tier"));
        let now = |last: Option<&trust::Last>| last.and_then(|last| last.now.clone());
        let score_now = now(score).unwrap_or_else(|| START.to_string());
        let tier_now = now(tier).unwrap_or_else(|| clients::tier(Tier::default()).to_owned());
        let same = score_now == known.score.to_string()
            && score.and_then(|last| last.flagged).unwrap_or(false) == known.flagged
            && tier_now == clients::tier(known.tier);
        let found = format!("{score:?}, {tier:?}");
        (!same).then(|| {
            format!(
                "trust of {id}: the table says {found}, the log {}",
                told(known)
            )
        })
    })
}

//! What a person reads about read models.

use std::fmt::Write as _;

use projections::rebuild::{ModelStatus, Rebuilt, Status, UnderWay};
use uuid::Uuid;

pub(super) fn status(found: &Status) -> String {
    let mut out = String::new();
    let _never = writeln!(
        out,
        "{:<16} {:>7} {:>9} {:<8} {:>6} {:>10} {:>8} {:>7}",
        "modèle · model",
        "version",
        "en base",
        "état",
        "lanes",
        "événements",
        "secondes",
        "de côté"
    );
    for model in &found.models {
        line(&mut out, model);
    }
    for model in &found.models {
        about(&mut out, model);
    }
    match &found.rebuild {
        Some(rebuild) => under_way(&mut out, rebuild),
        None => out += "Aucune reconstruction en cours. · No rebuild under way.",
    }
    out
}

fn line(out: &mut String, model: &ModelStatus) {
    let live = model
        .live
        .map_or_else(|| "—".to_owned(), |version| version.to_string());
    let _never = writeln!(
        out,
        "{:<16} {:>7} {:>9} {:<8} {:>6} {:>10} {:>8.1} {:>7}",
        model.name,
        model.version,
        live,
        model.state,
        model.lanes_behind,
        model.events_behind,
        model.seconds_behind,
        model.parked.len()
    );
}

fn about(out: &mut String, model: &ModelStatus) {
    for park in &model.parked {
        let _never = writeln!(
            out,
            "mise de côté · parked  {} {} lane {} @{} depuis · since {}: {}",
            model.name,
            park.shop_id,
            park.lane,
            park.pos,
            park.at.format("%Y-%m-%d %H:%M:%SZ"),
            park.error
        );
    }
    for skip in &model.skipped {
        let _never = writeln!(
            out,
            "passé · skipped  {} v{} {} lane {} @{} par · by {}, {}: {}",
            model.name,
            skip.version,
            skip.shop_id,
            skip.lane,
            skip.pos,
            skip.by,
            skip.at.format("%Y-%m-%d %H:%M:%SZ"),
            skip.error
        );
    }
}

fn under_way(out: &mut String, rebuild: &UnderWay) {
    let who = match (rebuild.alive, rebuild.phase.as_str()) {
        (true, _) => "en cours · under way",
        (false, "refused") => "refusée · refused",
        (false, _) => "interrompue · interrupted",
    };
    let _never = write!(
        out,
        "Reconstruction {who}: {} [{}] {}/{} ({:.0} s)",
        rebuild.models.join(" "),
        rebuild.phase,
        rebuild.done,
        rebuild.total.max(rebuild.done),
        rebuild.seconds
    );
    if let Some(note) = &rebuild.note {
        let _never = write!(out, "\n  {note}");
    }
    if !rebuild.alive {
        *out += "\n  Reprendre · go on: livepay projections rebuild (les mêmes · the same)\n  \
                 Jeter · throw away: livepay projections rebuild --abort";
    }
}

pub(super) fn tried(model: &str, shop: Uuid, mended: bool) -> String {
    if mended {
        format!("✅ {model} {shop}: à jour · up to date")
    } else {
        format!(
            "❌ {model} {shop}: de nouveau mise de côté · parked again; pourquoi · why: livepay \
             projections status"
        )
    }
}

/// What was done, when it went live.
pub(super) fn rebuilt(done: &Rebuilt, models: &[String]) -> String {
    let seconds = done.replay.as_secs_f64().max(0.001);
    let events = u32::try_from(done.replayed).unwrap_or(u32::MAX);
    let mut out = format!(
        "✅ {} reconstruit(s) et en service · rebuilt and live\n   {} événements · events, {:.0}/s; \
         échange · swap {} ms ({} essai(s) · tries)",
        models.join(" "),
        done.events,
        f64::from(events) / seconds,
        done.swap.as_millis(),
        done.tries
    );
    if done.resumed {
        out += "\n   repris là où un autre s'était arrêté · went on where another had stopped";
    }
    if done.compared > 0 && done.differing.is_empty() {
        let _never = write!(
            out,
            "\n   {} tables comparées, égales · tables compared, equal",
            done.compared
        );
    }
    for one in &done.differing {
        let _never = write!(out, "\n   remplacé · replaced: {one}");
    }
    for one in &done.parked {
        let _never = write!(
            out,
            "\n   mise de côté · parked: {} {} @{}: {}",
            one.projection, one.shop_id, one.pos, one.error
        );
    }
    out
}

//! What a fact about a live changes.

use chrono::{DateTime, Utc};

use crate::agenda::Due;
use crate::ids::LiveId;
use crate::money::Amount;
use crate::order::Asked;
use crate::policy::Rule;
use crate::shop::Shop;
use crate::text::Text;
use crate::time::after;

use super::Event;
use super::state::{Session, Stage};

/// Applies it.
pub(crate) fn evolve(shop: &mut Shop, event: &Event, at: DateTime<Utc>) {
    match event {
        Event::LiveScheduled { live, title, .. } => {
            shop.live.last = shop.live.last.max(live.0);
            shop.live
                .sessions
                .insert(*live, session(title, Stage::Scheduled, None));
        }
        Event::LiveStarted { live, title } => {
            shop.live.last = shop.live.last.max(live.0);
            shop.live
                .sessions
                .insert(*live, session(title, Stage::OnAir, Some(at)));
            shop.live.current = Some(*live);
            touched(shop, *live, at);
        }
        Event::LivePaused { live } => stage(shop, *live, Stage::Paused, at),
        Event::LiveResumed { live } => stage(shop, *live, Stage::OnAir, at),
        Event::ProductShown { live, product } => {
            if let Some(session) = shop.live.sessions.get_mut(live) {
                session.shown = Some(*product);
            }
            touched(shop, *live, at);
        }
        Event::LiveFirstPaidSet { live, on } => {
            if let Some(session) = shop.live.sessions.get_mut(live) {
                session.first_paid = *on;
            }
        }
        Event::LiveClosing { live, by_itself } => {
            stage(shop, *live, Stage::Closing, at);
            if let Some(session) = shop.live.sessions.get_mut(live) {
                (session.closed_at, session.by_itself) = (Some(at), *by_itself);
            }
            shop.agenda.clear(Due::LiveSilence(*live));
            let last_call = after(at, shop.policy.minutes(Rule::LastCallMinutes));
            shop.agenda.set(Due::LastCall(*live), last_call);
            shop.live.over = true;
            if shop.live.current == Some(*live) {
                shop.live.current = None;
            }
        }
        Event::LastCallOver { live } => shop.agenda.clear(Due::LastCall(*live)),
        Event::LiveReopened { live } => {
            shop.agenda.clear(Due::LastCall(*live));
            shop.live.current = Some(*live);
            stage(shop, *live, Stage::OnAir, at);
            shop.agenda.clear(Due::LiveSettle(*live));
            if let Some(session) = shop.live.sessions.get_mut(live) {
                (session.closed_at, session.by_itself) = (None, false);
            }
        }
        Event::LiveEnded { live } => {
            stage(shop, *live, Stage::Ended, at);
            shop.agenda.clear(Due::LastCall(*live));
            let settle = after(at, shop.policy.hours(Rule::LiveSettleHours));
            shop.agenda.set(Due::LiveSettle(*live), settle);
        }
        Event::LiveSettled { live } => {
            shop.agenda.clear(Due::LiveSettle(*live));
            shop.live.sessions.remove(live);
        }
    }
}

fn session(title: &Text, stage: Stage, started_at: Option<DateTime<Utc>>) -> Session {
    Session {
        title: title.clone(),
        stage,
        started_at,
        shown: None,
        open: 0,
        paid: 0,
        collected: Amount::ZERO,
        first_paid: false,
        first_buyer: false,
        closed_at: None,
        by_itself: false,
        unmet: Asked::default(),
    }
}

fn stage(shop: &mut Shop, live: LiveId, stage: Stage, at: DateTime<Utc>) {
    if let Some(session) = shop.live.sessions.get_mut(&live) {
        session.stage = stage;
    }
    touched(shop, live, at);
}

/// Something happened in a live: its silence starts again.
pub(crate) fn touched(shop: &mut Shop, live: LiveId, at: DateTime<Utc>) {
    if shop.live.current == Some(live) {
        let silence = after(at, shop.policy.hours(Rule::LiveSilenceHours));
        shop.agenda.set(Due::LiveSilence(live), silence);
    }
}

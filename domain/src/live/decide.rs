//! Who may start, pause and end a live, and how it ends by itself.

use crate::command::Answer;
use crate::ids::LiveId;
use crate::reactions::to_vendor;
use crate::rejection::Rejection;
use crate::story::Story;
use crate::text::Text;
use crate::waitlist;

use super::state::{Stage, undo_until};
use super::{Command, Event};

/// Judges a wish about lives.
pub(crate) fn decide(story: &mut Story<'_>, command: &Command) -> Result<Answer, Rejection> {
    match command {
        Command::Schedule { title, starts_at } => {
            let live = next(story);
            let (title, starts_at) = (title.clone(), *starts_at);
            story.fact(Event::LiveScheduled {
                live,
                title,
                starts_at,
            });
            Ok(Answer::DONE)
        }
        Command::Start { live, title } => start(story, *live, title),
        Command::Pause => {
            let (live, stage) = current(story)?;
            if stage == Stage::Paused {
                return Ok(Answer::Already);
            }
            story.fact(Event::LivePaused { live });
            Ok(Answer::DONE)
        }
        Command::Resume => {
            let (live, stage) = current(story)?;
            if stage == Stage::OnAir {
                return Ok(Answer::Already);
            }
            story.fact(Event::LiveResumed { live });
            Ok(Answer::DONE)
        }
        Command::Show { product } => {
            let (live, _) = current(story)?;
            let known = story.shop.catalogue.product(*product);
            let known = known.ok_or(Rejection::ProductUnknown)?;
            if known.archived {
                return Err(Rejection::ProductUnknown);
            }
            story.fact(Event::ProductShown {
                live,
                product: *product,
            });
            Ok(Answer::DONE)
        }
        Command::FirstPaid { on } => {
            let (live, _) = current(story)?;
            let session = story.shop.live.sessions.get(&live);
            if session.is_some_and(|session| session.first_paid == *on) {
                return Ok(Answer::Already);
            }
            story.fact(Event::LiveFirstPaidSet { live, on: *on });
            Ok(Answer::DONE)
        }
        Command::Finish => {
            let (live, _) = current(story)?;
            close(story, live, false);
            Ok(Answer::DONE)
        }
        Command::Reopen => {
            if story.shop.live.current.is_some() {
                return Err(Rejection::LiveAlreadyOn);
            }
            let newest = story.shop.live.newest_over();
            let live = newest.map(|(live, _)| live);
            reopen(story, live.ok_or(Rejection::NoLive)?)
        }
    }
}

/// The end of a live is taken back, while that is possible: it is the newest one, no other is on,
/// and it ended a moment ago.
pub(crate) fn reopen(story: &mut Story<'_>, live: LiveId) -> Result<Answer, Rejection> {
    let lives = &story.shop.live;
    if lives.current == Some(live) {
        return Ok(Answer::Already);
    }
    if lives.current.is_some() {
        return Err(Rejection::LiveAlreadyOn);
    }
    let newest = lives.newest_over().filter(|(newest, _)| *newest == live);
    let (_, session) = newest.ok_or(Rejection::NoLive)?;
    let closed_at = session.closed_at.ok_or(Rejection::NoLive)?;
    let until = undo_until(session.by_itself, closed_at, &story.shop.policy);
    if story.now > until {
        return Err(Rejection::ReopenTooLate { until });
    }
    story.fact(Event::LiveReopened { live });
    Ok(Answer::DONE)
}

fn next(story: &Story<'_>) -> LiveId {
    LiveId(story.shop.live.last.saturating_add(1))
}

fn current(story: &Story<'_>) -> Result<(LiveId, Stage), Rejection> {
    let live = story.shop.live.current.ok_or(Rejection::NoLive)?;
    let session = story
        .shop
        .live
        .sessions
        .get(&live)
        .ok_or(Rejection::NoLive)?;
    Ok((live, session.stage))
}

fn start(
    story: &mut Story<'_>,
    scheduled: Option<LiveId>,
    title: &Text,
) -> Result<Answer, Rejection> {
    if story.shop.live.current.is_some() {
        return Err(Rejection::LiveAlreadyOn);
    }
    let Some(live) = scheduled else {
        let live = next(story);
        story.fact(Event::LiveStarted {
            live,
            title: title.clone(),
        });
        return Ok(Answer::DONE);
    };
    let session = story
        .shop
        .live
        .sessions
        .get(&live)
        .ok_or(Rejection::NoLive)?;
    if session.stage != Stage::Scheduled {
        return Err(Rejection::NoLive);
    }
    let title = if title.is_empty() {
        session.title.clone()
    } else {
        title.clone()
    };
    story.fact(Event::LiveStarted { live, title });
    Ok(Answer::DONE)
}

/// FIN, or hours of silence: nothing new belongs to it, its holds stay valid. Who did not say it
/// is told, and may take it back.
pub(crate) fn close(story: &mut Story<'_>, live: LiveId, by_itself: bool) {
    story.fact(Event::LiveClosing { live, by_itself });
    if by_itself {
        to_vendor::live::closed_itself(story, live);
    }
}

/// A day has passed since its end: its figures are final.
pub(crate) fn settle(story: &mut Story<'_>, live: LiveId) {
    to_vendor::live::summary(story, live, true);
    story.fact(Event::LiveSettled { live });
}

/// The last offers of a live that is over were made: its lists close, what is offered stays.
pub(crate) fn last_call(story: &mut Story<'_>, live: LiveId) {
    story.fact(Event::LastCallOver { live });
    waitlist::close::ended(story, live);
}

/// A closing live whose last hold is resolved has ended. Looked at after every command; there
/// are never more than a few lives that are not settled.
pub(crate) fn end(story: &mut Story<'_>) {
    let over = |(live, session): (&LiveId, &super::Session)| {
        (session.stage == Stage::Closing && session.open == 0).then_some(*live)
    };
    while let Some(live) = story.shop.live.sessions.iter().find_map(over) {
        story.fact(Event::LiveEnded { live });
        to_vendor::live::summary(story, live, false);
        waitlist::close::ended(story, live);
    }
}

//! What the vendor is told of her live: that it closed by itself, and what it came to.

use crate::ids::LiveId;
use crate::live::undo_until;
use crate::message::ToVendor;
use crate::policy::Rule;
use crate::story::Story;

use super::tell;

/// Hours of silence ended it; one tap takes that back.
pub(crate) fn closed_itself(story: &mut Story<'_>, live: LiveId) {
    let policy = &story.shop.policy;
    let message = story.shop.live.sessions.get(&live).map(|session| {
        let closed_at = session.closed_at.unwrap_or(story.now);
        ToVendor::LiveClosedItself {
            live,
            title: session.title.clone(),
            hours: policy.count(Rule::LiveSilenceHours),
            until: undo_until(session.by_itself, closed_at, policy),
        }
    });
    if let Some(message) = message {
        tell(story, &message);
    }
}

/// It ended, or its figures are final. Whoever says it fills the figures in.
pub(crate) fn summary(story: &mut Story<'_>, live: LiveId, settled: bool) {
    let Some(session) = story.shop.live.sessions.get(&live) else {
        return;
    };
    let message = ToVendor::LiveSummary {
        live,
        title: session.title.clone(),
        settled,
        figures: None,
    };
    tell(story, &message);
}

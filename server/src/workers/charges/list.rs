//! Reading the provider's list, page by page, each page a turn of the pacer; every line is kept.

use adapters::psp::{Page, Seen, Span, Trouble};
use chrono::TimeDelta;
use domain::ids::Reference;
use eventstore::statement::Origin;

use super::super::lines;
use super::pacer::Pacer;
use crate::node::{Account, Node};

/// More pages than this have no end.
pub(super) const PAGES: u32 = 1_000;
/// How far back one reference is looked for: money may come months late.
const LONG: i64 = 400;
/// And where the provider does not look by reference.
const SHORT: i64 = 1;

const LIST: Origin = Origin {
    source: "list",
    believed: true,
};

/// The last `days` days, today among them.
pub(super) fn span(node: &Node, days: i64, page: u32) -> Span {
    let to = node.now().date_naive();
    Span {
        from: to - TimeDelta::days(days),
        to,
        page,
        reference: None,
    }
}

/// One page, for a turn that was taken before.
pub(super) async fn page(node: &Node, account: &Account, span: Span) -> Result<Page, Trouble> {
    let page = account.client.list(span).await?;
    lines::keep(node, account, &page.seen, LIST).await;
    Ok(page)
}

/// All the provider's list holds of one reference. The first turn was taken before.
pub(super) async fn of(
    node: &Node,
    account: &Account,
    pacer: &Pacer,
    reference: &Reference,
) -> Result<Vec<Seen>, Trouble> {
    let mine = |seen: &Seen| {
        let line = seen.line();
        line.is_some_and(|line| line.reference.as_deref() == Some(reference.as_str()))
    };
    let wanted = Span {
        reference: Some(reference.clone()),
        ..span(node, LONG, 0)
    };
    match page(node, account, wanted).await {
        // Looked for by reference, and all of it.
        Ok(page) if page.last && page.seen.iter().all(mine) => return Ok(page.seen),
        // The provider overlooked the reference, or so long a time is refused.
        Ok(_) | Err(Trouble::Refused(_)) => {}
        Err(trouble) => return Err(trouble),
    }
    let mut found = Vec::new();
    for number in 0..PAGES {
        pacer.turn().await;
        let page = page(node, account, span(node, SHORT, number)).await?;
        found.extend(page.seen.into_iter().filter(mine));
        if page.last {
            return Ok(found);
        }
    }
    Err(Trouble::Unavailable("the list has no end".to_owned()))
}

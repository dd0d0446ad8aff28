//! The count of a variant, corrected by hand.

use axum::extract::State;
use axum::response::Response;
use domain::catalogue::Command as Catalogue;
use domain::catalogue::event::AdjustReason;
use domain::command::Command;
use domain::ids::VariantId;
use serde::Deserialize;

use super::asked::{Body, Id};
use super::wish::Wish;
use crate::http::Problem;
use crate::node::Node;

/// Why the count moves; the board's +1 and −1 say nothing, which is a count.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Reason {
    /// Units came in; `by` is over 0.
    Received,
    /// Counted again.
    #[default]
    Count,
    /// Damaged or lost.
    Loss,
    /// Sold elsewhere.
    SoldElsewhere,
    /// Came back.
    Return,
}

/// By how many units, signed and not 0, and why.
#[derive(Debug, Clone, Copy, Deserialize)]
pub(super) struct Move {
    by: i64,
    #[serde(default)]
    reason: Reason,
}

/// `POST /api/v1/variants/{variant}/stock`. Units that orders hold or are owed are protected.
pub(super) async fn adjust(
    State(node): State<Node>,
    wish: Wish,
    Id(variant): Id<VariantId>,
    Body(Move { by, reason }): Body<Move>,
) -> Result<Response, Problem> {
    let reason = match reason {
        Reason::Received => {
            let quantity = u32::try_from(by).map_err(|_negative| Problem::Malformed)?;
            let receive = Catalogue::ReceiveStock { variant, quantity };
            return wish.bring(&node, Command::Catalogue(receive)).await;
        }
        Reason::Count => AdjustReason::Count,
        Reason::Loss => AdjustReason::Loss,
        Reason::SoldElsewhere => AdjustReason::SoldElsewhere,
        Reason::Return => AdjustReason::Return,
    };
    let adjust = Catalogue::AdjustStock {
        variant,
        by,
        reason,
    };
    wish.bring(&node, Command::Catalogue(adjust)).await
}

//! The live: on air, a break, the product held up, FIN. All of it is told to the shop and shown
//! once it is done; how a live ends after FIN is the shop's own rule.

use axum::extract::State;
use axum::response::Response;
use domain::command::Command;
use domain::ids::ProductId;
use domain::live::Command as Live;
use domain::text::Text;
use serde::Deserialize;

use super::asked::{Body, said};
use super::wish::Wish;
use crate::http::Problem;
use crate::node::Node;

/// What the live is called; must say something.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Titled {
    title: Text,
}

/// `POST /api/v1/live/start`: on air, where no other live is.
pub(super) async fn start(
    State(node): State<Node>,
    wish: Wish,
    Body(titled): Body<Titled>,
) -> Result<Response, Problem> {
    let title = said(titled.title)?;
    let start = Live::Start { live: None, title };
    wish.bring(&node, Command::Live(start)).await
}

/// `POST /api/v1/live/pause`: a break; orders go on.
pub(super) async fn pause(State(node): State<Node>, wish: Wish) -> Result<Response, Problem> {
    wish.bring(&node, Command::Live(Live::Pause)).await
}

/// `POST /api/v1/live/resume`: the break is over.
pub(super) async fn resume(State(node): State<Node>, wish: Wish) -> Result<Response, Problem> {
    wish.bring(&node, Command::Live(Live::Resume)).await
}

/// `POST /api/v1/live/finish`: FIN. What is held may still be paid.
pub(super) async fn finish(State(node): State<Node>, wish: Wish) -> Result<Response, Problem> {
    wish.bring(&node, Command::Live(Live::Finish)).await
}

/// `POST /api/v1/live/reopen`: the end of the newest live is taken back, a moment after it.
pub(super) async fn reopen(State(node): State<Node>, wish: Wish) -> Result<Response, Problem> {
    wish.bring(&node, Command::Live(Live::Reopen)).await
}

/// Which product.
#[derive(Debug, Clone, Copy, Deserialize)]
pub(super) struct Shown {
    product: ProductId,
}

/// `POST /api/v1/live/show`: this one is held up now.
pub(super) async fn show(
    State(node): State<Node>,
    wish: Wish,
    Body(Shown { product }): Body<Shown>,
) -> Result<Response, Problem> {
    wish.bring(&node, Command::Live(Live::Show { product }))
        .await
}

/// Yes or no.
#[derive(Debug, Clone, Copy, Deserialize)]
pub(super) struct FirstPaid {
    on: bool,
}

/// `POST /api/v1/live/first-paid`: first paid, first served from now on in this live.
pub(super) async fn first_paid(
    State(node): State<Node>,
    wish: Wish,
    Body(FirstPaid { on }): Body<FirstPaid>,
) -> Result<Response, Problem> {
    wish.bring(&node, Command::Live(Live::FirstPaid { on }))
        .await
}

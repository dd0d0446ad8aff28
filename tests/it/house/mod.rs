//! The house as its neighbours and people meet it: over HTTP, with everything real behind it.

mod board;
mod browser;
mod crash;
mod crowd;
mod desk;
mod figures;
mod live;
mod nodes;
mod notices;
mod outage;
mod postgres;
mod rebuild;
mod sale;
mod webhooks;

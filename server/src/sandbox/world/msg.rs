//! A message as a phone shows it.

use serde::{Deserialize, Serialize};

/// One bubble. `n` grows by one per phone and is what `?after=` means.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Msg {
    pub(crate) n: u64,
    /// `buyer` or `shop`.
    pub(crate) from: String,
    /// The business number's `phone_number_id`.
    pub(crate) number: String,
    /// `text`, `buttons`, `list`, `cta_url`, `template`, `reaction`, `image`, …
    pub(crate) kind: String,
    pub(crate) text: String,
    #[serde(default)]
    pub(crate) header: Option<String>,
    #[serde(default)]
    pub(crate) footer: Option<String>,
    #[serde(default)]
    pub(crate) buttons: Vec<Button>,
    #[serde(default)]
    pub(crate) rows: Vec<Row>,
    /// The label that opens the list.
    #[serde(default)]
    pub(crate) list_button: Option<String>,
    #[serde(default)]
    pub(crate) url: Option<LinkButton>,
    /// The wamid this one answers.
    #[serde(default)]
    pub(crate) context: Option<String>,
    /// `sent`, `delivered`, `read`, `failed`, or nothing yet.
    pub(crate) status: Option<String>,
    pub(crate) wamid: String,
    /// Unix seconds.
    pub(crate) at: i64,
}

/// A reply button.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Button {
    pub(crate) id: String,
    pub(crate) title: String,
}

/// A row of a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Row {
    pub(crate) id: String,
    pub(crate) title: String,
    #[serde(default)]
    pub(crate) description: Option<String>,
}

/// A button that opens an address.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct LinkButton {
    pub(crate) text: String,
    pub(crate) url: String,
}

impl Msg {
    /// Moves the ticks forward; `failed` ends it, a lower rank changes nothing.
    pub(super) fn advance(&mut self, status: &str) -> bool {
        let higher = rank(status) > self.status.as_deref().map_or(0, rank);
        if higher {
            self.status = Some(status.to_owned());
        }
        higher
    }
}

fn rank(status: &str) -> u8 {
    match status {
        "sent" => 1,
        "delivered" => 2,
        "read" => 3,
        "failed" => 4,
        _ => 0,
    }
}

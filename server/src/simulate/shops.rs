//! The shops of a play: opened by the server, known to the sandbox.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::control::Control;
use super::error::SimulateError;

/// A shop as the server announces it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[expect(
    clippy::struct_field_names,
    reason = "`shop` is the word of the server's answer"
)]
pub struct Shop {
    /// The server's id of the shop; not interpreted here.
    pub shop: Value,
    /// What people call it.
    #[serde(default)]
    pub name: Option<String>,
    /// The link its vendor signs in with: needed to play her live.
    #[serde(default, skip_serializing)]
    pub sign_in: Option<String>,
    /// The number buyers write to.
    pub phone_number_id: String,
    /// What can be bought.
    pub keywords: Vec<String>,
    /// When given with `waba_id` and `token`, the number is added to the sandbox.
    #[serde(default)]
    pub display_phone_number: Option<String>,
    /// See `display_phone_number`.
    #[serde(default)]
    pub waba_id: Option<String>,
    /// See `display_phone_number`.
    #[serde(default, skip_serializing)]
    pub token: Option<String>,
}

/// Asks the server to open shops: `POST {livepay}/api/dev/shops {"count": n}`.
pub(super) async fn open(
    control: &Control,
    livepay_url: &str,
    count: usize,
) -> Result<Vec<Shop>, SimulateError> {
    let url = format!("{}/api/dev/shops", livepay_url.trim_end_matches('/'));
    let shops: Vec<Shop> = control.post_to(&url, &json!({"count": count})).await?;
    for shop in &shops {
        if let (Some(display), Some(waba), Some(token)) =
            (&shop.display_phone_number, &shop.waba_id, &shop.token)
        {
            let number = json!({
                "phone_number_id": shop.phone_number_id,
                "display_phone_number": display,
                "waba_id": waba,
                "shop_name": shop.phone_number_id,
                "token": token,
            });
            control.add_number(&number).await?;
        }
    }
    Ok(shops)
}

/// Every shop must have something to sell and a number the sandbox knows.
pub(super) async fn known(control: &Control, shops: &[Shop]) -> Result<(), SimulateError> {
    if shops.is_empty() || shops.iter().any(|shop| shop.keywords.is_empty()) {
        return Err(SimulateError::NoShop);
    }
    let numbers = control.numbers().await?;
    match shops
        .iter()
        .find(|shop| !numbers.contains(&shop.phone_number_id))
    {
        Some(shop) => Err(SimulateError::UnknownNumber(shop.phone_number_id.clone())),
        None => Ok(()),
    }
}

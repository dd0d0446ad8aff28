//! What a sandbox is started with.

use std::net::{Ipv4Addr, SocketAddr};

use serde::{Deserialize, Serialize};

/// A business number of the local Meta.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NumberSpec {
    /// Meta's id of the number, used in paths.
    pub phone_number_id: String,
    /// Digits with country code, no plus: `221770000001`.
    pub display_phone_number: String,
    /// The WhatsApp Business Account it belongs to.
    pub waba_id: String,
    /// Shown on the phones page.
    pub shop_name: String,
    /// The bearer token that may send from it.
    pub token: String,
}

/// Everything the sandbox has to agree on with the server under test.
#[derive(Debug, Clone)]
pub struct SandboxConfig {
    /// Where to listen; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Root of the server that receives webhooks, without a trailing slash.
    pub livepay_url: String,
    /// Meta's app secret: signs every Meta webhook.
    pub app_secret: String,
    /// Used by the subscription handshake (`POST /api/verify`).
    pub verify_token: String,
    /// The provider's webhook secret: `X-Secret-Key`, and the HMAC key when HMAC is on.
    pub bictorys_secret: String,
    /// Whether the provider also signs bodies (off by default at the real one).
    pub bictorys_hmac: bool,
    /// The key that may only create charges and ask a status.
    pub bictorys_public_key: String,
    /// The key that may also read and refund.
    pub bictorys_secret_key: String,
    /// The real provider refuses redirect addresses that are not https. A local server has no
    /// certificate, so this flag lets `http://` through.
    pub allow_http_redirects: bool,
    /// Root of the links given to payers; by default `http://` and the listening address.
    pub public_url: Option<String>,
    /// Where the phones page says the vendor's page is.
    pub board_url: String,
    /// Who receives the money, as the payment page shows it.
    pub merchant: String,
    /// The numbers known from the start; more may be added by the control API.
    pub numbers: Vec<NumberSpec>,
    /// Seed of every random choice (faults, delays). Ids are unique to each start all the same.
    pub seed: u64,
}

impl SandboxConfig {
    /// A local configuration with documented, worthless secrets, on a free loopback port.
    #[must_use]
    pub fn local(livepay_url: &str) -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            livepay_url: livepay_url.trim_end_matches('/').to_owned(),
            app_secret: "sandbox-app-secret".to_owned(),
            verify_token: "sandbox-verify-token".to_owned(),
            bictorys_secret: "sandbox-bictorys-secret".to_owned(),
            bictorys_hmac: true,
            bictorys_public_key: "test_public-sandbox".to_owned(),
            bictorys_secret_key: "test_secret-sandbox".to_owned(),
            allow_http_redirects: true,
            public_url: None,
            board_url: format!("{}/board", livepay_url.trim_end_matches('/')),
            merchant: "LivePay".to_owned(),
            numbers: Vec::new(),
            seed: 1,
        }
    }
}

//! The demo: a server, a sandbox, a shop that is live, and the doors a crowd needs.

mod dev;
mod pictures;
mod seed;

use std::net::SocketAddr;

use domain::ids::ShopId;

use crate::config::Settings;
use crate::house::{self, House};
use crate::node::{AccountConfig, Node};
use crate::sandbox::{NumberSpec, Sandbox, SandboxConfig};
use crate::session::{self, Use};

pub use dev::routes;

/// The sandbox's provider account.
const ACCOUNT: &str = "bictorys";

/// A running demo.
#[derive(Debug)]
pub struct Demo {
    house: House,
    sandbox: Sandbox,
    shop: ShopId,
}

/// Starts everything: the sandbox first, so that the server knows where its neighbours are.
pub async fn start(mut settings: Settings, sandbox_listen: SocketAddr) -> Result<Demo, String> {
    let text = |error: &dyn std::fmt::Display| error.to_string();
    if settings.listen.port() == 0 {
        settings.listen = free(settings.listen).await?;
    }
    let config = SandboxConfig {
        listen: sandbox_listen,
        ..SandboxConfig::local(&format!("http://{}", settings.listen))
    };
    let account = account(&config);
    settings.whatsapp_app_secret = Some(config.app_secret.clone());
    settings.whatsapp_verify_token = Some(config.verify_token.clone());
    let sandbox = Sandbox::start(config).await.map_err(|error| text(&error))?;
    settings.whatsapp_url = format!("{}/graph", sandbox.url());
    let account = AccountConfig {
        base: format!("{}/bictorys", sandbox.url()),
        ..account
    };
    let house = house::open(&settings, true, &[(ACCOUNT, account)])
        .await
        .map_err(|error| text(&error))?;
    let shop = first_shop(&house.node, &sandbox).await?;
    Ok(Demo {
        house,
        sandbox,
        shop,
    })
}

/// A port nobody uses now.
async fn free(listen: SocketAddr) -> Result<SocketAddr, String> {
    let listener = tokio::net::TcpListener::bind(listen)
        .await
        .map_err(|error| error.to_string())?;
    listener.local_addr().map_err(|error| error.to_string())
}

fn account(config: &SandboxConfig) -> AccountConfig {
    AccountConfig {
        name: ACCOUNT.to_owned(),
        base: String::new(),
        public_key: config.bictorys_public_key.clone(),
        secret_key: config.bictorys_secret_key.clone(),
        webhook_secrets: vec![config.bictorys_secret.clone()],
        per_second: 50.0,
        burst: 50,
    }
}

/// The shop of the demo, its vendor's phone, and her first word, which opens her window.
async fn first_shop(node: &Node, sandbox: &Sandbox) -> Result<ShopId, String> {
    let opened = dev::open(node, "Chez Awa", "221770000100", (None, Vec::new()), true).await?;
    sandbox.add_number(opened.number_spec());
    for buyer in ["Aminata", "Moussa"] {
        dev::phone(&sandbox.url(), buyer).await?;
    }
    let vendor = dev::vendor(node, &sandbox.url(), &opened).await?;
    dev::bind(node, &opened, vendor).await?;
    Ok(opened.shop)
}

impl Demo {
    /// Where the phones are.
    pub fn phones_url(&self) -> String {
        self.sandbox.url()
    }

    /// Where the server is.
    pub fn livepay_url(&self) -> String {
        format!("http://{}", self.house.addr)
    }

    /// The vendor's page, signed in.
    pub fn sign_in_url(&self) -> String {
        let node = &self.house.node;
        let token = session::issue(&node.identity, self.shop, Use::Link, node.now());
        format!("{}/sign-in/{token}", node.public_url)
    }

    /// The server's parts.
    pub fn node(&self) -> &Node {
        &self.house.node
    }

    /// The demo's shop.
    pub fn shop(&self) -> ShopId {
        self.shop
    }

    /// Stops everything.
    pub async fn stop(self) -> Result<(), String> {
        self.sandbox.stop().await;
        self.house.close().await.map_err(|error| error.to_string())
    }
}

/// What a sandbox is told of a shop's number.
impl dev::Opened {
    fn number_spec(&self) -> NumberSpec {
        NumberSpec {
            phone_number_id: self.phone_number_id.clone(),
            display_phone_number: self.display_phone_number.clone(),
            waba_id: self.waba_id.clone(),
            shop_name: self.name.clone(),
            token: self.token.clone(),
        }
    }
}

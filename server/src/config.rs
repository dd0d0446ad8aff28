//! The settings: read once, here and nowhere else. Every variable stands in `.env.sample`.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use eventstore::MasterKey;

/// What a node needs to know. A flag wins over its variable, which wins over the default.
#[derive(Debug, Clone, Args)]
pub struct Settings {
    /// Your PostgreSQL (>= 15). Without it LivePay runs a private one in its data folder.
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    pub database_url: Option<String>,
    /// Where the private PostgreSQL and the key file live.
    #[arg(long, env = "LIVEPAY_DATA", default_value = "data")]
    pub data: PathBuf,
    /// Where this node listens.
    #[arg(long, env = "LIVEPAY_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// What people and the provider reach us by; the links in chats begin with it.
    #[arg(long, env = "LIVEPAY_PUBLIC_URL")]
    pub public_url: Option<String>,
    /// This process's name, unique among those that run.
    #[arg(long, env = "LIVEPAY_NODE")]
    pub node: Option<String>,
    /// Where other nodes of ours reach this one.
    #[arg(long, env = "LIVEPAY_NODE_URL")]
    pub node_url: Option<String>,
    /// What nodes of ours prove themselves with; derived from the master key when absent.
    #[arg(long, env = "LIVEPAY_NODE_SECRET", hide_env_values = true)]
    pub node_secret: Option<String>,
    /// 64 hexadecimal digits; without it a key file is made in the data folder.
    #[arg(long, env = "LIVEPAY_MASTER_KEY", hide_env_values = true)]
    pub master_key: Option<String>,
    /// Seconds a silent node keeps its lanes.
    #[arg(long, env = "LIVEPAY_LEASE_SECONDS", default_value_t = 10)]
    pub lease_seconds: u64,
    /// Seconds between two readings of a provider's list of the last seven days.
    #[arg(long, env = "LIVEPAY_SWEEP_SECONDS", default_value_t = 86_400)]
    pub sweep_seconds: u64,
    /// The Graph API; the sandbox speaks the same.
    #[arg(
        long,
        env = "LIVEPAY_WHATSAPP_URL",
        default_value = "https://graph.facebook.com"
    )]
    pub whatsapp_url: String,
    /// The Graph API's version.
    #[arg(long, env = "LIVEPAY_WHATSAPP_VERSION", default_value = "v25.0")]
    pub whatsapp_version: String,
    /// The Meta app's secret: signs every webhook.
    #[arg(long, env = "LIVEPAY_WHATSAPP_APP_SECRET", hide_env_values = true)]
    pub whatsapp_app_secret: Option<String>,
    /// The secret before, while it is being replaced.
    #[arg(
        long,
        env = "LIVEPAY_WHATSAPP_APP_SECRET_PREVIOUS",
        hide_env_values = true
    )]
    pub whatsapp_app_secret_previous: Option<String>,
    /// What Meta shows when the webhook's address is saved.
    #[arg(long, env = "LIVEPAY_WHATSAPP_VERIFY_TOKEN", hide_env_values = true)]
    pub whatsapp_verify_token: Option<String>,
    /// What is logged, for example `info` or `info,server=debug`.
    #[arg(long, env = "LIVEPAY_LOG", default_value = "info")]
    pub log: String,
    /// Lets anybody who reaches this server open shops and read its check: never in production.
    #[arg(long, env = "LIVEPAY_DEV", hide = true)]
    pub dev: bool,
    /// For tests of a debug build: dies at this point, as a power cut would.
    #[arg(long, env = "LIVEPAY_CRASH_AT", hide = true)]
    pub crash_at: Option<String>,
}

/// A setting that cannot be used, and what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The master key has another shape.
    #[error("LIVEPAY_MASTER_KEY must be 64 hexadecimal digits (32 bytes)")]
    MasterKey,
    /// The key file cannot be read or made.
    #[error("the key file {path} cannot be used: {reason}; set LIVEPAY_MASTER_KEY or --data")]
    KeyFile {
        /// Which file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
}

impl Settings {
    /// The defaults, with a data folder.
    pub fn local(data: impl Into<PathBuf>) -> Self {
        Self {
            database_url: None,
            data: data.into(),
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            public_url: None,
            node: None,
            node_url: None,
            node_secret: None,
            master_key: None,
            lease_seconds: 10,
            sweep_seconds: 86_400,
            whatsapp_url: "https://graph.facebook.com".to_owned(),
            whatsapp_version: "v25.0".to_owned(),
            whatsapp_app_secret: None,
            whatsapp_app_secret_previous: None,
            whatsapp_verify_token: None,
            log: "warn".to_owned(),
            dev: false,
            crash_at: None,
        }
    }

    /// The address in people's links, without a slash at its end.
    pub fn public_url(&self) -> String {
        let given = self
            .public_url
            .clone()
            .unwrap_or_else(|| format!("http://{}", self.listen));
        given.trim_end_matches('/').to_owned()
    }

    /// Where other nodes reach this one.
    pub fn node_url(&self) -> String {
        self.node_url
            .clone()
            .unwrap_or_else(|| format!("http://{}", self.listen))
    }

    /// This process's name: the one given, else made of the address it listens on.
    pub fn node(&self) -> String {
        self.node
            .clone()
            .unwrap_or_else(|| format!("node-{}", self.listen.port()))
    }

    /// How long a silent node keeps its lanes.
    pub fn lease(&self) -> Duration {
        Duration::from_secs(self.lease_seconds.max(1))
    }

    /// How often a provider's list of the last seven days is read.
    pub fn sweep(&self) -> Duration {
        Duration::from_secs(self.sweep_seconds.max(1))
    }

    /// The key everything personal hangs on: given, or from the key file, made at first start.
    pub fn master(&self) -> Result<Arc<MasterKey>, ConfigError> {
        let hex = match &self.master_key {
            Some(hex) => hex.clone(),
            None => key_file(&self.data.join("master.key"))?,
        };
        let bytes = hex::decode(hex.trim()).map_err(|_not_hex| ConfigError::MasterKey)?;
        MasterKey::from_bytes(&bytes)
            .map(Arc::new)
            .ok_or(ConfigError::MasterKey)
    }
}

fn key_file(path: &std::path::Path) -> Result<String, ConfigError> {
    let fault = |error: std::io::Error| ConfigError::KeyFile {
        path: path.to_owned(),
        reason: error.to_string(),
    };
    match std::fs::read_to_string(path) {
        Ok(hex) => return Ok(hex),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
        Err(error) => return Err(fault(error)),
    }
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(|error| fault(std::io::Error::other(error.to_string())))?;
    let hex = hex::encode(bytes);
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(fault)?;
    }
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).map_err(fault)?;
    std::io::Write::write_all(&mut file, hex.as_bytes()).map_err(fault)?;
    Ok(hex)
}

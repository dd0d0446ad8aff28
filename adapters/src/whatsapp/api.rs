//! One number's door to Meta.

use url::Url;

use super::errors::{Sent, interpret};
use super::send::{Address, Outgoing, encode, encode_read};
use crate::secret::Secret;
use crate::transport::{Failure, Request, Transport, Verb};

/// Where and as whom we speak. The version is a setting: each lives two years.
#[derive(Debug, Clone)]
pub struct Api {
    transport: Transport,
    base: Url,
    version: String,
    token: Secret,
}

impl Api {
    /// The production address.
    pub const BASE: &str = "https://graph.facebook.com";
    /// The version we are written for.
    pub const VERSION: &str = "v25.0";

    /// An API at `base` (a path is kept: the sandbox lives under one), for one token.
    pub fn new(transport: Transport, base: Url, version: &str, token: Secret) -> Self {
        Self {
            transport,
            base,
            version: version.to_owned(),
            token,
        }
    }

    /// Sends once. Never retries: [`Sent`] says who may.
    pub async fn send(
        &self,
        number_id: &str,
        outgoing: &Outgoing,
        address: &Address,
        callback: &str,
    ) -> Sent {
        interpret(
            self.post(number_id, encode(outgoing, address, callback))
                .await,
        )
    }

    /// Marks a message and those before it as read.
    pub async fn mark_read(&self, number_id: &str, wamid: &str) -> Result<(), Failure> {
        self.post(number_id, encode_read(wamid))
            .await
            .map(|_answer| ())
    }

    async fn post(
        &self,
        number_id: &str,
        body: Vec<u8>,
    ) -> Result<crate::transport::Answer, Failure> {
        let mut url = self.base.clone();
        url.path_segments_mut()
            .map_err(|()| Failure::Malformed("an address without a path".to_owned()))?
            .pop_if_empty()
            .extend([self.version.as_str(), number_id, "messages"]);
        let bearer = Secret::new(format!("Bearer {}", self.token.expose()));
        let headers = vec![("authorization", bearer)];
        self.transport
            .send(Request {
                verb: Verb::Post,
                url,
                headers,
                body: Some(body),
            })
            .await
    }
}

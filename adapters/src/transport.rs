//! The only HTTP client: short timeouts, small answers, no redirects, and failures that say
//! whether the other side may have acted.

use std::sync::Once;
use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use url::Url;

use crate::secret::Secret;

/// Largest answer read, in bytes.
pub const ANSWER_MAX: usize = 1 << 20;
const CONNECT: Duration = Duration::from_secs(3);
const TOTAL: Duration = Duration::from_secs(10);
/// Shorter than the other side's patience: a call on a line that just died is an ambiguous call.
const IDLE: Duration = Duration::from_secs(20);
/// Tool-like agents are turned away by the provider's firewall (bictorys.md 1.1).
const AGENT: &str = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) \
                     Chrome/128.0.0.0 Safari/537.36 LivePay/1.0";

/// What is done with an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    /// Read.
    Get,
    /// Ask for an effect.
    Post,
    /// Ask for an effect on something that exists.
    Put,
}

/// One call. Header values are secrets, so that no call prints a key.
#[derive(Debug, Clone)]
pub struct Request {
    /// What is done.
    pub verb: Verb,
    /// Where.
    pub url: Url,
    /// Names in lower case.
    pub headers: Vec<(&'static str, Secret)>,
    /// JSON, sent with its length.
    pub body: Option<Vec<u8>>,
}

/// A 2xx.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP code.
    pub status: u16,
    /// The bytes, at most [`ANSWER_MAX`].
    pub body: Vec<u8>,
}

/// Anything but a 2xx.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// No connection was made: nothing was sent.
    #[error("cannot connect")]
    Connect,
    /// The call could not even be built.
    #[error("not a call: {0}")]
    Malformed(String),
    /// No answer in time; it may have been processed.
    #[error("no answer in time")]
    Timeout,
    /// The connection broke; it may have been processed.
    #[error("the connection broke")]
    Broken,
    /// The answer is larger than [`ANSWER_MAX`]; it was processed.
    #[error("the answer is too large")]
    TooLarge,
    /// An answer that is no success.
    #[error("HTTP {code}")]
    Status {
        /// The HTTP code.
        code: u16,
        /// Whether the body is a web page (a firewall speaks HTML, an API does not).
        html: bool,
        /// The bytes, at most [`ANSWER_MAX`].
        body: Vec<u8>,
    },
}

impl Failure {
    /// Whether the other side has surely not acted. 4xx is a refusal, except 408; 5xx and
    /// redirects prove nothing.
    pub fn certainly_not_processed(&self) -> bool {
        match self {
            Self::Connect | Self::Malformed(_) => true,
            Self::Timeout | Self::Broken | Self::TooLarge => false,
            Self::Status { code, .. } => (400..500).contains(code) && *code != 408,
        }
    }
}

/// The client. Cheap to clone: clones share their connections.
#[derive(Debug, Clone)]
pub struct Transport {
    client: reqwest::Client,
}

static PROVIDER: Once = Once::new();

impl Transport {
    /// Makes the client. Fails only where the machine has no usable root certificates.
    pub fn new() -> Result<Self, Failure> {
        PROVIDER.call_once(|| {
            // Someone else's provider does as well: an error here means one is installed.
            if rustls::crypto::ring::default_provider()
                .install_default()
                .is_err()
            {
                tracing::debug!("a TLS provider was installed before");
            }
        });
        let client = reqwest::Client::builder()
            .user_agent(AGENT)
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(CONNECT)
            .timeout(TOTAL)
            .pool_idle_timeout(IDLE)
            .http1_only()
            .no_proxy()
            .build()
            .map_err(|error| Failure::Malformed(error.to_string()))?;
        Ok(Self { client })
    }

    /// Makes one call, once. Retrying is the caller's decision, never this one's.
    pub async fn send(&self, request: Request) -> Result<Answer, Failure> {
        let call = match request.verb {
            Verb::Get => self.client.get(request.url),
            Verb::Post => self.client.post(request.url),
            Verb::Put => self.client.put(request.url),
        };
        let mut call = call;
        for (name, value) in &request.headers {
            call = call.header(HeaderName::from_static(name), sensitive(value)?);
        }
        if let Some(body) = request.body {
            call = call.header(CONTENT_TYPE, "application/json").body(body);
        }
        let response = call.send().await.map_err(classify)?;
        read(response).await
    }
}

fn sensitive(value: &Secret) -> Result<HeaderValue, Failure> {
    let mut header = HeaderValue::from_str(value.expose())
        .map_err(|_bad| Failure::Malformed("a header value with control characters".to_owned()))?;
    header.set_sensitive(true);
    Ok(header)
}

async fn read(mut response: reqwest::Response) -> Result<Answer, Failure> {
    let status = response.status().as_u16();
    let success = response.status().is_success();
    let kind = response
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    let declared_html = kind.is_some_and(|kind| kind.starts_with("text/html"));
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(classify)? {
        if body.len() + chunk.len() > ANSWER_MAX {
            return Err(Failure::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    if success {
        return Ok(Answer { status, body });
    }
    let html = declared_html || body.trim_ascii_start().starts_with(b"<");
    Err(Failure::Status {
        code: status,
        html,
        body,
    })
}

// The error's text may hold the address; only its kind is kept.
fn classify(error: reqwest::Error) -> Failure {
    if error.is_builder() {
        Failure::Malformed("the call could not be built".to_owned())
    } else if error.is_connect() {
        Failure::Connect
    } else if error.is_timeout() {
        Failure::Timeout
    } else {
        Failure::Broken
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpListener;

    /// A server that reads one request, says `reply`, hangs up, and gives back what it read.
    async fn server(reply: Vec<u8>) -> (Url, tokio::task::JoinHandle<String>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/x", listener.local_addr().unwrap())
            .parse()
            .unwrap();
        let task = tokio::spawn(async move {
            let (mut socket, _) = listener.accept().await.unwrap();
            let mut seen = vec![0; 4096];
            let n = socket.read(&mut seen).await.unwrap();
            // A client that gave up on a large answer closes early.
            drop(socket.write_all(&reply).await);
            String::from_utf8(seen[..n].to_vec()).unwrap()
        });
        (url, task)
    }

    fn post(url: Url) -> Request {
        let headers = vec![("x-api-key", Secret::new("key-1"))];
        Request {
            verb: Verb::Post,
            url,
            headers,
            body: Some(b"{}".to_vec()),
        }
    }

    async fn call(reply: &[u8]) -> (Result<Answer, Failure>, String) {
        let (url, task) = server(reply.to_vec()).await;
        let result = Transport::new().unwrap().send(post(url)).await;
        (result, task.await.unwrap())
    }

    #[tokio::test]
    async fn a_call_has_a_length_and_an_agent_and_gives_its_answer() {
        let (answer, seen) = call(b"HTTP/1.1 202 OK\r\ncontent-length: 2\r\n\r\nok").await;
        assert_eq!(
            answer,
            Ok(Answer {
                status: 202,
                body: b"ok".to_vec()
            })
        );
        let seen = seen.to_lowercase();
        for part in [
            "http/1.1",
            "content-length: 2",
            "user-agent: mozilla",
            "x-api-key: key-1",
        ] {
            assert!(seen.contains(part), "{part} in {seen}");
        }
    }

    #[tokio::test]
    async fn a_firewall_page_is_told_from_a_refusal() {
        let page = b"HTTP/1.1 403 No\r\ncontent-length: 13\r\n\r\n<html></html>";
        let (failure, _) = call(page).await;
        assert!(matches!(
            failure,
            Err(Failure::Status {
                code: 403,
                html: true,
                ..
            })
        ));
        let json = b"HTTP/1.1 403 No\r\ncontent-length: 2\r\n\r\n{}";
        let (failure, _) = call(json).await;
        assert!(matches!(
            failure,
            Err(Failure::Status {
                code: 403,
                html: false,
                ..
            })
        ));
    }

    #[tokio::test]
    async fn a_redirect_is_not_followed_and_a_giant_is_not_read() {
        let away = b"HTTP/1.1 302 F\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n";
        assert!(matches!(
            call(away).await.0,
            Err(Failure::Status { code: 302, .. })
        ));
        let mut giant = b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n".to_vec();
        giant.resize(giant.len() + ANSWER_MAX + 1, b'x');
        assert_eq!(call(&giant).await.0, Err(Failure::TooLarge));
    }

    #[tokio::test]
    async fn failures_say_whether_something_may_have_happened() {
        let (broken, _) = call(b"").await;
        assert_eq!(broken, Err(Failure::Broken));
        let free = TcpListener::bind("127.0.0.1:0")
            .await
            .unwrap()
            .local_addr()
            .unwrap();
        let url = format!("http://{free}/").parse().unwrap();
        let nobody = Transport::new().unwrap().send(post(url)).await;
        assert_eq!(nobody, Err(Failure::Connect));
        assert!(Failure::Connect.certainly_not_processed());
        for failure in [
            Failure::Broken,
            Failure::Timeout,
            Failure::TooLarge,
            status(500),
        ] {
            assert!(!failure.certainly_not_processed(), "{failure}");
        }
        assert!(status(400).certainly_not_processed());
        assert!(!status(408).certainly_not_processed());
    }

    fn status(code: u16) -> Failure {
        Failure::Status {
            code,
            html: false,
            body: Vec::new(),
        }
    }

    #[test]
    fn a_printed_call_shows_no_key() {
        let request = post("http://127.0.0.1/".parse().unwrap());
        assert!(!format!("{request:?}").contains("key-1"));
    }
}

//! Drives any provider over the transport. It never retries and keeps no pace: the pacer of the
//! account decides when (architecture.md, "Payments").

use domain::ids::Reference;

use super::port::{
    Account, Charge, Charged, Misfit, Page, Provider, Refunded, Span, Trouble, trouble,
};
use super::seen::Seen;
use crate::transport::{Failure, Request, Transport};

/// One account at one provider.
#[derive(Debug, Clone)]
pub struct Client {
    transport: Transport,
    provider: &'static dyn Provider,
    account: Account,
}

impl Client {
    /// A client; refuses an account whose keys and address do not belong together.
    pub fn new(
        transport: Transport,
        provider: &'static dyn Provider,
        account: Account,
    ) -> Result<Self, Misfit> {
        provider.check(&account)?;
        Ok(Self {
            transport,
            provider,
            account,
        })
    }

    /// Its provider.
    pub fn provider(&self) -> &'static dyn Provider {
        self.provider
    }

    /// Its account.
    pub fn account(&self) -> &Account {
        &self.account
    }

    /// Asks for a charge, once.
    pub async fn charge(&self, charge: &Charge) -> Charged {
        let result = match self.provider.encode_charge(&self.account, charge) {
            Ok(request) => self.transport.send(request).await,
            Err(failure) => Err(failure),
        };
        self.provider.decode_charge(charge, result)
    }

    /// Asks for a transaction's money to go back, once.
    pub async fn refund(&self, transaction: &str) -> Refunded {
        let result = match self.provider.encode_refund(&self.account, transaction) {
            Ok(request) => self.transport.send(request).await,
            Err(failure) => Err(failure),
        };
        self.provider.decode_refund(result)
    }

    /// Lists transactions: one call for all open attempts.
    pub async fn list(&self, span: Span) -> Result<Page, Trouble> {
        let body = self
            .read(self.provider.encode_list(&self.account, span))
            .await?;
        Ok(self.provider.decode_list(&body)?)
    }

    /// Reads one transaction: what confirms a hint.
    pub async fn detail(&self, id: &str) -> Result<Seen, Trouble> {
        let body = self
            .read(self.provider.encode_detail(&self.account, id))
            .await?;
        Ok(self.provider.decode_detail(&body)?)
    }

    /// Reads a status: at a lock deadline only, it has no amount.
    pub async fn status(&self, asked: &Reference, id: &str) -> Result<Seen, Trouble> {
        let body = self
            .read(self.provider.encode_status(&self.account, id))
            .await?;
        Ok(self.provider.decode_status(asked, &body)?)
    }

    async fn read(&self, request: Result<Request, Failure>) -> Result<Vec<u8>, Trouble> {
        let request = request.map_err(trouble)?;
        let answer = self.transport.send(request).await.map_err(trouble)?;
        Ok(answer.body)
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpListener;

    use super::*;
    use crate::psp::bictorys::{CODEC, sample};
    use crate::psp::contract::reference;

    /// A client of a provider that answers every call with `reply`.
    async fn facing(reply: &'static str) -> (Client, tokio::task::JoinHandle<String>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}/bictorys", listener.local_addr().unwrap());
        let task = tokio::spawn(async move {
            let (mut socket, _) = listener.accept().await.unwrap();
            let mut seen = vec![0; 8_192];
            let n = socket.read(&mut seen).await.unwrap();
            socket.write_all(reply.as_bytes()).await.unwrap();
            String::from_utf8_lossy(&seen[..n]).into_owned()
        });
        let account = Account {
            base: base.parse().unwrap(),
            ..sample::account()
        };
        (
            Client::new(Transport::new().unwrap(), &CODEC, account).unwrap(),
            task,
        )
    }

    const FIREWALL: &str = "HTTP/1.1 403 Forbidden\r\ncontent-type: text/html\r\n\
                            content-length: 13\r\n\r\n<html></html>";
    const FORBIDDEN: &str = "HTTP/1.1 403 Forbidden\r\ncontent-length: 2\r\n\r\n{}";
    const BROKEN: &str = "HTTP/1.1 500 Oh\r\ncontent-length: 2\r\n\r\n{}";
    const EMPTY: &str = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n[]";

    #[tokio::test]
    async fn a_firewall_slows_us_down_and_refuses_nothing() {
        let (client, task) = facing(FIREWALL).await;
        assert_eq!(client.charge(&sample::charge()).await, Charged::Throttled);
        let call = task.await.unwrap();
        let path = "POST /bictorys/pay/v1/charges?payment_type=wave_money HTTP/1.1";
        assert!(call.starts_with(path), "{call}");
        let (client, _) = facing(FIREWALL).await;
        assert_eq!(client.detail("t").await, Err(Trouble::Throttled));
    }

    #[tokio::test]
    async fn a_read_that_fails_is_no_failed_payment() {
        let (client, _) = facing(FORBIDDEN).await;
        assert_eq!(
            client.detail("t").await,
            Err(Trouble::Refused("HTTP 403".to_owned()))
        );
        let (client, _) = facing(BROKEN).await;
        let status = client.status(&reference(), "t").await;
        assert_eq!(status, Err(Trouble::Unavailable("HTTP 500".to_owned())));
        let (client, _) = facing(BROKEN).await;
        assert!(matches!(
            client.charge(&sample::charge()).await,
            Charged::Unknown { .. }
        ));
    }

    #[tokio::test]
    async fn an_empty_list_is_an_answer() {
        let (client, _) = facing(EMPTY).await;
        let day = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
        let page = client
            .list(Span {
                from: day,
                to: day,
                page: 0,
                reference: None,
            })
            .await
            .unwrap();
        assert_eq!(
            page,
            Page {
                seen: Vec::new(),
                last: true
            }
        );
    }
}

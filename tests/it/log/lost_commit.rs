//! The commit happened and its acknowledgement is lost on the way: found out, answered once.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use tests::cluster::database;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::Instant;

use super::stock::{Stock, look, start};
use super::torture::{call, check};

/// A wire to PostgreSQL that can be told to lose the next answer to a batch, and itself with it.
#[derive(Clone, Default)]
struct Wire {
    lose: Arc<AtomicBool>,
    lost: Arc<AtomicUsize>,
}

impl Wire {
    async fn run(self, listener: TcpListener, target: String) {
        loop {
            let (client, _) = listener.accept().await.expect("a client");
            let server = TcpStream::connect(&target).await.expect("the server");
            tokio::spawn(self.clone().carry(client, server));
        }
    }

    async fn carry(self, mut client: TcpStream, mut server: TcpStream) {
        let (mut up, mut down) = (vec![0; 1 << 16], vec![0; 1 << 16]);
        let mut commits = false;
        loop {
            tokio::select! {
                read = client.read(&mut up) => match read {
                    Ok(n) if n > 0 => {
                        // The batch's text goes over once per connection: it is prepared.
                        let sent = &up[..n];
                        commits |= sent.windows(13).any(|text| text == b"-- One batch,");
                        if server.write_all(sent).await.is_err() {
                            return;
                        }
                    }
                    _ => return,
                },
                read = server.read(&mut down) => match read {
                    Ok(n) if n > 0 => {
                        // The tag, then 'Z', length 5, idle: the commit is on the server's disk.
                        let has = |what: &[u8]| down[..n].windows(what.len()).any(|w| w == what);
                        let done = has(b"SELECT ") && has(b"Z\0\0\0\x05I");
                        if commits && done && self.lose.swap(false, Ordering::SeqCst) {
                            self.lost.fetch_add(1, Ordering::SeqCst);
                            return;
                        }
                        if client.write_all(&down[..n]).await.is_err() {
                            return;
                        }
                    }
                    _ => return,
                },
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_acknowledgement_is_found_out_and_answered_once() {
    let db = database().await;
    let (scheme, rest) = db.tcp_url().split_once('@').expect("a login");
    let (address, name) = rest.split_once('/').expect("a database");
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let url = format!("{scheme}@127.0.0.1:{port}/{name}");
    let wire = Wire::default();
    let running = tokio::spawn(wire.clone().run(listener, address.to_owned()));

    let log = start(
        &url,
        "a",
        Stock {
            units: 1_000_000,
            promises: true,
            hold: None,
        },
    )
    .await;
    let until = Instant::now() + Duration::from_secs(4);
    let callers: Vec<_> = (1..=16)
        .map(|n| tokio::spawn(call(Arc::clone(&log), n, until)))
        .collect();
    while Instant::now() < until {
        tokio::time::sleep(Duration::from_millis(150)).await;
        wire.lose.store(true, Ordering::SeqCst);
    }
    let mut answered = Vec::new();
    for caller in callers {
        answered.extend(caller.await.expect("no caller failed"));
    }
    let lost = wire.lost.load(Ordering::SeqCst);
    assert!(lost > 10, "only {lost} acknowledgements were lost");
    check(&look(db.url()).await, answered).await;
    log.shutdown().await;
    running.abort();
}

//! The vendor's page: signed in or not at all, a snapshot, then rows, resumed by sequence.

use std::time::Duration;

use futures_util::StreamExt as _;
use serde_json::Value;
use tests::world::World;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

type Socket = WebSocketStream<MaybeTlsStream<tokio::net::TcpStream>>;

async fn cookie(world: &World) -> String {
    let http = reqwest::Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap();
    let answer = http.get(world.demo.sign_in_url()).send().await.unwrap();
    assert_eq!(answer.status().as_u16(), 303);
    let cookie = answer.headers()["set-cookie"].to_str().unwrap().to_owned();
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"),
        "{cookie}"
    );
    cookie.split(';').next().unwrap().to_owned()
}

async fn socket(world: &World, cookie: &str, after: &str) -> Socket {
    let url = world
        .livepay(&format!("/ws{after}"))
        .replace("http://", "ws://");
    let mut request = url.into_client_request().unwrap();
    request
        .headers_mut()
        .insert("cookie", cookie.parse().unwrap());
    request
        .headers_mut()
        .insert("origin", world.demo.livepay_url().parse().unwrap());
    connect_async(request).await.unwrap().0
}

async fn frame(socket: &mut Socket) -> Value {
    loop {
        let message = tokio::time::timeout(Duration::from_secs(30), socket.next()).await;
        let message = message.expect("a frame in time").unwrap().unwrap();
        if message.is_text() {
            let frame: Value = serde_json::from_str(message.to_text().unwrap()).unwrap();
            if frame["type"] != "ping" {
                return frame;
            }
        }
    }
}

#[tokio::test]
async fn a_stranger_sees_nothing() {
    let world = World::start().await;
    let answer = world
        .http
        .get(world.livepay("/api/v1/board"))
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status().as_u16(), 401);
    let forged = world
        .http
        .get(world.livepay("/api/v1/board"))
        .header(
            "cookie",
            "livepay=00000000000000000000000000000000.9999999999.00",
        )
        .send()
        .await
        .unwrap();
    assert_eq!(forged.status().as_u16(), 401);
    world.stop().await;
}

#[tokio::test]
async fn a_snapshot_then_rows_then_resume() {
    let world = World::start().await;
    let cookie = cookie(&world).await;
    // The tables follow the log; this page is about what they know once they have.
    world.until("select count(*) from reading.stock", 11).await;
    let mut live = socket(&world, &cookie, "").await;
    let first = frame(&mut live).await;
    assert_eq!(
        (first["type"].as_str(), first["reason"].as_str()),
        (Some("snapshot"), Some("first"))
    );
    assert_eq!(
        first["stock"].as_array().unwrap().len(),
        11,
        "six products, two in sizes"
    );

    let mut buyer = world.phone("Aminata Diallo", false).await;
    buyer.ask("ROBE1").await;
    let mut rows = frame(&mut live).await;
    while rows["orders"].as_array().unwrap().is_empty() {
        rows = frame(&mut live).await;
    }
    assert_eq!(rows["type"], "rows");
    assert_eq!(rows["orders"][0]["client"], "Aminata D.");
    assert_eq!(rows["orders"][0]["state"], "held");
    assert_eq!(rows["stock"][0]["held"], 1);
    let seq = rows["seq"].as_i64().unwrap();
    drop(live);

    // In the tunnel something happens; afterwards exactly that comes, no snapshot.
    buyer.write("ANNULER").await;
    buyer.hear().await;
    world
        .until(
            "select count(*) from reading.orders where state = 'cancelled'",
            1,
        )
        .await;
    let mut back = socket(&world, &cookie, &format!("?after={seq}")).await;
    let missed = frame(&mut back).await;
    assert_eq!(missed["type"], "rows", "{missed}");
    assert_eq!(missed["orders"][0]["state"], "cancelled");
    // Someone from before the first frame gets a fresh snapshot that says so.
    let mut lost = socket(&world, &cookie, "?after=1").await;
    let fresh = frame(&mut lost).await;
    assert_eq!(fresh["type"], "snapshot");
    assert_eq!(fresh["reason"], "too_far_behind");
    // And the page equals the API.
    let board = world
        .http
        .get(world.livepay("/api/v1/board"))
        .header("cookie", &cookie);
    let board: Value = board.send().await.unwrap().json().await.unwrap();
    assert_eq!(board["figures"], fresh["figures"]);
    assert_eq!(board["stock"], fresh["stock"]);
    world.stop().await;
}

#[tokio::test]
async fn another_site_cannot_watch() {
    let world = World::start().await;
    let cookie = cookie(&world).await;
    let url = world.livepay("/ws").replace("http://", "ws://");
    let mut request = url.into_client_request().unwrap();
    request
        .headers_mut()
        .insert("cookie", cookie.parse().unwrap());
    request
        .headers_mut()
        .insert("origin", "https://evil.example".parse().unwrap());
    assert!(connect_async(request).await.is_err());
    world.stop().await;
}

//! The live page's socket and board, over real HTTP.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use axum::{Extension, Router};
use domain::{
    event::Event,
    ids::{ClientId, OrderId, ShopId},
    live::Event as Live,
};
use futures_util::StreamExt as _;
use serde_json::{Value, json};
use server::hub::{Hub, SignedIn};
use tokio::{net::TcpListener, net::TcpStream, time::timeout};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Error, Message, client::IntoClientRequest as _},
};
use uuid::Uuid;

use super::scene::{FIRST, Scene, confirmed, now, opened, placed};

const SHOP: Uuid = Uuid::from_u128(0x81);

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// A house with only the live pages in it, signed in as `shop` or as nobody.
async fn house(scene: &Scene, shop: Option<Uuid>) -> (SocketAddr, Arc<Hub>) {
    let names = |_: ShopId, _: ClientId, sealed: &str| -> Option<String> {
        sealed.strip_prefix("sealed ").map(str::to_owned)
    };
    let applied = scene.readings.applied();
    let (hub, _task) = Hub::start(scene.pool.clone(), Arc::new(names), Arc::new(now), applied);
    let mut routes: Router = hub.routes();
    if let Some(shop) = shop {
        routes = routes.layer(Extension(SignedIn { shop: ShopId(shop) }));
    }
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, routes).await.unwrap() });
    (address, hub)
}

async fn open(address: SocketAddr, query: &str, origin: &str) -> Result<Socket, Error> {
    let mut request = format!("ws://{address}/ws{query}").into_client_request()?;
    request
        .headers_mut()
        .insert("origin", origin.parse().unwrap());
    Ok(connect_async(request).await?.0)
}

async fn page(address: SocketAddr, query: &str) -> Socket {
    open(address, query, &format!("http://{address}"))
        .await
        .unwrap()
}

async fn frame(socket: &mut Socket) -> Value {
    loop {
        let next = timeout(Duration::from_secs(10), socket.next())
            .await
            .expect("a frame in 10 s");
        if let Message::Text(text) = next.unwrap().unwrap() {
            return serde_json::from_str(&text).unwrap();
        }
    }
}

/// Frames up to the one that carries `seq`.
async fn frames_to(socket: &mut Socket, seq: i64) -> Vec<Value> {
    let mut frames = vec![frame(socket).await];
    while frames.last().unwrap()["seq"].as_i64().unwrap() < seq {
        frames.push(frame(socket).await);
    }
    frames
}

async fn get(address: SocketAddr, path: &str) -> reqwest::Response {
    // The client wants a provider of cryptography even where it uses none; a second one is refused.
    drop(rustls::crypto::ring::default_provider().install_default());
    reqwest::get(format!("http://{address}{path}"))
        .await
        .unwrap()
}

async fn told(scene: &Scene, events: Vec<Event>) {
    let (lane, pos) = scene.tell(SHOP, events).await;
    assert!(
        scene
            .readings
            .wait_for(lane, pos, Duration::from_secs(10))
            .await
    );
}

#[tokio::test]
async fn a_page_gets_a_snapshot_and_then_only_what_moved() {
    let scene = Scene::new().await;
    told(&scene, opened()).await;
    told(&scene, vec![placed(FIRST, 1)]).await;
    let (address, _hub) = house(&scene, Some(SHOP)).await;
    let mut socket = page(address, "").await;
    let first = frame(&mut socket).await;
    assert_eq!(
        (&first["type"], &first["reason"]),
        (&json!("snapshot"), &json!("first"))
    );
    assert_eq!(
        first["orders"][0]["client"], "Aminata D.",
        "opened by the names given"
    );
    assert_eq!(first["seq"], 10);
    let keys: Vec<&String> = first.as_object().unwrap().keys().collect();
    for key in ["shop", "seq", "at", "live", "figures", "stock", "orders"] {
        assert!(keys.iter().any(|k| *k == key), "{key} in {keys:?}");
    }

    told(&scene, vec![confirmed(FIRST, 1), placed(OrderId(2), 2)]).await;
    let rows = frames_to(&mut socket, 12).await.pop().unwrap();
    assert_eq!(rows["type"], "rows");
    assert_eq!(rows["orders"].as_array().unwrap().len(), 2);
    assert_eq!(
        rows["stock"].as_array().unwrap().len(),
        1,
        "the bag did not move"
    );
    assert_eq!(
        (&rows["stock"][0]["held"], &rows["stock"][0]["committed"]),
        (&json!(2), &json!(1))
    );
    assert_eq!(rows["figures"]["orders"], 2);
    assert_eq!(rows["live"]["state"], "live");

    told(
        &scene,
        vec![Event::Live(Live::LivePaused {
            live: domain::ids::LiveId(1),
        })],
    )
    .await;
    let rows = frames_to(&mut socket, 13).await.pop().unwrap();
    assert_eq!(
        (&rows["live"]["state"], &rows["orders"]),
        (&json!("paused"), &json!([]))
    );
}

#[tokio::test]
async fn who_comes_back_gets_exactly_what_she_missed() {
    let scene = Scene::new().await;
    told(&scene, opened()).await;
    let (address, _hub) = house(&scene, Some(SHOP)).await;
    let mut stays = page(address, "").await;
    let mut leaves = page(address, "").await;
    for socket in [&mut stays, &mut leaves] {
        assert_eq!(frame(socket).await["seq"], 9);
    }
    drop(leaves);
    for number in 1..=3_u64 {
        told(&scene, vec![placed(OrderId(number), 1)]).await;
        let seq = 9 + i64::try_from(number).unwrap();
        let seen = frames_to(&mut stays, seq).await.pop().unwrap();
        assert_eq!(seen["orders"][0]["order"], number);
    }
    let mut back = page(address, "?after=10").await;
    let missed = frames_to(&mut back, 12).await;
    let seqs: Vec<i64> = missed
        .iter()
        .map(|frame| frame["seq"].as_i64().unwrap())
        .collect();
    assert_eq!(seqs, [11, 12]);
    assert!(missed.iter().all(|frame| frame["type"] == "rows"));

    for gone in ["?after=3", "?after=999"] {
        let again = frame(&mut page(address, gone).await).await;
        assert_eq!(
            (&again["type"], &again["reason"], &again["seq"]),
            (&json!("snapshot"), &json!("too_far_behind"), &json!(12)),
            "{gone}"
        );
    }
    // Nothing missed: the first word says so, and the next change still arrives.
    let mut current = page(address, "?after=12").await;
    assert_eq!(frame(&mut current).await["type"], "ping");
    told(&scene, vec![placed(OrderId(4), 1)]).await;
    assert_eq!(
        frames_to(&mut current, 13).await.pop().unwrap()["type"],
        "rows"
    );
}

#[tokio::test]
async fn no_change_is_lost_between_snapshot_and_rows() {
    let scene = Scene::new().await;
    told(&scene, opened()).await;
    let (address, _hub) = house(&scene, Some(SHOP)).await;
    for round in 0..10_u64 {
        // The order is placed while the page opens.
        let opening = page(address, "");
        let telling = scene.tell(SHOP, vec![placed(OrderId(round + 1), 0)]);
        let (mut socket, _) = tokio::join!(opening, telling);
        let seq = 10 + i64::try_from(round).unwrap();
        let frames = frames_to(&mut socket, seq).await;
        let shown = frames.iter().any(|frame| {
            let orders = frame["orders"].as_array();
            orders.is_some_and(|orders| orders.iter().any(|row| row["order"] == round + 1))
        });
        assert!(shown, "order {} never came: {frames:?}", round + 1);
    }
}

#[tokio::test]
async fn strangers_are_turned_away() {
    let scene = Scene::new().await;
    told(&scene, opened()).await;
    let status = |refused: Result<Socket, Error>| match refused {
        Err(Error::Http(response)) => response.status().as_u16(),
        other => panic!("not refused: {other:?}"),
    };
    let (address, _hub) = house(&scene, Some(SHOP)).await;
    for origin in ["http://evil.test", "null", &format!("http://{address}0")] {
        assert_eq!(status(open(address, "", origin).await), 403, "{origin}");
    }
    let (nobody, _hub) = house(&scene, None).await;
    assert_eq!(
        status(open(nobody, "", &format!("http://{nobody}")).await),
        401
    );
    let board = get(nobody, "/api/v1/board").await;
    assert_eq!(board.status().as_u16(), 401);
    assert_eq!(board.headers()["content-type"], "application/problem+json");
}

#[tokio::test]
async fn the_board_without_a_socket_is_the_same_page() {
    let scene = Scene::new().await;
    told(&scene, opened()).await;
    told(&scene, vec![placed(FIRST, 1)]).await;
    let (address, _hub) = house(&scene, Some(SHOP)).await;
    let mut board: Value = get(address, "/api/v1/board").await.json().await.unwrap();
    let mut snapshot = frame(&mut page(address, "").await).await;
    for own in ["type", "reason", "at"] {
        snapshot.as_object_mut().unwrap().remove(own);
    }
    assert!(board.as_object_mut().unwrap().remove("at").is_some());
    assert_eq!(board, snapshot);

    let (unknown, _hub) = house(&scene, Some(Uuid::from_u128(0x82))).await;
    let none = get(unknown, "/api/v1/board").await;
    assert_eq!(none.status().as_u16(), 404);
}

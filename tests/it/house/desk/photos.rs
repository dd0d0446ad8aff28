//! Pictures of products: what is taken, what is shown, and to whom.

use domain::ids::ShopId;
use serde_json::{Value, json};
use tests::world::World;

use super::{Desk, Said};

const ROBE: &[u8] = include_bytes!("../../../../server/src/demo/photos/robe1.webp");
const SCARF: &[u8] = include_bytes!("../../../../server/src/demo/photos/foulard.webp");
const LARGEST: usize = 300 << 10;
const KEPT: &str = "select count(*) from photo";

/// A PNG of exactly so many bytes, with a text of its painter's in it.
fn png(bytes: usize) -> Vec<u8> {
    let chunk = |name: &[u8], data: &[u8]| {
        let length = u32::try_from(data.len()).unwrap().to_be_bytes();
        [&length[..], name, data, b"sum!"].concat()
    };
    let paint = vec![7; bytes - 8 - 25 - 24 - 12 - 12];
    let parts = [
        &b"\x89PNG\r\n\x1a\n"[..],
        &chunk(b"IHDR", &[0; 13]),
        &chunk(b"tEXt", b"Author\0Awa D"),
        &chunk(b"IDAT", &paint),
        &chunk(b"IEND", b""),
    ];
    parts.concat()
}

impl Desk<'_> {
    async fn put(&self, product: u32, media: &str, bytes: Vec<u8>) -> Said {
        let url = self
            .world
            .livepay(&format!("/api/v1/products/{product}/photo"));
        let asked = self.world.http.put(url).header("content-type", media);
        self.send(asked.body(bytes)).await
    }

    async fn look(&self, path: &str, headers: &[(&str, &str)]) -> reqwest::Response {
        let mut asked = self.world.http.get(self.world.livepay(path));
        for (name, value) in headers {
            asked = asked.header(*name, *value);
        }
        let asked = asked.header("cookie", &self.cookie);
        asked.send().await.unwrap()
    }

    /// The newest picture a fact names.
    async fn newest(&self) -> String {
        let facts = "select body::text from event
            where kind in ('ProductAdded', 'ProductChanged') and shop_id = $1
            order by seq desc limit 1";
        let shop = self.world.demo.shop().0;
        let body: String = sqlx::query_scalar(facts)
            .bind(shop)
            .fetch_one(&self.world.db)
            .await
            .unwrap();
        let body: Value = serde_json::from_str(&body).unwrap();
        let fact = body["catalogue"].as_object().unwrap().values().next();
        fact.unwrap()["photo"].as_str().unwrap().to_owned()
    }
}

#[tokio::test]
async fn a_picture_is_shown_to_its_shop_and_kept_by_its_browser() {
    let world = World::start().await;
    let desk = Desk::open(&world);
    assert_eq!(world.count(KEPT).await, 6, "the demo's");
    let scarf = desk.newest().await;
    let seen = desk.look(&scarf, &[("accept-encoding", "gzip, br")]).await;
    assert_eq!(seen.status(), 200);
    let header = |name: &str| {
        seen.headers()
            .get(name)
            .map(|value| value.to_str().unwrap())
    };
    assert_eq!(header("content-type"), Some("image/webp"));
    assert_eq!(
        header("cache-control"),
        Some("private, max-age=31536000, immutable")
    );
    assert_eq!(header("x-content-type-options"), Some("nosniff"));
    assert_eq!(header("content-encoding"), None, "it is compressed already");
    let etag = header("etag").unwrap().to_owned();
    assert_eq!(seen.bytes().await.unwrap(), SCARF);

    let known = format!("\"other\", W/{etag}");
    let again = desk.look(&scarf, &[("if-none-match", &known)]).await;
    assert_eq!(again.status(), 304);
    assert_eq!(again.headers()["etag"], etag.as_str());
    assert!(again.bytes().await.unwrap().is_empty());
    let other = desk.look(&scarf, &[("if-none-match", "\"other\"")]).await;
    assert_eq!(other.status(), 200);

    let shops = world
        .post(&world.livepay("/api/dev/shops"), &json!({ "count": 1 }))
        .await;
    let shop = ShopId(shops[0]["shop"].as_str().unwrap().parse().unwrap());
    let neighbour = Desk::of(&world, shop);
    let stranger = Desk {
        world: &world,
        cookie: String::new(),
    };
    for headers in [&[][..], &[("if-none-match", etag.as_str())]] {
        assert_eq!(neighbour.look(&scarf, headers).await.status(), 404);
        assert_eq!(stranger.look(&scarf, headers).await.status(), 401);
    }
    let zeros = format!("photos/{}", "0".repeat(64));
    for nothing in [&zeros, "photos/x", "photos/..%2f..%2fetc"] {
        assert_eq!(
            desk.get(nothing).await.problem(404),
            "not-found",
            "{nothing}"
        );
    }
    // The same picture is the neighbour's as soon as she sends it herself.
    let hers = neighbour.put(1, "image/webp", SCARF.to_vec()).await;
    assert_eq!(hers.body["outcome"], "done");
    assert_eq!(neighbour.look(&scarf, &[]).await.status(), 200);
    world.stop().await;
}

#[tokio::test]
async fn a_picture_is_sent_once_and_what_was_beside_it_is_not_kept() {
    let world = World::start().await;
    let desk = Desk::open(&world);
    let raw = png(LARGEST);
    let sent = desk.put(1, "image/png", raw.clone()).await;
    assert_eq!(sent.body["outcome"], "done", "{sent:?}");
    let address = desk.newest().await;
    let seen = desk.look(&address, &[]).await;
    assert_eq!(seen.headers()["content-type"], "image/png");
    let seen = seen.bytes().await.unwrap();
    assert_eq!(seen.len(), raw.len() - 24);
    assert!(!seen.windows(3).any(|word| word == b"Awa"));

    // Who has just sent it finds it on her board.
    desk.get(&format!("desk?after={}", sent.after())).await;
    let board = desk.get("board").await.body;
    let mut cards = board["stock"].as_array().unwrap().iter();
    let shown = cards.find(|card| card["product"] == 1).unwrap();
    assert_eq!(shown["photo"], address.as_str());

    let again = desk.put(1, "image/png", raw).await;
    assert_eq!(again.body["outcome"], "already");
    assert_eq!(world.count(KEPT).await, 7);
    let url = world.livepay("/api/v1/products/1/photo");
    let keyed = || {
        let asked = world.http.put(&url).header("content-type", "image/webp");
        asked.header("idempotency-key", "k1").body(ROBE)
    };
    let first = desk.send(keyed()).await;
    assert_eq!(
        (&first.body["outcome"], first.replayed),
        (&json!("done"), false)
    );
    let same = desk.send(keyed()).await;
    assert_eq!((same.replayed, same.body), (true, first.body));
    let changed = "select count(*) from event where kind = 'ProductChanged'";
    assert_eq!(world.count(changed).await, 2);
    // What was shown before is still there for who looks back.
    assert_eq!(desk.look(&address, &[]).await.status(), 200);
    world.stop().await;
}

#[tokio::test]
async fn what_is_no_picture_or_too_large_or_of_nothing_is_refused_and_not_kept() {
    let world = World::start().await;
    let desk = Desk::open(&world);
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg'/>";
    for (media, bytes) in [
        ("image/svg+xml", &svg[..]),
        ("image/png", svg),
        ("image/jpeg", ROBE),
        ("image/gif", b"GIF89a"),
        ("application/octet-stream", ROBE),
        ("", ROBE),
        ("image/webp", &ROBE[..ROBE.len() - 1]),
        ("image/webp", b""),
    ] {
        let said = desk.put(1, media, bytes.to_vec()).await;
        assert_eq!(said.problem(415), "unknown-picture", "{media}");
    }
    let said = desk.put(1, "image/png", png(LARGEST + 1)).await;
    assert_eq!(said.problem(413), "too-large");
    let said = desk.put(1, "image/png", vec![0; 2 << 20]).await;
    assert_eq!(said.problem(413), "too-large");
    let said = desk.put(99, "image/webp", ROBE.to_vec()).await;
    assert_eq!(said.problem(404), "not-found");

    let url = world.livepay("/api/v1/products/1/photo");
    let put = || {
        world
            .http
            .put(&url)
            .header("content-type", "image/webp")
            .body(ROBE)
    };
    let evil = put().header("origin", "https://evil.example");
    assert_eq!(desk.send(evil).await.problem(403), "forbidden");
    let stranger = Desk {
        world: &world,
        cookie: String::new(),
    };
    assert_eq!(stranger.send(put()).await.problem(401), "signed-out");
    assert_eq!(world.count(KEPT).await, 6, "the demo's");
    let changed = "select count(*) from event where kind = 'ProductChanged'";
    assert_eq!(world.count(changed).await, 0);
    world.stop().await;
}

#[tokio::test]
async fn a_shop_has_a_thousand_pictures_at_most() {
    let world = World::start().await;
    let desk = Desk::open(&world);
    let many = "insert into photo (lane, shop_id, hash, media, bytes)
        select lane, shop_id, sha256(n::text::bytea), media, '' from photo
          cross join generate_series(1, 1000) as n
         where hash = (select hash from photo limit 1) limit 994";
    sqlx::query(many).execute(&world.db).await.unwrap();
    let full = desk.put(1, "image/webp", png(200)).await;
    assert_eq!(full.problem(415), "unknown-picture", "it is a PNG");
    let full = desk.put(1, "image/png", png(200)).await;
    assert_eq!(full.problem(409), "too-many-photos");
    let known = desk.put(1, "image/webp", SCARF.to_vec()).await;
    assert_eq!(known.body["outcome"], "done", "what is there may be shown");
    world.stop().await;
}

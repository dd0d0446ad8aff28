//! A rebuild that finds another content than the live tables of the same version says where.

use projections::rebuild::{RebuildError, abort, status};
use projections::verify;
use uuid::Uuid;

use super::super::scene::{FIRST, Scene, opened, placed};
use super::{leftovers, place, plan, run, whole};

const SHOP: Uuid = Uuid::from_u128(0x94);
const OTHER: Uuid = Uuid::from_u128(0x95);

async fn lying() -> Scene {
    let scene = Scene::new().await;
    for shop in [SHOP, OTHER] {
        scene.tell(shop, opened()).await;
        scene.tell(shop, vec![placed(FIRST, 2)]).await;
    }
    scene.settled().await;
    // A column the domain knows nothing of.
    sqlx::query(
        "UPDATE reading.orders SET placed_at = placed_at - interval '1 day' WHERE shop_id = $1",
    )
    .bind(SHOP)
    .execute(&scene.pool)
    .await
    .unwrap();
    scene
}

#[tokio::test]
async fn what_differs_is_named_and_stays_until_it_is_replaced() {
    let scene = lying().await;
    let found = verify::replay(&scene.pool, None).await.unwrap().difference;
    let found = found.expect("the replay through apply sees it");
    assert_eq!(found.shop, SHOP);
    assert!(found.what.starts_with("orders:"), "{}", found.what);

    let before = place(&scene.pool, "orders").await;
    let refused = run(&scene.pool, &plan(&["orders", "stock"])).await;
    let Err(RebuildError::Differs(found)) = refused else {
        panic!("{refused:?}")
    };
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].table.as_str(), found[0].shop), ("orders", SHOP));
    assert_eq!(found[0].rows, (1, 1));
    let (was, is) = &found[0].example;
    assert!(was.is_some() && is.is_some() && was != is, "{:?}", found[0]);
    assert_eq!(
        place(&scene.pool, "orders").await,
        before,
        "nothing was changed"
    );
    assert!(!leftovers(&scene.pool).await.is_empty(), "kept to look at");

    let mut sure = plan(&["orders", "stock"]);
    sure.replace = true;
    let done = run(&scene.pool, &sure).await.unwrap();
    assert_eq!(done.differing.len(), 1);
    assert!(!done.resumed, "what was refused is not gone on with");
    assert_ne!(place(&scene.pool, "orders").await, before);
    whole(&scene).await;
}

#[tokio::test]
async fn what_was_refused_can_be_thrown_away() {
    let scene = lying().await;
    let refused = run(&scene.pool, &plan(&["orders"])).await;
    assert!(
        matches!(refused, Err(RebuildError::Differs(_))),
        "{refused:?}"
    );
    assert!(status(&scene.pool).await.unwrap().rebuild.is_some());
    assert!(abort(&scene.pool).await.unwrap());
    assert!(status(&scene.pool).await.unwrap().rebuild.is_none());
    assert_eq!(leftovers(&scene.pool).await, Vec::<String>::new());
    assert!(!abort(&scene.pool).await.unwrap(), "there is none any more");
}

#[tokio::test]
async fn nonsense_is_refused_before_anything_happens() {
    let scene = lying().await;
    let none = run(&scene.pool, &plan(&[])).await;
    assert!(matches!(none, Err(RebuildError::NoModel)), "{none:?}");
    let what = run(&scene.pool, &plan(&["horoscope"])).await;
    assert!(matches!(&what, Err(RebuildError::NoSuchModel(name)) if name == "horoscope"));
    assert_eq!(leftovers(&scene.pool).await, Vec::<String>::new());
}

//! A rebuild that dies anywhere: the old tables serve, and the next one goes on or starts over.

use domain::ids::OrderId;
use projections::rebuild::{Phase, Progress, RebuildError, abort, rebuild, status};
use tokio::sync::watch;
use uuid::Uuid;

use super::super::history::histories;
use super::super::scene::{Scene, opened, placed};
use super::{all, leftovers, plan, run, whole};

const SHOP: Uuid = Uuid::from_u128(0x96);

/// Its process is gone, and its lease has lapsed.
async fn lapsed(scene: &Scene) {
    sqlx::raw_sql("UPDATE rebuild SET lease_until = clock_timestamp() - interval '1 s'")
        .execute(&scene.pool)
        .await
        .unwrap();
}

async fn lived() -> Scene {
    let scene = Scene::new().await;
    histories(&scene, 3, 250).await;
    scene.tell(SHOP, opened()).await;
    scene.settled().await;
    scene
}

/// Ends a rebuild in the middle of a phase, as a kill would. False if it went live before.
async fn dies(scene: &Scene, phase: Phase) -> bool {
    let progress = watch::Sender::new(Progress::default());
    let mut seen = progress.subscribe();
    let work = plan(&all());
    tokio::select! {
        biased;
        _ = seen.wait_for(|progress| progress.phase == phase) => true,
        done = rebuild(&scene.pool, &work, &progress) => {
            done.unwrap();
            false
        }
    }
}

#[tokio::test]
async fn wherever_it_dies_the_old_tables_serve_and_the_next_one_succeeds() {
    let scene = lived().await;
    let phases = [
        Phase::Prepare,
        Phase::Replay,
        Phase::Index,
        Phase::Catchup,
        Phase::Golive,
    ];
    for (number, phase) in (1..).zip(phases) {
        assert!(dies(&scene, phase).await, "{phase:?} was never seen");
        scene.tell(SHOP, vec![placed(OrderId(number), 1)]).await;
        scene.settled().await;
        let page = scene.board(SHOP).await.expect("the old tables serve");
        assert_eq!(page.seq, 9 + i64::try_from(number).unwrap());
        // It may have gone live with its last word.
        if let Some(left) = status(&scene.pool).await.unwrap().rebuild {
            assert!(left.alive, "until its lease lapses: {left:?}");
            let busy = run(&scene.pool, &plan(&all())).await;
            assert!(matches!(busy, Err(RebuildError::Busy(_))), "{busy:?}");
            lapsed(&scene).await;
            assert!(!status(&scene.pool).await.unwrap().rebuild.unwrap().alive);
        }
    }
    run(&scene.pool, &plan(&all())).await.unwrap();
    whole(&scene).await;
}

#[tokio::test]
async fn what_was_read_is_not_read_again() {
    let scene = lived().await;
    assert!(dies(&scene, Phase::Index).await);
    lapsed(&scene).await;
    let left = status(&scene.pool).await.unwrap().rebuild.unwrap();
    assert!(left.done > 0 && !left.alive, "{left:?}");
    let done = run(&scene.pool, &plan(&all())).await.unwrap();
    assert!(
        done.resumed && done.events <= left.total - left.done,
        "{done:?} {left:?}"
    );
    whole(&scene).await;
}

#[tokio::test]
async fn what_another_program_left_is_thrown_away() {
    let scene = lived().await;
    let progress = watch::Sender::new(Progress::default());
    let mut seen = progress.subscribe();
    let work = plan(&all());
    let begun = async {
        // As soon as something is in the new tables.
        seen.wait_for(|progress| progress.done > 0).await.unwrap();
    };
    tokio::select! {
        done = rebuild(&scene.pool, &work, &progress) => { done.unwrap(); }
        () = begun => {}
    }
    lapsed(&scene).await;
    let mut other = plan(&all());
    other.program = "another".to_owned();
    assert!(!run(&scene.pool, &other).await.unwrap().resumed);
    whole(&scene).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_abort_from_elsewhere_stops_it() {
    let scene = lived().await;
    let pool = scene.pool.clone();
    let progress = watch::Sender::new(Progress::default());
    let mut seen = progress.subscribe();
    let running = tokio::spawn(async move { rebuild(&pool, &plan(&all()), &progress).await });
    // Its tables are there.
    drop(seen.wait_for(|progress| progress.total > 0).await);
    let was = abort(&scene.pool).await.unwrap();
    let ended = running.await.unwrap();
    // Either the abort came first, or the swap did.
    assert_eq!(was, ended.is_err(), "{ended:?}");
    assert_eq!(leftovers(&scene.pool).await, Vec::<String>::new());
    run(&scene.pool, &plan(&["orders"])).await.unwrap();
    whole(&scene).await;
}

//! How far a buyer is trusted, who waits, and the count of what there is.

use domain::command::{Actor, Command};
use domain::ids::VariantId;
use serde_json::json;
use tests::world::World;

use super::Desk;

#[tokio::test]
async fn a_vendor_sees_why_and_may_judge_otherwise() {
    let world = World::start().await;
    let desk = Desk::open(&world);
    let order = desk.sale("Aminata Diallo", "ROBE1").await;
    let client = desk.client(order).await;
    let page = format!("clients/{client}");
    let first = desk.get(&page).await.body;
    assert_eq!(
        (&first["name"], &first["spent"]),
        (&json!("Aminata D."), &json!(15_000))
    );
    assert_eq!(first["orders"][0]["order"], order);
    let score = first["score"].as_i64().unwrap();
    assert!(score > 50, "she paid: {first}");
    let line = &first["trust"]
        .as_array()
        .unwrap()
        .iter()
        .find(|line| line["kind"] == "score");
    assert!(line.unwrap()["reasons"].is_array(), "{first}");

    let post = async |verb: &str, body| desk.post(&format!("{page}/{verb}"), body).await;
    assert_eq!(post("block", json!({})).await.problem(400), "malformed");
    post("block", json!({ "reason": "faux numéro" }))
        .await
        .after();
    let twice = post("block", json!({ "reason": "faux numéro" })).await;
    assert_eq!(twice.body["outcome"], "already");
    let done = post(
        "override",
        json!({ "score": 95, "reason": "cliente fidèle" }),
    )
    .await;
    let known = desk
        .get(&format!("{page}?after={}", done.after()))
        .await
        .body;
    assert_eq!(
        (&known["blocked"], &known["overridden"]),
        (&json!(true), &json!(95))
    );
    assert_eq!(known["trust"][0]["words"], "cliente fidèle");
    let over = post("override", json!({ "score": 101, "reason": "trop" })).await;
    assert_eq!(over.problem(409), "out-of-bounds");
    let wild = post("override", json!({ "score": 300, "reason": "trop" })).await;
    assert_eq!(wild.problem(400), "malformed");
    post(
        "override",
        json!({ "score": null, "reason": "comme avant" }),
    )
    .await
    .after();
    post("unblock", json!({})).await.after();
    let done = post("first-paid", json!({ "on": true })).await;
    let known = desk
        .get(&format!("{page}?after={}", done.after()))
        .await
        .body;
    assert_eq!(
        (
            &known["blocked"],
            &known["overridden"],
            &known["first_paid"]
        ),
        (&json!(false), &json!(null), &json!(true))
    );
    world.stop().await;
}

#[tokio::test]
async fn the_count_is_corrected_what_is_owed_is_protected_and_who_waits_is_shown() {
    let world = World::start().await;
    let desk = Desk::open(&world);
    let order = desk.sale("Awa Sarr", "ROBE1").await;
    let stock = "variants/1/stock";
    let came = desk
        .post(stock, json!({ "by": 5, "reason": "received" }))
        .await;
    assert_eq!(came.body["outcome"], "done");
    world
        .until("select on_hand from reading.stock where variant_id = 1", 15)
        .await;
    desk.post(stock, json!({ "by": -14, "reason": "loss" }))
        .await
        .after();
    let owed = desk
        .post(stock, json!({ "by": -1, "reason": "sold_elsewhere" }))
        .await;
    assert_eq!(owed.problem(409), "stock-protected");
    assert_eq!(
        owed.body["refusal"]["stock_protected"]["orders"],
        json!([order])
    );
    for wrong in [
        json!({ "by": -1, "reason": "received" }),
        json!({ "by": 1, "reason": "luck" }),
        json!({ "by": 1.5, "reason": "count" }),
    ] {
        assert_eq!(desk.post(stock, wrong).await.problem(400), "malformed");
    }
    let nothing = desk.post("variants/999/stock", json!({ "by": 1, "reason": "count" }));
    assert_eq!(nothing.await.problem(404), "not-found");

    let client = desk.client(order).await;
    let join = domain::waitlist::Command::Join {
        client,
        variant: VariantId(1),
        quantity: 2,
    };
    desk.tell(Actor::Client, Command::Waitlist(join)).await;
    world
        .until("select count(*) from reading.waitlists", 1)
        .await;
    let lists = desk.get("waitlists").await;
    let [list] = lists.items() else {
        panic!("{lists:?}")
    };
    assert_eq!(
        (&list["stock"]["keyword"], &list["clients"], &list["units"]),
        (&json!("ROBE1"), &json!(1), &json!(2))
    );
    assert_eq!(
        (&list["line"][0]["client"], &list["line"][0]["position"]),
        (&json!("Awa S."), &json!(1))
    );
    world.stop().await;
}

use crate::spec::*;
use crate::command::Command;
use crate::payment::observation::Status;
#[test]
fn perf() {
    let mut scene = given([]).when(Command::Shop(open_shop()));
    let env = |command| crate::command::Envelope { id: crate::ids::CommandId(uuid::Uuid::from_u128(9)), shop: SHOP, actor: crate::command::Actor::System, correlation: uuid::Uuid::from_u128(9), fresh: true, command };
    let run = |scene: &mut Scene, command| { let d = crate::decide(&mut scene.shop, &env(command), scene.now); d };
    for n in 0..1000 { run(&mut scene, product(&format!("OR{n}X"), 1_000, &[(None, 1_000_000)])); }
    let hear = |scene: &Scene, who: u128, words: &str| Command::Conversation(crate::conversation::Command::Hear { speaker: speaker(who), said: crate::conversation::command::Said::Text(words.into()), said_at: scene.now });
    for n in 0..100_000u128 {
        let who = n % 20_000 + 1;
        let c = hear(&scene, who, "or7x"); run(&mut scene, c);
        if n % 1000 == 999 { scene.now += chrono::TimeDelta::minutes(11); run(&mut scene, Command::Sweep); }
    }
    assert_eq!(scene.shop.orders.closed.len(), 100_000);
    let t = std::time::Instant::now();
    for n in 0..2000u128 { let c = Command::Order(crate::order::Command::Place { client: client(n + 1), variant: crate::ids::VariantId(5), quantity: 1 }); let d = run(&mut scene, c); assert_eq!(d.events.len(), 1); }
    println!("place {:?}", t.elapsed() / 2000);
    let t = std::time::Instant::now();
    for n in 0..2000u128 { let c = hear(&scene, n + 5001, "2 or900x"); let d = run(&mut scene, c); assert_eq!(d.events.len(), 1); }
    println!("hear {:?}", t.elapsed() / 2000);
    let t = std::time::Instant::now();
    for n in 0..2000u128 { let c = hear(&scene, n + 5001, "WAVE"); let d = run(&mut scene, c); assert_eq!(d.events.len(), 3); }
    println!("wave {:?}", t.elapsed() / 2000);
    let t = std::time::Instant::now();
    for n in 0..2000u64 { let d = run(&mut scene, Command::Payment(crate::payment::Command::Observe(seen(n + 1, Status::Succeeded, Some(2_000))))); assert_eq!(d.events.len(), 3); }
    println!("observe {:?}", t.elapsed() / 2000);
    println!("weight {} MB", scene.shop.weight() / 1_000_000);
}

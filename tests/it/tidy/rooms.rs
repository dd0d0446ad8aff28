//! Every room of the domain has the same furniture.

use super::{house, none};

const ROOMS: [&str; 9] = [
    "shop",
    "catalogue",
    "live",
    "client",
    "order",
    "waitlist",
    "payment",
    "b2b",
    "conversation",
];

#[test]
fn every_room_has_its_files() {
    let src = house().join("domain/src");
    let mut faults = Vec::new();
    for room in ROOMS {
        // `decide` and `evolve` may grow into folders.
        let has = |thing: &str| {
            src.join(room).join(format!("{thing}.rs")).is_file()
                || src.join(room).join(thing).join("mod.rs").is_file()
        };
        let mut wanted = vec!["mod", "event", "evolve"];
        // Who may be asked something decides it, and shows how.
        if has("command") {
            wanted.extend(["decide", "spec"]);
        }
        let missing = wanted.into_iter().filter(|thing| !has(thing));
        faults.extend(missing.map(|thing| format!("domain/src/{room}/{thing}.rs is missing")));
    }
    none(
        &faults,
        "A room has mod, event, evolve, and with command also decide and spec.",
    );
}

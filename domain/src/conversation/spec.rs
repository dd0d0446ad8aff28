//! Scenes: what she said and the one thing she is answered.

use chrono::TimeDelta;

use crate::action::Action;
use crate::client::{self};
use crate::command::{Answer, Command};
use crate::conversation;
use crate::conversation::command::{Media, Said};
use crate::ids::OrderId;
use crate::message::{Message, Tap, WhyShown};
use crate::payment::observation::Status;
use crate::rejection::Rejection;
use crate::segment::{Language, Method};
use crate::spec::*;
use crate::text::Text;

#[test]
fn she_is_registered_by_her_first_word_and_renamed_when_she_renames() {
    let scene = boutique()
        .says(AMINATA, "AIDE")
        .then_kinds(&["ClientRegistered"]);
    let mut renamed = speaker(AMINATA);
    renamed.name = Some(Text::new("Ami"));
    let said_at = scene.now;
    let said = Said::Text(Text::new("AIDE"));
    let hear = conversation::Command::Hear {
        speaker: renamed,
        said,
        said_at,
    };
    let scene = scene
        .when(Command::Conversation(hear))
        .then_kinds(&["ClientRenamed"]);
    assert_eq!(
        scene.shop.clients.get(client(AMINATA)).unwrap().name.read(),
        Some("Ami")
    );
}

#[test]
fn a_reaction_or_a_deletion_is_nothing() {
    boutique()
        .hears(AMINATA, Said::Quiet)
        .then_nothing()
        .then_says(&[]);
}

#[test]
fn an_old_message_is_not_executed() {
    let scene = boutique();
    let said_at = scene.now - TimeDelta::minutes(61);
    let old = |said| {
        let speaker = speaker(AMINATA);
        Command::Conversation(conversation::Command::Hear {
            speaker,
            said,
            said_at,
        })
    };
    scene
        .when(old(Said::Text(Text::new("robe1"))))
        .refused(Rejection::TooOld { said_at })
        .then_kinds(&["ClientRegistered"])
        .when(old(Said::Tap("pay:1".to_owned())))
        .refused(Rejection::TooOld { said_at })
        .when(old(Said::Text(Text::new("on se voit demain"))))
        .then_says(&[]);
}

#[test]
fn an_unknown_keyword_gets_the_nearest() {
    let scene = boutique()
        .says(AMINATA, "robe2")
        .refused_as("keyword-unknown");
    let Message::Refused(Rejection::KeywordUnknown { nearest, .. }) = scene.message() else {
        panic!("not refused");
    };
    assert_eq!(nearest[0].keyword.as_str(), "ROBE1");
}

#[test]
fn friends_get_one_hint_a_day_and_what_they_wrote_is_not_kept() {
    let scene = boutique()
        .says(AMINATA, "tu viens au mariage demain ?")
        .then_kinds(&["ClientRegistered", "HintGiven"])
        .then_says(&["hint"])
        .says(AMINATA, "alors ?")
        .then_nothing()
        .then_says(&[])
        .pass(24 * 3_600)
        .says(AMINATA, "alors ??")
        .then_says(&["hint"]);
    assert_eq!(scene.last.answer, Answer::DONE);
}

#[test]
fn somebody_who_is_buying_is_helped_and_her_words_are_kept_sealed() {
    boutique()
        .says(AMINATA, "robe1")
        .says(AMINATA, "vous livrez aussi a Pikine")
        .refused_as("keyword-unknown")
        .then_kinds(&["MessageNotUnderstood"]);
}

#[test]
fn a_voice_note_is_answered_kindly_but_not_each_time() {
    let voice = Said::Media(Media::Voice);
    boutique()
        .hears(AMINATA, voice.clone())
        .then_says(&["please-write"])
        .hears(AMINATA, voice.clone())
        .then_says(&[])
        .says(AMINATA, "robe1")
        .hears(AMINATA, voice)
        .then_says(&["please-write"]);
}

#[test]
fn absurd_numbers_are_refused_with_what_she_wrote() {
    for words in ["0 robe1", "robe1 x0"] {
        boutique()
            .says(AMINATA, words)
            .refused_as("quantity-absurd");
    }
}

#[test]
fn paying_without_an_order_says_so() {
    boutique()
        .says(AMINATA, "PAYER")
        .refused(Rejection::NothingOpen);
}

#[test]
fn old_buttons_are_judged_by_todays_truth() {
    let expired = Rejection::OrderExpired { order: ORDER1 };
    let scene = boutique().says(AMINATA, "robe1").later(10);
    let days = scene
        .pass(3 * 86_400)
        .taps(AMINATA, Tap::Pay(ORDER1))
        .refused(expired.clone());
    days.taps(AMINATA, Tap::Method(ORDER1, Method::Wave))
        .refused(expired.clone());
    let scene = boutique().says(AMINATA, "robe1").says(AMINATA, "ANNULER");
    scene
        .taps(AMINATA, Tap::Cancel(ORDER1))
        .refused(Rejection::OrderCancelled { order: ORDER1 });
    let scene = boutique()
        .paying(AMINATA)
        .observes(seen(1, Status::Succeeded, Some(15_000)));
    scene
        .taps(AMINATA, Tap::Pay(ORDER1))
        .refused(Rejection::OrderPaid { order: ORDER1 });
}

#[test]
fn a_button_that_finds_its_hold_just_expired_is_answered_once() {
    boutique()
        .says(AMINATA, "robe1")
        .pass(700)
        .taps(AMINATA, Tap::Pay(ORDER1))
        .refused(Rejection::OrderExpired { order: ORDER1 })
        .then_says(&["expired"]);
}

#[test]
fn a_reminder_gives_way_to_the_answer() {
    boutique()
        .says(AMINATA, "robe1")
        .pass(430)
        .says(AMINATA, "PAYER")
        .then_kinds(&["ReminderDue"])
        .then_says(&["ask-method"]);
}

#[test]
fn an_order_of_somebody_else_is_no_order() {
    boutique()
        .says(FATOU, "robe1")
        .taps(AMINATA, Tap::Cancel(ORDER1))
        .refused(Rejection::OrderUnknown)
        .taps(AMINATA, Tap::Pay(OrderId(99)))
        .refused(Rejection::OrderUnknown);
}

#[test]
fn a_button_nobody_knows_is_said_to_be_so() {
    for id in ["", "pay:", "take:0:1", "dance"] {
        boutique()
            .hears(AMINATA, Said::Tap(id.to_owned()))
            .refused(Rejection::ButtonUnknown);
    }
}

#[test]
fn stop_withdraws_consent_once() {
    boutique()
        .says(AMINATA, "STOP")
        .then_kinds(&["ClientRegistered", "ConsentWithdrawn"])
        .then_says(&["stopped"])
        .says(AMINATA, "STOP")
        .then_nothing()
        .then_says(&["stopped"]);
}

#[test]
fn she_may_change_the_language() {
    let scene = boutique()
        .says(AMINATA, "ENGLISH")
        .then_says(&["language-changed"]);
    assert_eq!(
        scene.shop.clients.get(client(AMINATA)).unwrap().language,
        Language::En
    );
    scene.says(AMINATA, "ENGLISH").then_nothing();
}

#[test]
fn why_tells_her_score_and_her_minutes() {
    let scene = boutique().says(AMINATA, "POURQUOI");
    let Message::Why(WhyShown { score, minutes, .. }) = scene.message() else {
        panic!("{:?}", scene.message());
    };
    assert_eq!((score, minutes), (50, 10));
}

#[test]
fn the_catalogue_shows_what_is_left_first() {
    let scene = boutique().says(FATOU, "3 robe1").says(AMINATA, "CATALOGUE");
    let Message::Catalogue {
        products,
        more,
        live,
    } = scene.message()
    else {
        panic!()
    };
    let words: Vec<&str> = products
        .iter()
        .map(|product| product.keyword.as_str())
        .collect();
    assert_eq!(words, ["SAC2", "PAGNE3", "ROBE1"]);
    assert!(!more && !live);
}

#[test]
fn her_purchases_are_listed_newest_first() {
    let scene = boutique()
        .paying(AMINATA)
        .observes(seen(1, Status::Succeeded, Some(15_000)));
    let scene = scene.says(AMINATA, "sac2").says(AMINATA, "WAVE").charged(2);
    let scene = scene.observes(seen(2, Status::Succeeded, Some(12_000)));
    let scene = scene.says(AMINATA, "MES ACHATS");
    let Message::Purchases { orders, count, .. } = scene.message() else {
        panic!()
    };
    assert_eq!(
        orders.iter().map(|shown| shown.order.0).collect::<Vec<_>>(),
        [2, 1]
    );
    assert_eq!(count, 2);
}

#[test]
fn help_names_a_keyword_that_exists() {
    let scene = boutique().says(AMINATA, "AIDE");
    let Message::Help { example, open } = scene.message() else {
        panic!()
    };
    assert_eq!(example.map(String::from), Some("PAGNE3".to_owned()));
    assert!(!open);
}

#[test]
fn politeness_of_a_buyer_gets_silence() {
    let buying = boutique().says(AMINATA, "robe1");
    for words in ["ok merci", "d'accord", "👍", "jërëjëf"] {
        buying
            .clone()
            .says(AMINATA, words)
            .then_nothing()
            .then_says(&[])
            .answers(Answer::Already);
    }
    let paid = boutique()
        .paying(AMINATA)
        .observes(seen(1, Status::Succeeded, Some(15_000)));
    paid.says(AMINATA, "merci").then_nothing().then_says(&[]);
    // Who neither buys nor just bought may need the hint.
    boutique()
        .says(AMINATA, "bonjour")
        .then_says(&["hint"])
        .says(AMINATA, "robe1")
        .says(AMINATA, "et la livraison")
        .refused_as("keyword-unknown");
}

#[test]
fn a_slow_connection_gets_short_words_until_she_says_normal() {
    let simple = |scene: &Scene| scene.shop.clients.get(client(AMINATA)).unwrap().simple;
    let scene = boutique()
        .says(AMINATA, "robe1")
        .says(AMINATA, "connexion lente")
        .then_kinds(&["ClientPreferred"]);
    assert_eq!(scene.message(), Message::StyleChanged { simple: true });
    let Some(Action::Say { simple: said, .. }) = scene.last.actions.first() else {
        panic!("nothing said");
    };
    assert!(simple(&scene) && *said, "the answer is short already");
    let scene = scene
        .says(AMINATA, "LÉGER")
        .then_nothing()
        .then_says(&["style-changed"])
        .says(AMINATA, "normal")
        .then_kinds(&["ClientPreferred"])
        .then_says(&["style-changed"]);
    assert!(!simple(&scene));
}

#[test]
fn she_is_welcomed_once_an_order() {
    let changed = |scene: &Scene| {
        let Message::Held { changed, .. } = scene.message() else {
            panic!("{:?}", scene.message());
        };
        changed
    };
    let scene = boutique().says(AMINATA, "robe1");
    assert!(!changed(&scene));
    let scene = scene.says(AMINATA, "2 robe1");
    assert!(changed(&scene));
    let scene = scene.says(AMINATA, "sac2");
    assert!(changed(&scene));
    let scene = scene.says(AMINATA, "ANNULER").says(AMINATA, "robe1");
    assert!(!changed(&scene));
}

#[test]
fn who_was_forgotten_is_registered_anew_and_keeps_her_order() {
    let scene = boutique().says(AMINATA, "robe1");
    let mut scene = scene.says(AMINATA, "SIMPLE");
    let client = client(AMINATA);
    let forgotten = client::Event::ClientForgotten { client };
    crate::evolve(&mut scene.shop, &forgotten.into(), scene.now);
    let known = scene.shop.clients.get(client).unwrap();
    assert!(known.forgotten && !known.simple && known.name.read().is_none_or(str::is_empty));
    let scene = scene
        .says(AMINATA, "PAYER")
        .then_kinds(&["ClientRegistered"])
        .then_says(&["ask-method"]);
    let known = scene.shop.clients.get(client).unwrap();
    assert_eq!(known.name.read(), Some("Cliente 1"));
    assert_eq!((known.open.as_slice(), known.standing), (&[ORDER1][..], 1));
    scene.says(AMINATA, "AIDE").then_nothing();
}

//! What we send: the wire, the limits, the verdict.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use crate::secret::Secret;
use crate::transport::{Failure, Transport};
use crate::whatsapp::{
    Address, Api, Button, ButtonTitle, Class, Misshapen, OptionId, Outgoing, Row, RowDescription,
    RowTitle, Scope, Sent, encode, encode_read, interpret,
};

fn button(id: &str, title: &str) -> Button {
    Button {
        id: OptionId::new(id).unwrap(),
        title: ButtonTitle::new(title),
    }
}

fn row(id: &str) -> Row {
    let description = Some(RowDescription::new("<SECTION_1_ROW_1_DESC>"));
    Row {
        id: OptionId::new(id).unwrap(),
        title: RowTitle::new("Robe"),
        description,
    }
}

fn body(outgoing: &Outgoing, address: &Address) -> Value {
    serde_json::from_slice(&encode(outgoing, address, "7.3.12")).unwrap()
}

fn phone() -> Address {
    Address::of(Some("+221770000001"), "SN.1")
}

#[test]
fn buttons_have_metas_shape() {
    let published = include_str!("../fixtures/send-requests/send_reply_button.json");
    let mut published: Value = serde_json::from_str(published).unwrap();
    published["to"] = json!("+221770000001");
    published["biz_opaque_callback_data"] = json!("7.3.12");
    let buttons = vec![
        button("<UNIQUE_BUTTON_ID_1>", "<BUTTON_TITLE_1>"),
        button("<UNIQUE_BUTTON_ID_2>", "<BUTTON_TITLE_2>"),
    ];
    let ours = Outgoing::buttons("<BUTTON_TEXT>", buttons).unwrap();
    assert_eq!(body(&ours, &phone()), published);
}

#[test]
fn a_text_and_a_list_and_a_link_have_metas_shape() {
    let text = body(&Outgoing::text("Salut").unwrap(), &phone());
    assert_eq!(
        text["text"],
        json!({ "body": "Salut", "preview_url": false })
    );
    assert_eq!(text["type"], "text");
    let list = body(
        &Outgoing::list("Voici", "VOIR", vec![row("say:ROBE1")]).unwrap(),
        &phone(),
    );
    let published = include_str!("../fixtures/send-requests/send_list_message.json");
    let published: Value = serde_json::from_str(published).unwrap();
    let keys = |value: &Value| {
        value
            .as_object()
            .unwrap()
            .keys()
            .cloned()
            .collect::<Vec<_>>()
    };
    let rows = "/interactive/action/sections/0/rows/0";
    assert_eq!(
        keys(list.pointer(rows).unwrap()),
        keys(published.pointer(rows).unwrap())
    );
    assert_eq!(
        list["interactive"]["type"],
        published["interactive"]["type"]
    );
    assert_eq!(list["interactive"]["action"]["button"], "VOIR");
    let url = "https://pay.livepay.example/pay/x".parse().unwrap();
    let link = body(&Outgoing::link("Paie", "PAYER", url).unwrap(), &phone());
    let parameters = &link["interactive"]["action"]["parameters"];
    assert_eq!(parameters["url"], "https://pay.livepay.example/pay/x");
    assert_eq!(link["interactive"]["action"]["name"], "cta_url");
}

#[test]
fn a_number_goes_to_and_an_id_goes_recipient() {
    let text = Outgoing::text("Salut").unwrap();
    let to_number = body(&text, &Address::of(Some("221770000001"), "SN.1"));
    assert_eq!(to_number["to"], "+221770000001");
    assert_eq!(to_number.get("recipient"), None);
    let to_user = body(&text, &Address::of(None, "SN.1349"));
    assert_eq!(to_user["recipient"], "SN.1349");
    assert_eq!(to_user.get("to"), None);
    assert_eq!(
        body(&text, &Address::of(None, "221770000001"))["to"],
        "+221770000001"
    );
    let read: Value = serde_json::from_slice(&encode_read("wamid.A")).unwrap();
    assert_eq!(read["status"], "read");
    assert_eq!(read["message_id"], "wamid.A");
}

#[test]
fn what_meta_would_refuse_cannot_be_built() {
    let four = (0..4)
        .map(|n| button(&n.to_string(), &n.to_string()))
        .collect();
    assert_eq!(
        Outgoing::buttons("x", four),
        Err(Misshapen::Count { given: 4, most: 3 })
    );
    assert_eq!(
        Outgoing::buttons("x", vec![]),
        Err(Misshapen::Count { given: 0, most: 3 })
    );
    let same_id = vec![button("a", "1"), button("a", "2")];
    assert!(matches!(
        Outgoing::buttons("x", same_id),
        Err(Misshapen::Repeated(_))
    ));
    let same_title = vec![button("a", "1"), button("b", "1")];
    assert!(matches!(
        Outgoing::buttons("x", same_title),
        Err(Misshapen::Repeated(_))
    ));
    let eleven = (0..11).map(|n| row(&n.to_string())).collect();
    assert_eq!(
        Outgoing::list("x", "y", eleven),
        Err(Misshapen::Count {
            given: 11,
            most: 10
        })
    );
    assert_eq!(Outgoing::text(" \n"), Err(Misshapen::Empty));
    let long = Outgoing::buttons(&"é".repeat(5_000), vec![button("a", "1")]).unwrap();
    assert_eq!(long.body().encode_utf16().count(), 1_024);
    assert_eq!(
        Outgoing::text(&"é".repeat(5_000))
            .unwrap()
            .body()
            .chars()
            .count(),
        4_096
    );
}

fn verdict(http: u16, code: i64) -> Sent {
    let body = json!({ "error": { "message": "m", "code": code } })
        .to_string()
        .into_bytes();
    interpret(Err(Failure::Status {
        code: http,
        html: false,
        body,
    }))
}

#[test]
fn the_code_decides_and_not_the_http_status() {
    for (code, scope) in [
        (4, Scope::Number),
        (80_007, Scope::Number),
        (130_429, Scope::Number),
        (131_057, Scope::Number),
        (131_056, Scope::Pair),
    ] {
        assert!(matches!(verdict(400, code), Sent::Retry { scope: told, .. } if told == scope));
    }
    for code in [1, 2, 131_000, 131_016, 133_004] {
        assert_eq!(verdict(400, code), Sent::Ambiguous { code });
    }
    for (code, class) in [
        (190, Class::NumberStopped),
        (368, Class::NumberStopped),
        (131_031, Class::NumberStopped),
        (131_048, Class::NumberStopped),
        (131_047, Class::WindowClosed),
        (131_026, Class::Unreachable),
        (131_050, Class::Unreachable),
        (100, Class::Ours),
        (131_009, Class::Ours),
        (999_999, Class::Ours),
    ] {
        let told = verdict(400, code);
        assert!(
            matches!(told, Sent::Refused { class: c, .. } if c == class),
            "{code}: {told:?}"
        );
    }
    // A permission error comes as a 500 and is a refusal; an unknown code as a 500 proves nothing.
    assert!(matches!(verdict(500, 3), Sent::Refused { .. }));
    assert_eq!(verdict(500, 999_999), Sent::Ambiguous { code: 999_999 });
}

#[test]
fn nothing_that_may_have_been_sent_is_sent_again() {
    for failure in [Failure::Timeout, Failure::Broken, Failure::TooLarge] {
        assert_eq!(interpret(Err(failure)), Sent::Ambiguous { code: 0 });
    }
    let page = |code| Failure::Status {
        code,
        html: true,
        body: b"<html>".to_vec(),
    };
    assert_eq!(interpret(Err(page(502))), Sent::Ambiguous { code: 0 });
    assert!(matches!(interpret(Err(page(403))), Sent::Retry { .. }));
    let connect = interpret(Err(Failure::Connect));
    let after = Duration::from_secs(1);
    assert_eq!(
        connect,
        Sent::Retry {
            scope: Scope::Number,
            after,
            code: 0
        }
    );
}

#[tokio::test]
async fn a_message_goes_to_the_numbers_own_path_with_its_token() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}/graph", listener.local_addr().unwrap())
        .parse()
        .unwrap();
    let meta = tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.unwrap();
        let mut seen = vec![0; 8_192];
        let n = socket.read(&mut seen).await.unwrap();
        let answer = br#"{"messages":[{"id":"wamid.Z"}]}"#;
        let head = format!(
            "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n",
            answer.len()
        );
        socket.write_all(head.as_bytes()).await.unwrap();
        socket.write_all(answer).await.unwrap();
        String::from_utf8_lossy(&seen[..n]).into_owned()
    });
    let token = Secret::new("tok-en");
    let api = Api::new(Transport::new().unwrap(), base, Api::VERSION, token);
    let text = Outgoing::text("Salut").unwrap();
    let sent = api.send("1065", &text, &phone(), "7.3.12").await;
    assert_eq!(
        sent,
        Sent::Accepted {
            wamid: "wamid.Z".to_owned()
        }
    );
    let seen = meta.await.unwrap();
    assert!(
        seen.starts_with("POST /graph/v25.0/1065/messages HTTP/1.1"),
        "{seen}"
    );
    assert!(seen.contains("authorization: Bearer tok-en"), "{seen}");
    assert!(!format!("{api:?}").contains("tok-en"));
}

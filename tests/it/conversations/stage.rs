//! Where a chat is played: one shop, its buyers' phones, and a clock that only the page moves.

use std::collections::BTreeMap;

use adapters::words::{Context, money, render};
use chrono::{DateTime, FixedOffset, TimeDelta, Utc};
use domain::action::Action;
use domain::command::{Actor, Answer, Command, Envelope};
use domain::conversation::command::Speaker;
use domain::ids::{AttemptId, ClientId, CommandId, ContactId, ShopId};
use domain::message::Message;
use domain::money::{Amount, Currency};
use domain::segment::{Language, Method, Segment};
use domain::shop::Shop;
use domain::text::{Keyword, Text};
use domain::{catalogue, conversation, live, shop};
use uuid::Uuid;

use super::bank;
use super::board::Board;
use super::phone::Phones;
use super::script::{Step, What};

const PAY_BASE: &str = "https://pay.livepay.africa";
const VENDOR: &str = "la vendeuse";

pub(super) struct Stage {
    shop: Shop,
    name: String,
    now: DateTime<Utc>,
    commands: u128,
    facts: Vec<&'static str>,
    people: BTreeMap<ContactId, String>,
    phones: Phones,
    last_attempt: u64,
}

fn id(kind: &str, name: &str) -> Uuid {
    Uuid::new_v5(&Uuid::NAMESPACE_OID, format!("{kind} {name}").as_bytes())
}

impl Stage {
    /// An empty stage, on the evening of the vision's own receipt.
    pub(super) fn new() -> Self {
        let now = DateTime::parse_from_rfc3339("2026-02-15T20:00:00Z").expect("a time");
        Self {
            shop: Shop::new(ShopId(Uuid::from_u128(1))),
            name: String::new(),
            now: now.with_timezone(&Utc),
            commands: 0,
            facts: Vec::new(),
            people: BTreeMap::new(),
            phones: Phones::default(),
            last_attempt: 0,
        }
    }

    /// The facts that were written, in order.
    pub(super) fn end(&self) -> String {
        let mut lines = String::from("= ");
        let mut width = 2;
        for (index, fact) in self.facts.iter().enumerate() {
            let comma = if index + 1 == self.facts.len() {
                ""
            } else {
                ", "
            };
            if width + fact.len() > 88 {
                lines.truncate(lines.trim_end().len());
                lines.push_str("\n= ");
                width = 2;
            }
            lines.push_str(fact);
            lines.push_str(comma);
            width += fact.len() + 2;
        }
        lines.push('\n');
        lines
    }

    /// Plays one line; what LivePay says to it.
    pub(super) fn play(&mut self, step: &Step) -> Result<String, String> {
        match step {
            Step::Shop(name) => self.open(name),
            Step::Product {
                keyword,
                name,
                price,
                variants,
            } => {
                let stock = |v: &super::script::Variant| catalogue::command::NewVariant {
                    size: v.size.as_deref().map(Text::new),
                    colour: v.colour.as_deref().map(Text::new),
                    stock: v.stock,
                };
                self.scenery(Command::Catalogue(catalogue::Command::AddProduct {
                    keyword: Keyword::parse(keyword).ok_or("no keyword")?,
                    name: Text::new(name),
                    price: Amount(*price),
                    only_during_live: false,
                    photo: None,
                    variants: variants.iter().map(stock).collect(),
                }))
            }
            Step::Live(title) => self.scenery(Command::Live(live::Command::Start {
                live: None,
                title: Text::new(title),
            })),
            Step::Board(board) => self.board(board),
            Step::Said { who, what, ago } => self.hear(who, what, *ago),
            Step::Provider {
                what,
                attempt,
                transaction,
            } => {
                let attempt = AttemptId(attempt.unwrap_or(self.last_attempt));
                let command = bank::answer(what, (attempt, transaction.as_deref()), self.now);
                Ok(self.ask(Actor::Provider, Command::Payment(command)).0)
            }
            Step::Outage(time) => Ok(self.outage(*time)),
            Step::Wait(time) => Ok(self.wait(*time)),
        }
    }

    fn open(&mut self, name: &str) -> Result<String, String> {
        name.clone_into(&mut self.name);
        self.people
            .insert(ContactId(id("contact", VENDOR)), VENDOR.to_owned());
        self.scenery(Command::Shop(shop::Command::Open {
            name: Text::new(name),
            currency: Currency::Xof,
            country: "SN".to_owned(),
            zone: "Africa/Dakar".to_owned(),
            segment: Segment::LiveSeller,
            language: Language::Fr,
            number: "number".to_owned(),
            account: "account".to_owned(),
        }))?;
        self.scenery(Command::Shop(shop::Command::BindVendor {
            contact: ContactId(id("contact", VENDOR)),
            language: Language::Fr,
        }))
    }

    /// What is there before the curtain rises: must work, and is no fact of the conversation.
    fn scenery(&mut self, command: Command) -> Result<String, String> {
        let facts = self.facts.len();
        let (_, answer) = self.ask(Actor::Vendor("board".to_owned()), command);
        self.facts.truncate(facts);
        match answer {
            Answer::Refused(rejection) => Err(format!("refused: {}", rejection.code())),
            Answer::Done { .. } | Answer::Already => Ok(String::new()),
        }
    }

    fn board(&mut self, board: &Board) -> Result<String, String> {
        let client = |who: &str| ClientId(id("client", who));
        let command = board.command(&self.shop, client).ok_or("no such thing")?;
        Ok(self.ask(Actor::Vendor("board".to_owned()), command).0)
    }

    fn hear(&mut self, who: &str, what: &What, ago: TimeDelta) -> Result<String, String> {
        let (said, said_at) = self.phones.send(who, what, self.now - ago)?;
        let contact = ContactId(id("contact", who));
        self.people.insert(contact, who.to_owned());
        let speaker = Speaker {
            client: ClientId(id("client", who)),
            contact,
            user_id: format!("SN.{who}"),
            name: Some(Text::new(who)),
            phone: None,
            language: None,
        };
        let hear = conversation::Command::Hear {
            speaker,
            said,
            said_at,
        };
        Ok(self.ask(Actor::Client, Command::Conversation(hear)).0)
    }

    /// Time passes; the shop is knocked whenever something falls due, as the house does.
    fn wait(&mut self, time: TimeDelta) -> String {
        let until = self.now + time;
        let mut said = String::new();
        while let Some(due) = self.shop.next_due().filter(|due| *due <= until) {
            self.now = self.now.max(due);
            let (words, answer) = self.ask(Actor::Clock, Command::Sweep);
            said.push_str(&words);
            // What is due and does not go away would knock for ever.
            if answer == Answer::Already && self.shop.next_due() == Some(due) {
                break;
            }
        }
        self.now = until;
        if time >= TimeDelta::days(1) {
            said.push_str(&until.format("  (le %d/%m, %H:%M)\n").to_string());
        }
        said
    }

    /// Nobody knocks and nobody is heard; what comes first afterwards is the news of it.
    fn outage(&mut self, time: TimeDelta) -> String {
        let from = self.now;
        self.now += time;
        let until = self.now;
        self.ask(Actor::System, Command::Outage { from, until }).0
    }

    fn ask(&mut self, actor: Actor, command: Command) -> (String, Answer) {
        self.commands += 1;
        let id = Uuid::from_u128(self.commands);
        let shop = self.shop.id;
        let correlation = id;
        let envelope = Envelope {
            id: CommandId(id),
            shop,
            actor,
            correlation,
            fresh: true,
            command,
        };
        let decision = domain::decide::decide(&mut self.shop, &envelope, self.now);
        if let Err(broken) = domain::invariants::check(&self.shop) {
            panic!("{broken}");
        }
        self.facts
            .extend(decision.events.iter().map(domain::event::Event::kind));
        let mut said = String::new();
        for action in &decision.actions {
            said.push_str(&self.act(action));
        }
        if let (Answer::Refused(why), true) = (&decision.answer, said.is_empty()) {
            said = format!("{} LivePay → refus · {}\n", self.clock(), why.code());
        }
        (said, decision.answer)
    }

    fn clock(&self) -> String {
        self.now.format("%H:%M").to_string()
    }

    fn act(&mut self, action: &Action) -> String {
        match action {
            Action::Say {
                to,
                language,
                simple,
                message,
                ..
            } => {
                let name = self
                    .people
                    .get(to)
                    .cloned()
                    .unwrap_or_else(|| "?".to_owned());
                self.say(&name, *language, *simple, message)
            }
            Action::Charge {
                attempt,
                method,
                amount,
                currency,
                ..
            } => {
                self.last_attempt = attempt.0;
                let (clock, sum) = (self.clock(), money(*amount, *currency));
                let method = match method {
                    Method::Wave => "Wave",
                    Method::OrangeMoney => "Orange Money",
                    Method::Card => "carte",
                };
                format!(
                    "{clock} LivePay → Bictorys · un lien {method} de {sum} (tentative {attempt})\n"
                )
            }
            Action::Refund {
                attempt, amount, ..
            } => {
                let sum = money(*amount, Currency::Xof);
                let clock = self.clock();
                format!("{clock} LivePay → Bictorys · rends {sum} (tentative {attempt})\n")
            }
            Action::Ask { attempt, .. } => {
                format!(
                    "{} LivePay → Bictorys · où en est la tentative {attempt} ?\n",
                    self.clock()
                )
            }
        }
    }

    fn say(&mut self, name: &str, language: Language, simple: bool, message: &Message) -> String {
        let about = match message {
            Message::Vendor(told) => told.about(),
            _ => Vec::new(),
        };
        let people = &self.people;
        let named = |about: &ContactId| Some((*about, people.get(about)?.as_str()));
        let about: Vec<_> = about.iter().filter_map(named).collect();
        let context = Context {
            language,
            simple,
            name: Some(name),
            about: &about,
            shop: &self.name,
            pay_base: PAY_BASE,
            zone: FixedOffset::east_opt(0).expect("Dakar"),
            now: self.now,
            currency: Currency::Xof,
        };
        let outgoing = render(message, &context);
        let wordless = format!("{} · {}", self.name, message.key());
        assert_ne!(outgoing.body(), wordless, "a message has no words");
        let head = format!("{} LivePay → {name} · {}\n", self.clock(), message.key());
        head + &self.phones.show(name, &outgoing)
    }
}

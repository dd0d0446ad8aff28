//! A plan and its words become something that can be sent.

use domain::message::Message;
use fluent_bundle::FluentArgs;

use super::bundle::say;
use super::context::Context;
use super::plan::{Choice, Label, Line, Plan, Taps};
use super::said::plan;
use crate::whatsapp::{
    Button, ButtonTitle, LongText, OptionId, Outgoing, Row, RowDescription, RowTitle,
};

/// Something could not be said; `spec.rs` proves that it always can.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unsaid(pub(super) String);

/// Says a message to one person.
pub fn render(message: &Message, ctx: &Context<'_>) -> Outgoing {
    try_render(message, ctx).unwrap_or_else(|unsaid| {
        tracing::error!(key = message.key(), ?unsaid, "a message has no words");
        // The person must not be left alone: the shop's name at least tells her who is there.
        Outgoing::plain(LongText::new(&format!("{} · {}", ctx.shop, message.key())))
    })
}

pub(super) fn try_render(message: &Message, ctx: &Context<'_>) -> Result<Outgoing, Unsaid> {
    let Plan { key, holes, taps } = plan(message, ctx);
    let words = say(ctx.language, key, ctx.style(), &holes);
    let body = words.ok_or_else(|| Unsaid(key.to_owned()))?;
    let built = match taps {
        Taps::None => Outgoing::text(&body),
        Taps::Buttons(choices) => {
            let buttons: Result<_, _> = choices.iter().map(|choice| button(choice, ctx)).collect();
            Outgoing::buttons(&body, buttons?)
        }
        Taps::Rows(opener, lines) => {
            let rows: Result<_, _> = lines.iter().map(row).collect();
            Outgoing::list(&body, &label(opener, &FluentArgs::new(), ctx)?, rows?)
        }
    };
    built.map_err(|misshapen| Unsaid(misshapen.to_string()))
}

fn button(choice: &Choice, ctx: &Context<'_>) -> Result<Button, Unsaid> {
    let mut holes = FluentArgs::new();
    let title = match &choice.label {
        Label::Itself(words) => words.clone(),
        Label::Named(name) => label(name, &holes, ctx)?,
        Label::Counted(name, count) => {
            holes.set("count", *count);
            label(name, &holes, ctx)?
        }
    };
    Ok(Button {
        id: option_id(&choice.id)?,
        title: ButtonTitle::new(&title),
    })
}

/// What is on a button; in simple words without its picture.
fn label(name: &str, holes: &FluentArgs<'_>, ctx: &Context<'_>) -> Result<String, Unsaid> {
    let words = say(ctx.language, "button", Some(name), holes);
    let words = words.ok_or_else(|| Unsaid(format!("button.{name}")))?;
    if !ctx.simple {
        return Ok(words);
    }
    Ok(words
        .trim_start_matches(|c: char| !c.is_alphanumeric())
        .to_owned())
}

fn row(line: &Line) -> Result<Row, Unsaid> {
    let description = RowDescription::new(&line.description);
    let description = (!line.description.is_empty()).then_some(description);
    Ok(Row {
        id: option_id(&line.id)?,
        title: RowTitle::new(&line.title),
        description,
    })
}

fn option_id(id: &str) -> Result<OptionId, Unsaid> {
    OptionId::new(id).map_err(|error| Unsaid(error.to_string()))
}

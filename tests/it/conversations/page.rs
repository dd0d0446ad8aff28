//! A page: prose, and one fenced `chat` whose asked lines are kept and answered anew.

use super::script::{Step, is_answer};
use super::stage::Stage;

/// The page as it is when it is played now. Fails on a line that nobody can read.
pub(super) fn play(page: &str) -> Result<String, String> {
    let mut played = String::with_capacity(page.len());
    let mut stage: Option<Stage> = None;
    for (index, line) in page.lines().enumerate() {
        let place = |why: String| format!("line {}: {why}: {line}", index + 1);
        match (&mut stage, line) {
            (None, "```chat") => stage = Some(Stage::new()),
            (Some(open), "```") => {
                played.push_str(&open.end());
                stage = None;
            }
            (Some(_), line) if is_answer(line) => continue,
            (Some(open), line) if !line.trim().is_empty() => {
                let step = Step::read(line).map_err(place)?;
                let said = open
                    .play(&step)
                    .map_err(|why| format!("{}\n{played}", place(why)))?;
                played.push_str(line);
                played.push('\n');
                played.push_str(&said);
                continue;
            }
            _ => {}
        }
        played.push_str(line);
        played.push('\n');
    }
    if stage.is_some() {
        Err("the chat is not closed".to_owned())
    } else {
        Ok(played)
    }
}

/// The first lines that differ, or `None`.
pub(super) fn difference(written: &str, played: &str) -> Option<String> {
    let (mut left, mut right) = (written.lines(), played.lines());
    let mut number = 0;
    loop {
        number += 1;
        match (left.next(), right.next()) {
            (None, None) => return None,
            (a, b) if a == b => {}
            (a, b) => {
                let rest: Vec<&str> = b.into_iter().chain(right).take(12).collect();
                return Some(format!(
                    "line {number}\n  written: {}\n  said:    {}",
                    a.unwrap_or("(end)"),
                    rest.join("\n           ")
                ));
            }
        }
    }
}
